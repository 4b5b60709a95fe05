"""Reads over products and prices."""

from collections.abc import Iterable
from datetime import date

from ayil.products.models import Price, Variant


def price_on(variant: Variant, day: date) -> Price | None:
    """The owner's price that holds on that day."""
    return variant.prices.filter(valid_from__lte=day).order_by("-valid_from").first()


def prices_on(variants: Iterable[Variant], day: date) -> dict[int, Price]:
    """By variant id, in one query."""
    found: dict[int, Price] = {}
    for price in Price.objects.filter(variant__in=list(variants), valid_from__lte=day).order_by(
        "valid_from"
    ):
        found[price.variant_id] = price
    return found
