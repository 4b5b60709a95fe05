"""Goods come in: a note is declared, both sides count, what is accepted becomes a lot."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.actions.moving import move
from ayil.consignment.models import (
    Agreement,
    AgreementEnd,
    ConsignmentNote,
    JointCount,
    Lot,
    LotBalance,
    MovementKind,
    NoteLine,
)
from ayil.consignment.rules import commission_bp, ean13, last_day
from ayil.kit.errors import AyilError
from ayil.kit.written import day
from ayil.members.models import Party
from ayil.members.queries import is_member_on


def declare_note(
    *,
    agreement: Agreement,
    number: str,
    on: date,
    by: Party,
    lines: list[NoteLine],
    typed_by: Party | None = None,
    expected_on: date | None = None,
    comes: ConsignmentNote.Comes = ConsignmentNote.Comes.BROUGHT,
) -> ConsignmentNote:
    """What the consignor says they bring; `lines` are unsaved and get their note here.

    `by` is whose word it is, `typed_by` who entered it for them.
    """
    refuse_unless_standing(agreement, on)
    if not lines:
        raise AyilError(
            _("Note %(number)s has no line. Write down what was brought.") % {"number": number}
        )
    with transaction.atomic():
        note = ConsignmentNote.objects.create(
            agreement=agreement,
            number=number,
            declared_on=on,
            declared_by=by,
            typed_by=typed_by or by,
            expected_on=expected_on,
            comes=comes,
        )
        write_lines(note=note, lines=lines)
    return note


def refuse_unless_standing(agreement: Agreement, on: date) -> None:
    """AyilError where no goods can be taken by the agreement any more."""
    end = AgreementEnd.objects.filter(agreement=agreement).first()
    last = last_day(agreement.until, end.on if end else None)
    if last is not None and on > last:
        raise AyilError(
            _("Agreement %(agreement)s ended on %(until)s. Renew it before taking goods.")
            % {"agreement": agreement, "until": day(last)}
        )


def write_lines(*, note: ConsignmentNote, lines: list[NoteLine]) -> None:
    """What was brought, on a note: as declared, or found beside it at the counter."""
    agreement = note.agreement
    covered = frozenset(agreement.covered.values_list("product", flat=True))
    with transaction.atomic():
        for line in lines:
            product = line.variant.product
            if product.owner_id != agreement.consignor_id:
                raise AyilError(
                    _("%(variant)s does not belong to %(consignor)s.")
                    % {"variant": line.variant, "consignor": agreement.consignor}
                )
            if covered and product.pk not in covered:
                raise AyilError(
                    _(
                        "Agreement %(agreement)s is not about %(goods)s. Renew it with these "
                        "goods, then take them."
                    )
                    % {"agreement": agreement, "goods": product}
                )
            line.note = note
            line.save()


def count_jointly(
    *,
    line: NoteLine,
    accepted: int,
    refused: int,
    for_shop: Party,
    for_consignor: Party,
    on: date,
    at: datetime,
    reason: str = "",
    label: str = "",
    batch: str = "",
    best_before: date | None = None,
) -> Lot | None:
    """Both sides count a line; what is accepted becomes a lot, its commission frozen.

    `label` is what stands on the goods already, else they get one here; `batch` and
    `best_before` are as read at the count, else as they were declared.
    """
    if accepted + refused <= 0 or min(accepted, refused) < 0:
        raise AyilError(
            _("A joint count of %(line)s needs what was accepted and what was refused.")
            % {"line": line}
        )
    with transaction.atomic():
        count = JointCount.objects.create(
            line=line,
            accepted=accepted,
            refused=refused,
            reason=reason,
            for_shop=for_shop,
            for_consignor=for_consignor,
            counted_on=on,
            recorded_at=at,
        )
        if not accepted:
            return None
        return _accept(count, on, label or ean13(count.pk), batch, best_before)


def _accept(count: JointCount, on: date, label: str, batch: str, best_before: date | None) -> Lot:
    line = count.line
    agreement = line.note.agreement
    kind = line.variant.product.kind
    term = agreement.terms.filter(kind=kind).first()
    if term is None:
        raise AyilError(
            _("Agreement %(agreement)s says no commission for %(kind)s. Agree on one first.")
            % {"agreement": agreement, "kind": kind}
        )
    commission = commission_bp(term.rate_bp, member=is_member_on(agreement.consignor, on))
    lot = Lot.objects.create(
        shop=agreement.shop,
        label=label,
        variant=line.variant,
        consignor=agreement.consignor,
        count=count,
        commission_bp=commission,
        fees_bp=min(sum(fee.rate_bp for fee in agreement.fees.all()), 10_000 - commission),
        batch=batch or line.batch,
        best_before=best_before or line.best_before,
        accepted_on=on,
    )
    LotBalance.objects.create(lot=lot)
    move(lot, MovementKind.ACCEPTED, count.accepted, on, f"count:{count.pk}")
    return lot
