"""Why a line was sold at another price than its owner's of that day, in words for the owner.

A till without a network sells at the newest price that it knows; a price set meanwhile holds from
its day on, and the buyers of that day still paid the old one. Nobody did wrong, but whoever reads
the statement sees two figures that differ, and is told why.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from ayil.kit.written import day, money
from ayil.products.models import Price
from ayil.shop.events import Unreadable, read_event
from ayil.shop.models import SaleLine, TillEvent


def price_words(lines: Sequence[SaleLine]) -> dict[int, str]:
    """By the line's key, for those that were sold at another price or with a discount.

    The lines come with their sale and lot. One query, and one more where a price differs.
    """
    sold = [line for line in lines if line.quantity > 0]
    prices = _prices({line.lot.variant_id for line in sold})
    due = {line.pk: _on(prices.get(line.lot.variant_id, ()), line) for line in sold}
    differing = {
        line.pk: line.sale.event_id
        for line in sold
        if (price := due[line.pk]) and price.amount_minor != line.unit_price_minor
    }
    known = _known_lists(set(differing.values()))
    found = {}
    for line in sold:
        price = due[line.pk]
        words = ""
        if price is not None and line.pk in differing:
            words = _other(line, price, known.get(differing[line.pk]))
        less = line.unit_price_minor * line.quantity - line.gross_minor
        if less > 0:
            currency = price.currency if price else "KGS"
            given = _("The shop gave a discount: %(less)s.") % {"less": money(less, currency)}
            words = f"{words} {given}".strip()
        if words:
            found[line.pk] = words
    return found


def _other(line: SaleLine, price: Price, list_known: int | None) -> str:
    told = {
        "sold": money(line.unit_price_minor, price.currency),
        "price": money(price.amount_minor, price.currency),
        "day": day(price.valid_from),
    }
    if list_known is not None and list_known < price.pk:
        return (
            _(
                "Sold at %(sold)s: the till did not know yet of the price of "
                "%(price)s, which holds from %(day)s."
            )
            % told
        )
    return _("Sold at %(sold)s; the owner's price from %(day)s is %(price)s. Ask the shop.") % told


def _prices(variants: set[int]) -> Mapping[int, Sequence[Price]]:
    """In the order of their days."""
    found: dict[int, list[Price]] = {}
    for price in Price.objects.filter(variant__in=variants).order_by("valid_from"):
        found.setdefault(price.variant_id, []).append(price)
    return found


def _on(prices: Sequence[Price], line: SaleLine) -> Price | None:
    """The owner's price of the line's business date."""
    at = bisect_right(prices, line.sale.date, key=lambda price: price.valid_from)
    return prices[at - 1] if at else None


def _known_lists(events: set[int]) -> dict[int, int]:
    """The number of the newest price that the till knew, by its event."""
    found = {}
    for pk, body in TillEvent.objects.filter(pk__in=events).values_list("pk", "body"):
        try:
            found[pk] = read_event(bytes(body)).prices
        except Unreadable:
            continue
    return found
