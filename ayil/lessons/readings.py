"""From the shop's rows to the figures that lessons are made from, in a constant number of queries.

Goods whose lots were never counted (imported trade) have no known stock. A late sale changes its
own day's figures, so the same day read again later may tell another lesson; what was told stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from ayil.consignment.models import Lot, Movement
from ayil.consignment.stock_queries import STOCK_IS_KNOWN
from ayil.figures.models import DailySale, OpenDay
from ayil.lessons.demand import Bools, Ints
from ayil.lessons.items import Goods, ItemFigures
from ayil.members.models import Party, Shop
from ayil.products.models import Price, ProductKind, Variant

WINDOW_WEEKS = 12
GOODS = {
    ProductKind.CRAFT: Goods.CRAFT,
    ProductKind.FOOD: Goods.FOOD,
    ProductKind.RAW: Goods.FOOD,  # it spoils as food does
    ProductKind.OTHER: Goods.OTHER,
}


@dataclass(frozen=True)
class Window:
    """The days that were read: `first` to `last`, the shop's open days among them, and the
    highest movement there was, by which a lesson names its source."""

    first: date
    last: date
    open_days: int
    movement: int

    def open_days_in(self, weeks: int) -> int:
        """Days on which the shop will open in so many weeks if it goes on as in the window."""
        calendar = (self.last - self.first).days + 1
        return max(1, round(7 * weeks * self.open_days / calendar))


@dataclass(frozen=True)
class _Shelf:
    """One variant's lots: since when it is there, and what of it (None: not known) stands."""

    accepted_on: date
    on_shelf: int | None
    since: date | None


def read_items(
    shop: Shop, *, as_of: date, producer: Party | None = None, weeks: int = WINDOW_WEEKS
) -> tuple[Window, dict[int, list[ItemFigures]]]:
    """Each consignor's goods at a shop, by the consignor's id, as the books stand at `as_of`."""
    first = as_of - timedelta(days=7 * weeks - 1)
    opened = OpenDay.objects.filter(shop=shop, date__range=(first, as_of)).order_by("date")
    open_days = np.array(list(opened.values_list("date", flat=True)), dtype="datetime64[D]")
    lots = Lot.objects.filter(shop=shop, accepted_on__lte=as_of)
    if producer is not None:
        lots = lots.filter(consignor=producer)
    variants = Variant.objects.filter(lots__in=lots).distinct().order_by("id")
    goods = list(variants.values_list("id", "product__kind"))
    rows = {variant_id: row for row, (variant_id, _kind) in enumerate(goods)}
    in_stock = _in_stock(lots, rows, first, as_of)[
        :, (open_days - np.datetime64(first)).astype(int)
    ]
    units = _units(shop, producer, rows, open_days)
    shelves = _shelves(lots, as_of)
    prices = _prices(variants, as_of)
    owners = dict(lots.order_by("id").values_list("variant_id", "consignor_id"))
    items: dict[int, list[ItemFigures]] = {}
    for variant_id, kind in goods:
        row, shelf = rows[variant_id], shelves[variant_id]
        here = open_days >= np.datetime64(shelf.accepted_on)
        price_minor, currency = prices.get(variant_id, (0, shop.currency))
        items.setdefault(owners[variant_id], []).append(
            ItemFigures(
                variant_id=variant_id,
                days=open_days[here],
                units=units[row, here],
                in_stock=None if shelf.on_shelf is None else in_stock[row, here],
                on_shelf=shelf.on_shelf,
                shelf_since=shelf.since,
                kind=GOODS[ProductKind(kind)],
                price_minor=price_minor,
                currency=currency,
            )
        )
    last = Movement.objects.filter(lot__shop=shop).aggregate(last=Max("id"))["last"] or 0
    return Window(first, as_of, len(open_days), last), dict(sorted(items.items()))


def _units(shop: Shop, producer: Party | None, rows: Mapping[int, int], days: Any) -> Ints:
    """Net units, a row a variant and a column an open day."""
    table = np.zeros((len(rows), len(days)), dtype=np.int64)
    if not len(days):
        return table
    sales = DailySale.objects.filter(shop=shop, date__range=(days[0].item(), days[-1].item()))
    if producer is not None:
        sales = sales.filter(consignor=producer)
    column = {day: at for at, day in enumerate(days.tolist())}
    for variant_id, day, sold in sales.values_list("variant_id", "date", "units").iterator():
        table[rows[variant_id], column[day]] = sold
    return table


def _counted(lots: QuerySet[Lot]) -> QuerySet[Movement]:
    return Movement.objects.filter(lot__in=lots.filter(STOCK_IS_KNOWN))


def _in_stock(lots: QuerySet[Lot], rows: Mapping[int, int], first: date, last: date) -> Bools:
    """Whether some stood on the shelf at a moment of the day, a column a calendar day."""
    length = (last - first).days + 1
    moved = np.zeros((len(rows), length), dtype=np.int64)
    came = np.zeros((len(rows), length), dtype=np.bool_)
    at_first = np.zeros(len(rows), dtype=np.int64)
    before = _counted(lots).filter(date__lt=first).order_by().values_list("lot__variant_id")
    for variant_id, stood in before.annotate(stood=Sum("quantity")):
        at_first[rows[variant_id]] = stood
    within = _counted(lots).filter(date__range=(first, last)).order_by()
    by_day = within.values_list("lot__variant_id", "date").annotate(
        moved=Sum("quantity"), came=Count("id", filter=Q(quantity__gt=0))
    )
    for variant_id, day, quantity, arrivals in by_day:
        moved[rows[variant_id], (day - first).days] = quantity
        came[rows[variant_id], (day - first).days] = arrivals > 0
    stood_before = at_first[:, None] + np.cumsum(moved, axis=1) - moved
    in_stock: Bools = (stood_before > 0) | came
    return in_stock


def _shelves(lots: QuerySet[Lot], as_of: date) -> dict[int, _Shelf]:
    """What stands at the end of the day; of the lots that still have some, the oldest counts."""
    known = lots.values_list("variant_id").annotate(
        since=Min("accepted_on"), uncounted=Count("id", filter=~STOCK_IS_KNOWN)
    )
    accepted = {variant_id: (since, uncounted) for variant_id, since, uncounted in known}
    left = (
        lots.filter(STOCK_IS_KNOWN)
        .values_list("variant_id", "accepted_on")
        .annotate(left=Sum("movements__quantity", filter=Q(movements__date__lte=as_of)))
        .values_list("id", "variant_id", "accepted_on", "left")
        .order_by("id")
    )
    stands: dict[int, int] = {}
    oldest: dict[int, date] = {}
    for _lot_id, variant_id, accepted_on, pieces in left:
        stands[variant_id] = stands.get(variant_id, 0) + (pieces or 0)
        if pieces and pieces > 0:
            oldest[variant_id] = min(accepted_on, oldest.get(variant_id, accepted_on))
    return {
        variant_id: _Shelf(since, None, None)
        if uncounted
        else _Shelf(since, stands.get(variant_id, 0), oldest.get(variant_id))
        for variant_id, (since, uncounted) in accepted.items()
    }


def _prices(variants: QuerySet[Variant], as_of: date) -> dict[int, tuple[int, str]]:
    """The owner's price that holds on the day; later rows overwrite earlier ones."""
    prices: Iterable[tuple[int, int, str]] = (
        Price.objects.filter(variant__in=variants.order_by(), valid_from__lte=as_of)
        .order_by("valid_from")
        .values_list("variant_id", "amount_minor", "currency")
    )
    return {variant_id: (amount, currency) for variant_id, amount, currency in prices}
