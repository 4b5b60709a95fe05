"""From an intake's event to note, counts, lots and stock; or set aside by a person."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.actions import count_jointly, declare_note, write_lines
from ayil.consignment.models import ConsignmentNote, JointCount, NoteLine
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.ledger.models import Fund
from ayil.members.models import Party, Shop
from ayil.members.rights import Right, require
from ayil.shop.drafts import Fault, Stored
from ayil.shop.intake.known import Known, intake_of, read_known
from ayil.shop.intake.obstacles import obstacles, who_answers
from ayil.shop.models import (
    Application,
    EventException,
    ExceptionClearing,
    Intake,
    IntakeCount,
    IntakeSetAside,
    TillEvent,
)
from ayil.shop.payloads import IntakeLine, IntakePayload
from ayil.shop.proofs import Side, check_proof

WAITS = "intake-waits"


def post_intakes(
    shop: Shop, stored: Sequence[Stored], *, at: datetime, by: Party | None = None
) -> list[Fault]:
    """Books joint counts in their order; call inside a transaction that holds the shop's fund.

    `by` is who clears, where a person applies what had waited: they answer for the shop.
    """
    return [fault for item in stored for fault in _post(shop, item, at=at, by=by)]


def _post(shop: Shop, item: Stored, *, at: datetime, by: Party | None) -> list[Fault]:
    payload = intake_of(item.event)
    faults = check_proof(item=item, proof=payload.for_shop, side=Side.SHOP, at=at)
    faults += check_proof(item=item, proof=payload.for_consignor, side=Side.CONSIGNOR, at=at)
    if IntakeSetAside.objects.filter(event_id=item.id).exists():
        words = [_("This count was set aside, and stays so. Count the goods again at the till.")]
    else:
        known = read_known(shop, item.event)
        words = obstacles(known, vouched_by=by)
    if words:
        head = _("Note %(note)s: ") % {"note": payload.note}
        return [*faults, Fault(item.id, WAITS, head + " ".join(words))]
    _book(known, item, at=at, by=by)
    return faults


def _book(known: Known, item: Stored, *, at: datetime, by: Party | None) -> None:
    lines = _note_lines(known)
    intake = Intake.objects.create(event_id=item.id, note=lines[0].note)
    for number, (said, line) in enumerate(zip(known.payload.lines, lines, strict=True), 1):
        count = _count(known, said, line, at=at, by=by)
        IntakeCount.objects.create(intake=intake, number=number, count=count)


def _note_lines(known: Known) -> list[NoteLine]:
    """A line of the note for each line of the event: declared before, or written down now."""
    lines = [
        known.declared.get(said.line or 0) or _new(known, said) for said in known.payload.lines
    ]
    new = [line for line in lines if line.pk is None]
    if known.note is not None:
        write_lines(note=known.note, lines=new)
    else:
        _declare(known, new)
    return lines


def _new(known: Known, said: IntakeLine) -> NoteLine:
    return NoteLine(
        variant=known.variants[said.variant],
        declared=max(said.declared, said.accepted + said.refused),
        batch=said.batch.strip(),
        best_before=said.best_before,
    )


def _declare(known: Known, lines: list[NoteLine]) -> ConsignmentNote:
    if known.agreement is None or known.for_consignor is None:
        raise TypeError("an intake with obstacles is not booked")
    return declare_note(
        agreement=known.agreement,
        number=known.payload.note,
        on=known.on,
        by=known.for_consignor,
        lines=lines,
    )


def _count(
    known: Known, said: IntakeLine, line: NoteLine, *, at: datetime, by: Party | None
) -> JointCount:
    for_shop = who_answers(known, by)
    if for_shop is None or known.for_consignor is None:
        raise TypeError("an intake with obstacles is not booked")
    count_jointly(
        line=line,
        accepted=said.accepted,
        refused=said.refused,
        reason=said.reason.strip(),
        for_shop=for_shop,
        for_consignor=known.for_consignor,
        on=known.on,
        at=at,
        label=said.label,
        batch=said.batch.strip(),
        best_before=said.best_before,
    )
    return JointCount.objects.get(line=line)


def set_aside(*, event: TillEvent, by: Party, reason: str, at: datetime) -> IntakeSetAside:
    """This count shall not be booked: the goods were counted twice, or went home again.

    What was sold under its labels stays among the exceptions, since it was sold.
    """
    if event.kind != IntakePayload.__struct_config__.tag:
        raise AyilError(_("Only a joint count can be set aside; a sale is a fact."))
    if not reason.strip():
        raise AyilError(_("Say in a few words why the goods shall not be booked."))
    shop = event.device.shop
    require(by, Right.CLEAR_EXCEPTION, on=local_date(at, ZoneInfo(shop.time_zone)), shop=shop)
    with transaction.atomic():
        Fund.objects.select_for_update().get(pk=shop.fund_id)
        if Application.objects.filter(event=event).exists():
            raise AyilError(_("These goods are booked already. Return them instead."))
        aside, _is_new = IntakeSetAside.objects.get_or_create(
            event=event, defaults={"by": by, "reason": reason.strip(), "at": at}
        )
        for exception in EventException.objects.filter(event=event, clearing__isnull=True):
            ExceptionClearing.objects.create(exception=exception, by=by, note=reason, at=at)
    return aside
