"""A consignor's sales by week and by thing, read from the daily rollups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from ayil.consignment.models import ConsignorAccount, Lot
from ayil.consignment.stock_queries import STOCK_IS_KNOWN
from ayil.figures.models import DailySale, OpenDay
from ayil.members.models import Shop
from ayil.products.models import Variant

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """Seven days from `start`; units and the consignor's share, net of refunds."""

    start: date
    units: int
    share_minor: int


@dataclass(frozen=True)
class Thing:
    """What one variant sold in a span of days; `on_shelf` is None where no delivery was counted."""

    variant: Variant
    units: int
    refunded_units: int
    share_minor: int
    on_shelf: int | None


def last_open_day(shop: Shop) -> date | None:
    """The day up to which the shop's books reach."""
    return (
        OpenDay.objects.filter(shop=shop).order_by("-date").values_list("date", flat=True).first()
    )


def _sold(account: ConsignorAccount, first: date, last: date) -> QuerySet[DailySale]:
    return DailySale.objects.filter(
        shop_id=account.shop_id, consignor_id=account.consignor_id, date__range=(first, last)
    )


def weeks_upto(account: ConsignorAccount, last: date, count: int) -> Sequence[Week]:
    """`count` weeks, oldest first, the last one ending on `last`; none is left out."""
    first = last - count * WEEK + timedelta(days=1)
    units, share = [0] * count, [0] * count
    days = _sold(account, first, last).values_list("date")
    for on, sold, earned in days.annotate(sold=Sum("units"), earned=Sum("share_minor")):
        at = (on - first) // WEEK
        units[at] += sold
        share[at] += earned
    return [Week(first + at * WEEK, units[at], share[at]) for at in range(count)]


def things_sold(account: ConsignorAccount, first: date, last: date, limit: int) -> Sequence[Thing]:
    """The things that earned most in the span, at most `limit`, in five queries at most."""
    rows = (
        _sold(account, first, last)
        .values("variant_id")
        .annotate(sold=Sum("units"), back=Sum("refunded_units"), earned=Sum("share_minor"))
        .order_by("-earned", "variant_id")[:limit]
    )
    sums = list(rows)
    ids = [row["variant_id"] for row in sums]
    variants = Variant.objects.select_related("product").in_bulk(ids)
    counted = Lot.objects.filter(
        STOCK_IS_KNOWN, shop_id=account.shop_id, consignor_id=account.consignor_id
    ).filter(variant_id__in=ids)
    stock = counted.values_list("variant_id").annotate(pieces=Sum("balance__on_shelf"))
    on_shelf: dict[int, int] = dict(stock)
    return [
        Thing(
            variant=variants[row["variant_id"]],
            units=row["sold"],
            refunded_units=row["back"],
            share_minor=row["earned"],
            on_shelf=on_shelf.get(row["variant_id"]),
        )
        for row in sums
    ]
