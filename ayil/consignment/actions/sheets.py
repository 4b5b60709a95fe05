"""Counts of the shelf: sheets that are counted blind, closed, and what follows from them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ayil.consignment.actions.acts import Lost, draft_act
from ayil.consignment.actions.moving import move, next_number
from ayil.consignment.late import difference, late_pieces
from ayil.consignment.models import (
    ActLine,
    Bearer,
    Cause,
    CountClosing,
    CountSheet,
    Lot,
    LotBalance,
    Movement,
    MovementKind,
    SheetLine,
    Shelf,
    StockCount,
    WriteOffAct,
)
from ayil.consignment.stock_queries import last_counts
from ayil.kit.errors import AyilError
from ayil.ledger.models import Fund
from ayil.members.models import Party, Shop
from ayil.members.rights import Right, require


def open_count(
    *,
    shop: Shop,
    reason: CountSheet.Reason,
    lots: Iterable[Lot],
    by: Party,
    on: date,
    at: datetime,
    shelf: Shelf | None = None,
) -> CountSheet:
    """A sheet with the lots that are to be counted; nobody who counts sees what is expected."""
    require(by, Right.RECEIVE_GOODS, on=on, shop=shop)
    counted = sorted({lot.pk: lot for lot in lots}.values(), key=lambda lot: lot.pk)
    if not counted:
        raise AyilError(_("There is nothing to count here: no lot is on this list."))
    with transaction.atomic():
        sheet = CountSheet.objects.create(
            shop=shop,
            number=next_number(CountSheet.objects.filter(shop=shop), shop),
            reason=reason,
            shelf=shelf,
            by=by,
            opened_on=on,
            recorded_at=at,
        )
        SheetLine.objects.bulk_create(SheetLine(sheet=sheet, lot=lot) for lot in counted)
    return sheet


def add_to_count(*, sheet: CountSheet, lot: Lot, by: Party, on: date) -> SheetLine:
    """Goods that stand there and are not on the sheet."""
    require(by, Right.RECEIVE_GOODS, on=on, shop=sheet.shop)
    with transaction.atomic():
        _still_open(sheet)
        if lot.shop_id != sheet.shop_id:
            raise AyilError(_("%(lot)s belongs to another shop.") % {"lot": lot})
        line, _new = SheetLine.objects.get_or_create(sheet=sheet, lot=lot)
        return line


def count_line(*, line: SheetLine, counted: int, by: Party, on: date, at: datetime) -> StockCount:
    """What somebody counted of one line; the books of this moment are kept beside it, unseen. A
    line that is counted again is compared with the books of the later moment."""
    require(by, Right.RECEIVE_GOODS, on=on, shop=line.sheet.shop)
    with transaction.atomic():
        _still_open(line.sheet)
        return write_count(lot=line.lot, counted=counted, by=by, on=on, at=at, line=line)


def write_count(
    *,
    lot: Lot,
    counted: int,
    by: Party,
    on: date,
    at: datetime,
    line: SheetLine | None = None,
) -> StockCount:
    """The count with the books at its place in the order of posting; inside a transaction."""
    if counted < 0:
        raise AyilError(
            _("%(lot)s cannot be counted as %(counted)s.") % {"lot": lot, "counted": counted}
        )
    # Whoever posts sales holds the fund: what they post comes wholly before this count, or after.
    Fund.objects.select_for_update().get(pk=lot.shop.fund_id)
    balance = LotBalance.objects.select_for_update().get(lot=lot)
    upto = Movement.objects.filter(lot=lot).aggregate(last=Max("pk"))["last"] or 0
    return StockCount.objects.create(
        line=line,
        lot=lot,
        counted=counted,
        expected=balance.on_shelf,
        upto=upto,
        by=by,
        counted_on=on,
        recorded_at=at,
    )


def _still_open(sheet: CountSheet) -> None:
    Shop.objects.select_for_update().get(pk=sheet.shop_id)
    if CountClosing.objects.filter(sheet=sheet).exists():
        raise AyilError(_("Count %(number)s is closed. Open a new one.") % {"number": sheet.number})


def close_count(*, sheet: CountSheet, by: Party, on: date, at: datetime) -> CountClosing:
    """The differences come to light: what was found is booked in, what lacks waits for an act."""
    require(by, Right.RECEIVE_GOODS, on=on, shop=sheet.shop)
    with transaction.atomic():
        _still_open(sheet)
        counts = last_counts(sheet)
        if not counts:
            raise AyilError(
                _("Nothing on sheet %(number)s is counted yet. Count first, then close.")
                % {"number": sheet.number}
            )
        closing = CountClosing.objects.create(sheet=sheet, by=by, closed_on=on, recorded_at=at)
        late = late_pieces(counts)
        for count in counts:
            surplus = difference(count, late[count.pk])
            if surplus > 0:
                move(count.lot, MovementKind.FOUND, surplus, on, f"stock-count:{count.pk}")
    return closing


def draft_shortage(*, sheet: CountSheet, by: Party, on: date, at: datetime) -> WriteOffAct:
    """One act over all that lacks on a closed sheet and stands on no other act; the shop bears
    what is missing from its shelf."""
    if not CountClosing.objects.filter(sheet=sheet).exists():
        raise AyilError(
            _("Count %(number)s is still open. Close it first.") % {"number": sheet.number}
        )
    counts = last_counts(sheet)
    late = late_pieces(counts)
    standing = frozenset(
        ActLine.objects.filter(count__in=counts, act__withdrawal=None).values_list(
            "count", flat=True
        )
    )
    lines = [
        Lost(count.lot, -short, Cause.MISSING, Bearer.SHOP, count=count)
        for count in counts
        if count.pk not in standing and (short := difference(count, late[count.pk])) < 0
    ]
    if not lines:
        raise AyilError(
            _("Nothing lacks on sheet %(number)s, or it stands on an act already.")
            % {"number": sheet.number}
        )
    words = _("Lacked at count %(number)s") % {"number": sheet.number}
    return draft_act(shop=sheet.shop, lines=lines, by=by, on=on, at=at, note=words)
