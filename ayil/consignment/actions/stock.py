"""Goods leave the shelf or are found on it: returns, write-offs, counts."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.accounts import LOSSES, shop_account
from ayil.consignment.actions.agreeing import consignor_account
from ayil.consignment.actions.moving import move
from ayil.consignment.models import (
    Cause,
    Lot,
    LotBalance,
    Movement,
    MovementKind,
    StockCount,
    WriteOff,
)
from ayil.kit.errors import AyilError
from ayil.kit.money import share_by_rate
from ayil.ledger.actions import post, ref
from ayil.ledger.rules import TransferRequest
from ayil.members.models import Party
from ayil.products.queries import price_on


def return_goods(*, lot: Lot, quantity: int, on: date, document: str) -> Movement:
    """Goods go back to their owner."""
    _positive(quantity, lot)
    with transaction.atomic():
        return move(lot, MovementKind.RETURNED, -quantity, on, document)


def write_off(
    *,
    lot: Lot,
    quantity: int,
    cause: Cause,
    borne_by: WriteOff.Bearer,
    first: Party,
    second: Party,
    on: date,
    at: datetime,
    document: str,
) -> WriteOff:
    """The act: two people say what is lost, why, and who bears it.

    What the shop bears, it owes to the owner: the owner's price of that day less the lot's
    commission and fees, as if it had been sold.
    """
    _positive(quantity, lot)
    if first == second:
        raise AyilError(
            _("A write-off of %(lot)s needs two people; %(first)s cannot sign twice.")
            % {"lot": lot, "first": first}
        )
    with transaction.atomic():
        movement = move(lot, MovementKind.WRITTEN_OFF, -quantity, on, document)
        act = WriteOff.objects.create(
            movement=movement,
            cause=cause,
            borne_by=borne_by,
            first=first,
            second=second,
            recorded_at=at,
        )
        if borne_by == WriteOff.Bearer.SHOP:
            _owe_for(act, lot, quantity, on=on, at=at, actor=f"party:{first.pk}")
    return act


def _owe_for(act: WriteOff, lot: Lot, quantity: int, *, on: date, at: datetime, actor: str) -> None:
    price = price_on(lot.variant, on)
    if price is None:
        raise AyilError(
            _(
                "%(variant)s has no price on %(on)s, so nobody knows what the shop owes "
                "for it. Ask the owner for the price first."
            )
            % {"variant": lot.variant, "on": on}
        )
    gross = price.amount_minor * quantity
    share = gross - share_by_rate(gross, lot.commission_bp + lot.fees_bp)
    if not share:
        return
    account = consignor_account(shop=lot.shop, consignor=lot.consignor).account
    # One paper may list many lots, and one lot be written off many times: each is owed for.
    place = lot.movements.filter(kind=MovementKind.WRITTEN_OFF, pk__lte=act.movement_id).count()
    post(
        [
            TransferRequest(
                key=f"write-off:{lot.label}.{place}",
                debit=ref(shop_account(lot.shop, LOSSES)),
                credit=ref(account),
                amount_minor=share,
                date=on,
                kind="write-off",
                document=act.movement.document,
                actor=actor,
                reason=str(act.cause),
            )
        ],
        at=at,
    )


def count_stock(*, lot: Lot, counted: int, by: Party, on: date, at: datetime) -> StockCount:
    """A blind count; goods found above the books are booked in, what lacks waits for an act."""
    if counted < 0:
        raise AyilError(
            _("%(lot)s cannot be counted as %(counted)s.") % {"lot": lot, "counted": counted}
        )
    with transaction.atomic():
        balance = LotBalance.objects.select_for_update().get(lot=lot)
        count = StockCount.objects.create(
            lot=lot,
            counted=counted,
            expected=balance.on_shelf,
            by=by,
            counted_on=on,
            recorded_at=at,
        )
        if counted > balance.on_shelf:
            surplus = counted - balance.on_shelf
            move(lot, MovementKind.FOUND, surplus, on, f"stock-count:{count.pk}")
    return count


def _positive(quantity: int, lot: Lot) -> None:
    if quantity <= 0:
        raise AyilError(
            _("%(lot)s: a quantity must be above zero, not %(quantity)s.")
            % {"lot": lot, "quantity": quantity}
        )
