"""Where goods stand in the shop, counts of its shelves, and what of them still waits at the end."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from ayil.consignment.actions import (
    Lost,
    close_count,
    count_line,
    draft_act,
    draft_shortage,
    name_shelf,
    open_count,
    put_on_shelf,
    return_to_owner,
    sign_act,
)
from ayil.consignment.late import difference
from ayil.consignment.models import Bearer, Cause, CountSheet, Lot, Shelf
from ayil.consignment.stock_queries import last_counts, lots_on, lots_standing
from ayil.demo.acts.stage import Happening, Stage, moment
from ayil.kit.clock import local_date
from ayil.products.models import ProductKind

SHELVES = {
    ProductKind.CRAFT: "Терезенин жаны",
    ProductKind.FOOD: "Тамак-аш",
    ProductKind.RAW: "Чөптөр",
    ProductKind.OTHER: "Эшиктин жаны",
}
MISCOUNTED = 0.04  # of the lots of a shelf (E)
_COUNTED_AFTER, _LAST_DAYS = timedelta(days=35), timedelta(days=1)


def shelves(stage: Stage) -> Iterator[Happening]:
    """Named when the shop opens; food is counted once, and at the end a sheet is open, an act
    waits for its signature and a return note for the car."""
    first, last = stage.plan.trade.first, stage.plan.trade.last
    yield Happening(moment(first, 7), partial(_name, stage))
    counted_on = first + _COUNTED_AFTER
    yield Happening(moment(counted_on, 19, 40), partial(_count, stage))
    yield Happening(moment(last - _LAST_DAYS, 19, 40), partial(_leave_open, stage))


def _name(stage: Stage, at: datetime) -> None:
    for name in SHELVES.values():
        name_shelf(shop=stage.shop, name=name, by=stage.parties["clerk"], on=local_date(at))


def _put(stage: Stage, kind: ProductKind, at: datetime) -> Shelf:
    shelf = Shelf.objects.get(shop=stage.shop, name=SHELVES[kind])
    lots = lots_standing(stage.shop).filter(variant__product__kind=kind)
    put_on_shelf(lots=lots, shelf=shelf, by=stage.parties["clerk"], on=local_date(at))
    return shelf


def _count(stage: Stage, at: datetime) -> None:
    """The food shelf, counted by the clerk; what lacks is written off the same evening."""
    clerk, on = stage.parties["clerk"], local_date(at)
    sheet = _opened(stage, ProductKind.FOOD, at)
    chance = stage.chance("count", sheet.number)
    for line in sheet.lines.select_related("sheet__shop", "lot__shop", "lot__balance"):
        stands = line.lot.balance.on_shelf
        lacks = chance.random() < MISCOUNTED and stands > 1
        count_line(line=line, counted=max(0, stands - lacks), by=clerk, on=on, at=at)
    close_count(sheet=sheet, by=clerk, on=on, at=at)
    if any(difference(count) < 0 for count in last_counts(sheet)):
        act = draft_shortage(sheet=sheet, by=clerk, on=on, at=at)
        sign_act(act=act, by=stage.parties["manager"], on=on, at=at + timedelta(minutes=10))


def _opened(stage: Stage, kind: ProductKind, at: datetime) -> CountSheet:
    shelf = _put(stage, kind, at)
    return open_count(
        shop=stage.shop, reason=CountSheet.Reason.SHELF, lots=lots_on(shelf), shelf=shelf,
        by=stage.parties["clerk"], on=local_date(at), at=at,
    )  # fmt: skip


def _leave_open(stage: Stage, at: datetime) -> None:
    clerk, on = stage.parties["clerk"], local_date(at)
    _opened(stage, ProductKind.CRAFT, at)
    standing = list(lots_standing(stage.shop).filter(balance__on_shelf__gt=1).order_by("id"))
    if not standing:
        return
    broken, going = standing[0], standing[-1]
    lost = Lost(broken, 1, Cause.DAMAGED, Bearer.SHOP)
    note = "Текчеден түшүп кетти"
    draft_act(shop=stage.shop, lines=[lost], by=clerk, on=on, at=at, note=note)
    _give_back(stage, going, at)


def _give_back(stage: Stage, lot: Lot, at: datetime) -> None:
    return_to_owner(
        shop=stage.shop, consignor=lot.consignor, lines=[(lot, 1)], by=stage.parties["clerk"],
        on=local_date(at), at=at,
    )  # fmt: skip
