"""One lot at a time, by hand: a return, a write-off, a count."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.actions.acts import Lost, book_act, positive, write_act
from ayil.consignment.actions.moving import move
from ayil.consignment.actions.sheets import write_count
from ayil.consignment.models import Bearer, Cause, Lot, Movement, MovementKind, StockCount, WriteOff
from ayil.kit.errors import AyilError
from ayil.members.models import Party


def return_goods(*, lot: Lot, quantity: int, on: date, document: str) -> Movement:
    """Goods go back to their owner."""
    positive(quantity, lot)
    with transaction.atomic():
        return move(lot, MovementKind.RETURNED, -quantity, on, document)


def write_off(
    *,
    lot: Lot,
    quantity: int,
    cause: Cause,
    borne_by: Bearer,
    first: Party,
    second: Party,
    on: date,
    at: datetime,
    document: str,
) -> WriteOff:
    """An act of one line, drafted and signed at once: two people say what is lost, why, and who
    bears it. What the shop bears, it owes to the owner, as if it had been sold."""
    positive(quantity, lot)
    if first == second:
        raise AyilError(
            _("A write-off of %(lot)s needs two people; %(first)s cannot sign twice.")
            % {"lot": lot, "first": first}
        )
    lost = Lost(lot, quantity, cause, borne_by)
    with transaction.atomic():
        act = write_act(shop=lot.shop, lines=[lost], by=first, on=on, at=at)
        book_act(act=act, by=second, on=on, at=at, document=document)
        return WriteOff.objects.select_related("movement").get(line__act=act)


def count_stock(*, lot: Lot, counted: int, by: Party, on: date, at: datetime) -> StockCount:
    """A blind count; goods found above the books are booked in, what lacks waits for an act."""
    with transaction.atomic():
        count = write_count(lot=lot, counted=counted, by=by, on=on, at=at)
        if counted > count.expected:
            surplus = counted - count.expected
            move(lot, MovementKind.FOUND, surplus, on, f"stock-count:{count.pk}")
    return count
