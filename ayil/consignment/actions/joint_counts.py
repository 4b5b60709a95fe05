"""A joint count that is typed on a page of the shop: all its lines are booked, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.actions.receiving import count_jointly
from ayil.consignment.models import (
    ConsignmentNote,
    CountSigning,
    JointCount,
    Lot,
    NoteLine,
    NoteWithdrawal,
)
from ayil.kit.errors import AyilError
from ayil.ledger.models import Fund
from ayil.members.doors import sign_by_pin
from ayil.members.models import Party
from ayil.members.own import is_one_of, speaks_for
from ayil.members.rights import Right, require
from ayil.products.models import ProductKind

MOST_PIECES = 1_000_000


@dataclass(frozen=True)
class Counted:
    """What a line came to; an empty batch or date is as it was declared."""

    line: NoteLine
    accepted: int
    refused: int
    reason: str = ""
    batch: str = ""
    best_before: date | None = None


@dataclass(frozen=True)
class Signed:
    """Who stands there for the owner, with their PIN, or with a paper's number where it is
    signed by hand."""

    party: Party
    pin: str = ""
    paper: str = ""


def count_note(
    *,
    note: ConsignmentNote,
    counted: Sequence[Counted],
    signed: Signed,
    by: Party,
    on: date,
    at: datetime,
) -> list[Lot]:
    """Every line of the note that is still open, counted by `by` and the owner's side together.

    A wrong PIN is written down and nothing else.
    """
    require(by, Right.RECEIVE_GOODS, on=on, shop=note.agreement.shop)
    _two_sides(note, signed, by, on)
    for one in counted:
        _look_at(one, on)
    _check_pin(signed, at)
    with transaction.atomic():
        Fund.objects.select_for_update().get(pk=note.agreement.shop.fund_id)
        _whole(note, counted)
        CountSigning.objects.create(
            note=note,
            party=signed.party,
            way=CountSigning.Way.PIN if signed.pin else CountSigning.Way.PAPER,
            paper=signed.paper.strip(),
            by=by,
            at=at,
        )
        lots = [_count(one, signed, by=by, on=on, at=at) for one in counted]
    return [lot for lot in lots if lot is not None]


def _two_sides(note: ConsignmentNote, signed: Signed, by: Party, on: date) -> None:
    consignor = note.agreement.consignor
    if not speaks_for(signed.party, consignor, on):
        raise AyilError(
            _("%(who)s does not speak for %(consignor)s. Choose the owner or one of its leaders.")
            % {"who": signed.party, "consignor": consignor}
        )
    if is_one_of(by, signed.party):
        raise AyilError(
            _("%(who)s cannot count for the shop and for the owner. Ask a colleague to count.")
            % {"who": by}
        )
    if not signed.pin and not signed.paper.strip():
        raise AyilError(
            _("The owner's side signs too: by their PIN, or on a paper whose number is entered.")
        )


def _check_pin(signed: Signed, at: datetime) -> None:
    """Outside of the booking's transaction, so that a wrong one is kept."""
    if signed.pin and not sign_by_pin(party=signed.party, pin=signed.pin, at=at):
        raise AyilError(
            _("This is not the PIN of %(who)s. Nothing was booked: try again, or sign on paper.")
            % {"who": signed.party}
        )


def _whole(note: ConsignmentNote, counted: Sequence[Counted]) -> None:
    if NoteWithdrawal.objects.filter(note=note).exists():
        raise AyilError(
            _("Note %(note)s was withdrawn. Announce the goods again, then count them.")
            % {"note": note}
        )
    done = JointCount.objects.filter(line__note=note).values("line")
    still_open = set(note.lines.exclude(pk__in=done).values_list("pk", flat=True))
    if not still_open or {one.line.pk for one in counted} != still_open:
        raise AyilError(
            _("Note %(note)s was counted in the meantime. Look at it again.") % {"note": note}
        )


def _look_at(one: Counted, on: date) -> None:
    goods = one.line.variant
    if min(one.accepted, one.refused) < 0 or not 0 < one.accepted + one.refused <= MOST_PIECES:
        raise AyilError(
            _("%(goods)s: say how many pieces were accepted and how many refused.")
            % {"goods": goods}
        )
    if one.refused and not one.reason.strip():
        raise AyilError(_("%(goods)s: what was refused needs a reason.") % {"goods": goods})
    until = one.best_before or one.line.best_before
    if not one.accepted:
        return
    has_batch = bool(one.batch.strip() or one.line.batch)
    if goods.product.kind == ProductKind.FOOD and not (has_batch and until):  # invariant 11
        raise AyilError(
            _("%(goods)s is food: say its batch and until which day it is good.") % {"goods": goods}
        )
    if until is not None and until < on:
        raise AyilError(
            _("%(goods)s is past its date. Refuse it, or put the date right.") % {"goods": goods}
        )


def _count(one: Counted, signed: Signed, *, by: Party, on: date, at: datetime) -> Lot | None:
    return count_jointly(
        line=one.line,
        accepted=one.accepted,
        refused=one.refused,
        reason=one.reason.strip() if one.refused else "",
        for_shop=by,
        for_consignor=signed.party,
        on=on,
        at=at,
        batch=one.batch.strip(),
        best_before=one.best_before,
    )
