"""Deliveries are announced by who brings them, or typed for them, and taken back in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.actions.receiving import declare_note
from ayil.consignment.models import (
    Agreement,
    ConsignmentNote,
    JointCount,
    NoteLine,
    NoteWithdrawal,
)
from ayil.consignment.rules import NOTES, next_number
from ayil.kit.errors import AyilError
from ayil.kit.written import day
from ayil.ledger.models import Fund
from ayil.members.models import Party
from ayil.members.own import speaks_for
from ayil.members.rights import Right, require
from ayil.products.models import ProductKind, Variant

Comes = ConsignmentNote.Comes


@dataclass(frozen=True)
class Announced:
    """One line of what shall come."""

    variant: Variant
    pieces: int
    batch: str = ""
    best_before: date | None = None


def announce_delivery(
    *,
    agreement: Agreement,
    lines: Sequence[Announced],
    expected_on: date | None,
    comes: ConsignmentNote.Comes,
    declared_by: Party,
    by: Party,
    on: date,
) -> ConsignmentNote:
    """A note of what will come, its number made by itself.

    `declared_by` speaks for the owner; `by` is who types: they themselves, or whoever receives
    goods in the shop.
    """
    if not speaks_for(declared_by, agreement.consignor, on):
        raise AyilError(
            _("%(who)s does not speak for %(consignor)s. Choose the owner or one of its leaders.")
            % {"who": declared_by, "consignor": agreement.consignor}
        )
    if by != declared_by:
        require(by, Right.RECEIVE_GOODS, on=on, shop=agreement.shop)
    if expected_on is not None and expected_on < on:
        raise AyilError(
            _("%(day)s is over. Say on which day the goods come.") % {"day": day(expected_on)}
        )
    _look_at(lines, on)
    with transaction.atomic():
        Fund.objects.select_for_update().get(pk=agreement.shop.fund_id)
        return declare_note(
            agreement=agreement,
            number=_number(agreement, on),
            on=on,
            by=declared_by,
            typed_by=by,
            expected_on=expected_on,
            comes=comes,
            lines=[
                NoteLine(
                    variant=line.variant,
                    declared=line.pieces,
                    batch=line.batch.strip(),
                    best_before=line.best_before,
                )
                for line in lines
            ],
        )


def _look_at(lines: Sequence[Announced], on: date) -> None:
    for line in lines:
        if line.pieces < 1:
            raise AyilError(
                _("%(goods)s: say how many pieces will come.") % {"goods": line.variant}
            )
        if line.best_before is not None and line.best_before < on:
            raise AyilError(
                _("%(goods)s was good until %(day)s. What is over is not brought.")
                % {"goods": line.variant, "day": day(line.best_before)}
            )
        is_food = line.variant.product.kind == ProductKind.FOOD
        if is_food and not (line.batch.strip() and line.best_before):  # invariant 11
            raise AyilError(
                _("%(goods)s is food: say its batch and until which day it is good.")
                % {"goods": line.variant}
            )


def _number(agreement: Agreement, on: date) -> str:
    of_the_year = ConsignmentNote.objects.filter(
        agreement__shop=agreement.shop_id, number__startswith=f"{NOTES}-{on.year}-"
    )
    return next_number(NOTES, on, of_the_year.values_list("number", flat=True))


def withdraw_note(
    *, note: ConsignmentNote, by: Party, at: datetime, on: date, reason: str = ""
) -> NoteWithdrawal:
    """The goods do not come: by who speaks for the owner, or who receives goods in the shop."""
    if not speaks_for(by, note.agreement.consignor, on):
        require(by, Right.RECEIVE_GOODS, on=on, shop=note.agreement.shop)
    with transaction.atomic():
        Fund.objects.select_for_update().get(pk=note.agreement.shop.fund_id)
        if JointCount.objects.filter(line__note=note).exists():
            raise AyilError(
                _("Goods of note %(note)s were counted already. They can be returned instead.")
                % {"note": note}
            )
        withdrawal, _is_new = NoteWithdrawal.objects.get_or_create(
            note=note, defaults={"by": by, "at": at, "reason": reason.strip()}
        )
    return withdrawal
