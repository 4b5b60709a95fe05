"""Goods with their prices as they stand: what holds, what comes, what was, what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ayil.products.models import Price, PriceAsk, Variant
from ayil.products.queries import open_asks


@dataclass(frozen=True)
class Priced:
    """One thing with the price that holds on a day, those to come, and those before."""

    variant: Variant
    now: Price | None
    coming: Sequence[Price]
    before: Sequence[Price]
    ask: PriceAsk | None = None


def priced(variants: Sequence[Variant], on: date) -> list[Priced]:
    """All in two queries; prices to come in the order of their days, the earlier ones backwards."""
    prices: dict[int, list[Price]] = {}
    rows = Price.objects.filter(variant__in=[one.pk for one in variants])
    for price in rows.select_related("set_by", "typed_by").order_by("valid_from"):
        prices.setdefault(price.variant_id, []).append(price)
    asks = {ask.variant_id: ask for ask in open_asks().filter(variant__in=list(prices))}
    return [_priced(one, prices.get(one.pk, []), asks.get(one.pk), on) for one in variants]


def _priced(variant: Variant, prices: list[Price], ask: PriceAsk | None, on: date) -> Priced:
    begun = [price for price in prices if price.valid_from <= on]
    return Priced(
        variant=variant,
        now=begun[-1] if begun else None,
        coming=[price for price in prices if price.valid_from > on],
        before=begun[-2::-1] if len(begun) > 1 else [],
        ask=ask,
    )
