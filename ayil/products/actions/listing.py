"""Many prices at once, from a list that owners signed: what `set_price` does, set by set."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from ayil.members.models import Party
from ayil.products.models import Price, PriceAnswer
from ayil.products.queries import open_asks

_AT_ONCE = 500


def set_listed_prices(*, prices: Sequence[Price], by: Party, on: date) -> None:
    """Unsaved prices with their paper become their owners' word, typed by `by` on that day.

    The list has looked at days and amounts; the database refuses what reaches back all the same.
    What shops asked about these goods is answered by the first price that the list brings.
    """
    with transaction.atomic():
        for price in prices:
            price.set_on, price.typed_by = on, by
            price.set_by_id = price.variant.product.owner_id
        in_order = sorted(prices, key=lambda one: one.valid_from)
        Price.objects.bulk_create(in_order, batch_size=_AT_ONCE)
        _answer_asks({one.variant_id: one for one in reversed(in_order)}, by, on)


def _answer_asks(first: Mapping[int, Price], by: Party, on: date) -> None:
    for ask in open_asks().order_by("id"):
        price = first.get(ask.variant_id)
        if price is not None:
            is_asked = (price.amount_minor, price.currency) == (ask.amount_minor, ask.currency)
            said = PriceAnswer.Said.YES if is_asked else PriceAnswer.Said.OTHER
            PriceAnswer.objects.create(
                ask=ask, said=said, price=price, by_id=price.set_by_id, typed_by=by,
                paper=price.paper, on=on,
            )  # fmt: skip
