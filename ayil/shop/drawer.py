"""Shifts and the drawer: floats, cash in and out, blind closing, wishes.

A float comes from the safe and all that was counted goes back there, so that every amount
follows from the log and none from the order in which tills were heard.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db.models import Sum

from ayil.consignment.accounts import OVER_SHORT, PETTY_CASH, SAFE, drawer_code, shop_account
from ayil.ledger.actions import post, ref
from ayil.ledger.rules import TransferRequest
from ayil.shop.drafts import Fault, Stored, chunks
from ayil.shop.models import CashMovement, ShiftClosing, ShiftOpening, Tender, TenderKind, Wish
from ayil.shop.payloads import (
    CashMovedPayload,
    Payload,
    RefundPayload,
    SalePayload,
    ShiftClosedPayload,
    ShiftOpenedPayload,
    WishPayload,
)
from ayil.shop.proofs import Side, check_proof

Closed = dict[tuple[int, int, str], list[int]]  # by (device, epoch, shift)


def post_drawer_event(item: Stored, *, at: datetime) -> list[Fault]:
    """Applies an event of the drawer; never blocks: what is over or short is posted as such, and
    a PIN that is not the cashier's is flagged."""
    payload = item.event.payload
    if isinstance(payload, ShiftOpenedPayload):
        _open_shift(item, payload, at)
        if payload.proof:
            return check_proof(item=item, proof=payload.proof, side=Side.OPENING, at=at)
    elif isinstance(payload, ShiftClosedPayload):
        _close_shift(item, payload, at)
    elif isinstance(payload, CashMovedPayload):
        _move_cash(item, payload, at)
    elif isinstance(payload, WishPayload):
        Wish.objects.create(
            event_id=item.id,
            shop=item.device.shop,
            date=item.event.business_date,
            words=payload.words,
        )
    return []


def _open_shift(item: Stored, payload: ShiftOpenedPayload, at: datetime) -> None:
    event = item.event
    ShiftOpening.objects.create(
        event_id=item.id,
        device=item.device,
        shift=event.shift,
        date=event.business_date,
        cashier=event.cashier,
        float_minor=payload.float,
    )
    _shift_money(item, "float", SAFE, payload.float, at)


def _move_cash(item: Stored, payload: CashMovedPayload, at: datetime) -> None:
    event = item.event
    CashMovement.objects.create(
        event_id=item.id,
        device=item.device,
        shift=event.shift,
        date=event.business_date,
        amount_minor=payload.amount,
        reason=payload.reason,
    )
    _shift_money(item, "cash-moved", PETTY_CASH, payload.amount, at, payload.reason)


def _close_shift(item: Stored, payload: ShiftClosedPayload, at: datetime) -> None:
    event = item.event
    counted = sum(int(value) * count for value, count in payload.counted.items())
    heard = _expected(item)
    ShiftClosing.objects.create(
        event_id=item.id,
        device=item.device,
        shift=event.shift,
        date=event.business_date,
        cashier=event.cashier,
        counted=payload.counted,
        counted_minor=counted,
        expected_minor=payload.report.expected if payload.report else heard,
        report=msgspec.to_builtins(payload.report),
    )
    # The books know what was heard; what comes later of this shift puts them right.
    _shift_money(item, "over-short", OVER_SHORT, counted - heard, at)
    _shift_money(item, "to-safe", SAFE, -counted, at)


def _expected(item: Stored) -> int:
    """What the log of this shift says is in the drawer, up to the closing's own number."""
    event, device = item.event, item.device
    mine = {
        "event__device": device,
        "event__epoch": event.epoch,
        "event__seq__lt": event.seq,
        "shift": event.shift,
    }
    opened = ShiftOpening.objects.filter(**mine).aggregate(sum=Sum("float_minor"))["sum"] or 0
    moved = CashMovement.objects.filter(**mine).aggregate(sum=Sum("amount_minor"))["sum"] or 0
    taken = Tender.objects.filter(
        kind=TenderKind.CASH, **{f"sale__{name}": value for name, value in mine.items()}
    ).aggregate(sum=Sum("amount_minor"))["sum"]
    return opened + moved + (taken or 0)


def closed_shifts(stored: Sequence[Stored]) -> Closed:
    """The numbers of the closings that these events' shifts have already."""
    found: Closed = defaultdict(list)
    shifts = sorted({item.event.shift for item in stored})
    devices = {item.device.pk for item in stored}
    for chunk in chunks(shifts):
        for device_id, epoch, shift, seq in ShiftClosing.objects.filter(
            device__in=devices, shift__in=chunk
        ).values_list("device_id", "event__epoch", "shift", "event__seq"):
            found[device_id, epoch, shift].append(seq)
    return found


def put_right(item: Stored, closed: Closed, *, at: datetime) -> None:
    """Cash of a shift that was counted before we heard of it: the closing took it for over or
    short, and is put right, so that the books end as if all had come in order."""
    event = item.event
    seqs = closed.get((item.device.pk, event.epoch, event.shift), [])
    later = sum(seq > event.seq for seq in seqs)
    _shift_money(item, "after-closing", OVER_SHORT, -later * _cash_of(event.payload), at)


def _cash_of(payload: Payload) -> int:
    """What an event put into the drawer (below zero: took out), a closing aside."""
    if isinstance(payload, SalePayload | RefundPayload):
        cash = sum(tender.amount for tender in payload.tenders if tender.kind == "cash")
        return cash if isinstance(payload, SalePayload) else -cash
    if isinstance(payload, ShiftOpenedPayload):
        return payload.float
    return payload.amount if isinstance(payload, CashMovedPayload) else 0


def _shift_money(
    item: Stored,
    kind: str,
    other_code: str,
    amount: int,
    at: datetime,
    reason: str = "",
) -> None:
    """Above zero: into the drawer from the other account; below: out of it."""
    if not amount:
        return
    event, shop = item.event, item.device.shop
    into = ref(shop_account(shop, drawer_code(event.device)))
    out = ref(shop_account(shop, other_code))
    debit, credit = (into, out) if amount > 0 else (out, into)
    post(
        [
            TransferRequest(
                key=f"{event.device}.{event.epoch}.{event.seq:010d}.{event.hash[:12]}/{kind}",
                debit=debit,
                credit=credit,
                amount_minor=abs(amount),
                date=event.business_date,
                kind=kind,
                document=f"event:{event.hash}",
                actor=f"till:{event.device}",
                reason=reason,
            )
        ],
        at=at,
    )
