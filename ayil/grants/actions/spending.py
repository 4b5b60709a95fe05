"""One person records a payment, another approves it; only then does money move."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.grants import pockets
from ayil.grants.actions.moving import actor, lock, move
from ayil.grants.models import (
    BudgetLine,
    EvidenceFile,
    Expenditure,
    ExpenditureApproval,
    ExpenditureRefusal,
    ExpenditureReversal,
    Tranche,
    TrancheReceipt,
    TrancheReturn,
)
from ayil.grants.queries import gone_out, money_in
from ayil.grants.rules import value_of_next
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError, Conflict
from ayil.ledger.actions import Overdrawn, reverse
from ayil.ledger.models import Account
from ayil.members.models import Party
from ayil.members.own import is_one_of
from ayil.members.rights import Right, require
from ayil.places.models import Place, PlaceKind


def record_expenditure(
    *,
    tranche: Tranche,
    line: BudgetLine,
    village: Place,
    payee: Party,
    evidence: EvidenceFile,
    amount_minor: int,
    currency: str,
    paid_on: date,
    purpose: str,
    by: Party,
    at: datetime,
    uid: UUID | None = None,
) -> Expenditure:
    """Records a payment with its paper and its beneficiary; nothing is posted yet.

    The same `uid` again returns the first; with another content it is a Conflict.
    """
    require(by, Right.KEEP_GRANT, on=local_date(at))
    asked = {
        "tranche": tranche,
        "line": line,
        "village": village,
        "payee": payee,
        "evidence": evidence,
        "amount_minor": amount_minor,
        "currency": currency,
        "paid_on": paid_on,
        "purpose": purpose.strip(),
        "recorded_by": by,
    }
    with transaction.atomic():
        tranche = lock(tranche)
        earlier = Expenditure.objects.filter(uid=uid).first() if uid else None
        if earlier is not None:
            if any(getattr(earlier, name) != value for name, value in asked.items()):
                raise Conflict(
                    _("The expenditure %(uid)s was recorded before with another content.")
                    % {"uid": uid}
                )
            return earlier
        words = _why_not_recorded(tranche, line, village, amount_minor, paid_on, purpose, at)
        if words or is_one_of(by, payee):
            raise AyilError(
                words or _("%(by)s cannot record a payment to oneself: ask another.") % {"by": by}
            )
        return Expenditure.objects.create(uid=uid or uuid4(), recorded_at=at, **asked)


def _why_not_recorded(
    tranche: Tranche,
    line: BudgetLine,
    village: Place,
    amount_minor: int,
    paid_on: date,
    purpose: str,
    at: datetime,
) -> str | None:
    agreement = tranche.agreement
    receipt = TrancheReceipt.objects.filter(tranche=tranche).first()
    if amount_minor <= 0 or not purpose.strip():
        return _(
            "A payment from tranche %(tranche)s needs an amount above zero and its purpose."
        ) % {"tranche": tranche}
    if line.agreement_id != agreement.pk:
        return _("Line %(line)s belongs to another agreement than tranche %(tranche)s.") % {
            "line": line,
            "tranche": tranche,
        }
    if village.kind != PlaceKind.VILLAGE:
        return _(
            "%(village)s is no village; every payment of a grant has a village that it is for."
        ) % {"village": village}
    if receipt is None:
        return _("Tranche %(tranche)s was not received: nothing can be spent from it.") % {
            "tranche": tranche
        }
    if not receipt.on <= paid_on <= agreement.ends_on:
        return _(
            "%(paid_on)s lies outside of tranche %(tranche)s, received %(on)s, and "
            "agreement %(agreement)s, which ends %(ends_on)s."
        ) % {
            "paid_on": paid_on,
            "tranche": tranche,
            "on": receipt.on,
            "agreement": agreement,
            "ends_on": agreement.ends_on,
        }
    if paid_on > local_date(at):
        return _("%(paid_on)s is in the future. Record a payment once it was made.") % {
            "paid_on": paid_on
        }
    return None


def approve_expenditure(
    *, expenditure: Expenditure, by: Party, at: datetime
) -> ExpenditureApproval:
    """Posts the payment and what it took from the line; twice by the same person changes nothing.

    Raises Overdrawn where the line or the bank holds less, AyilError for an approver who recorded
    or received it.
    """
    with transaction.atomic():
        tranche = lock(expenditure.tranche)
        earlier = ExpenditureApproval.objects.filter(expenditure=expenditure).first()
        if earlier is not None:
            if earlier.by_id != by.pk:
                raise AyilError(
                    _("%(expenditure)s was approved before, by %(who)s.")
                    % {"expenditure": expenditure, "who": earlier.by}
                )
            return earlier
        _refuse_who_may_not(expenditure, by, at)
        if ExpenditureRefusal.objects.filter(expenditure=expenditure).exists():
            raise AyilError(
                _("%(expenditure)s was refused. Record it anew with what was missing.")
                % {"expenditure": expenditure}
            )
        currency, amount_minor = expenditure.currency, expenditure.amount_minor
        value_minor = value_now(tranche, currency, amount_minor)
        name = f"expenditure:{expenditure.pk}"
        line, on = expenditure.line, expenditure.paid_on
        paid = move(
            f"{name}/paid", pockets.spent(tranche, line, currency), pockets.bank(tranche, currency),
            amount_minor, on, kind="grant-expenditure", by=by, at=at,
        )  # fmt: skip
        valued = _move_value(
            f"{name}/value", pockets.line(tranche, line), pockets.used(tranche, line), value_minor,
            on, kind="grant-value", by=by, at=at,
        )  # fmt: skip
        return ExpenditureApproval.objects.create(
            expenditure=expenditure,
            value_minor=value_minor,
            paid_id=paid,
            valued_id=valued,
            by=by,
            approved_at=at,
        )


def _refuse_who_may_not(expenditure: Expenditure, by: Party, at: datetime) -> None:
    if is_one_of(by, expenditure.recorded_by, expenditure.payee):
        raise AyilError(
            _(
                "%(by)s recorded or received %(expenditure)s and cannot decide on it. Ask "
                "a third person (who receives, who pays and who approves are three people)."
            )
            % {"by": by, "expenditure": expenditure}
        )
    require(by, Right.APPROVE_SPENDING, on=local_date(at))


def value_now(tranche: Tranche, currency: str, amount_minor: int) -> int:
    """What this money cost in the agreement's currency, if it is spent next; or Overdrawn."""
    if currency == tranche.agreement.currency:
        return amount_minor
    came_in = money_in(tranche, currency)
    try:
        return value_of_next(came_in, gone_out(tranche, currency), amount_minor)
    except ValueError as error:
        raise Overdrawn(
            _(
                "Tranche %(tranche)s holds less than %(amount_minor)s minor units of "
                "%(currency)s: exchange more of it first."
            )
            % {"tranche": tranche, "amount_minor": amount_minor, "currency": currency}
        ) from error


def _move_value(
    name: str,
    debit: Account,
    credit: Account,
    value_minor: int,
    on: date,
    *,
    kind: str,
    by: Party,
    at: datetime,
) -> int | None:
    """A payment so small that it cost less than one minor unit moves no value."""
    if not value_minor:
        return None
    return move(name, debit, credit, value_minor, on, kind=kind, by=by, at=at)


def refuse_expenditure(
    *, expenditure: Expenditure, reason: str, by: Party, at: datetime
) -> ExpenditureRefusal:
    with transaction.atomic():
        lock(expenditure.tranche)
        _refuse_who_may_not(expenditure, by, at)
        if not reason.strip():
            raise AyilError(
                _("A refusal of %(expenditure)s needs its reason in writing.")
                % {"expenditure": expenditure}
            )
        if ExpenditureApproval.objects.filter(expenditure=expenditure).exists():
            raise AyilError(
                _("%(expenditure)s was approved. Reverse it, with the reason.")
                % {"expenditure": expenditure}
            )
        return ExpenditureRefusal.objects.create(
            expenditure=expenditure, reason=reason.strip(), by=by, refused_at=at
        )


def reverse_expenditure(
    *, approval: ExpenditureApproval, on: date, reason: str, by: Party, at: datetime
) -> ExpenditureReversal:
    """Brings money and value back, dated today; the money keeps the value that it had."""
    require(by, Right.APPROVE_SPENDING, on=local_date(at))
    with transaction.atomic():
        lock(approval.expenditure.tranche)
        if ExpenditureReversal.objects.filter(approval=approval).exists():
            raise AyilError(_("%(approval)s was reversed before.") % {"approval": approval})
        name = f"expenditure:{approval.expenditure_id}/reversal"
        undone = [
            reverse(
                transfer, key=f"{name}/{part}", date=on, document=name, actor=actor(by),
                reason=reason, at=at,
            )
            for part, transfer in (("paid", approval.paid), ("value", approval.valued))
            if transfer is not None
        ]  # fmt: skip
        return ExpenditureReversal.objects.create(
            approval=approval,
            on=on,
            reason=reason.strip(),
            paid_back_id=undone[0].id,
            by=by,
            reversed_at=at,
        )


def return_unspent(
    *,
    tranche: Tranche,
    on: date,
    amount_minor: int,
    currency: str,
    slip: EvidenceFile,
    reason: str,
    by: Party,
    approved_by: Party,
    at: datetime,
    uid: UUID | None = None,
) -> TrancheReturn:
    """Money that no line holds any more goes back to the donor (take it back by `allot` first)."""
    require(by, Right.KEEP_GRANT, on=local_date(at))
    require(approved_by, Right.APPROVE_SPENDING, on=local_date(at))
    if is_one_of(by, approved_by):
        raise AyilError(
            _("%(by)s cannot approve one's own payment to the donor: ask another.") % {"by": by}
        )
    with transaction.atomic():
        tranche = lock(tranche)
        earlier = TrancheReturn.objects.filter(uid=uid).first() if uid else None
        if earlier is not None:
            if (earlier.amount_minor, earlier.currency) != (amount_minor, currency):
                raise Conflict(
                    _("The return %(uid)s was recorded before with another amount.") % {"uid": uid}
                )
            return earlier
        value_minor = value_now(tranche, currency, amount_minor)
        name = f"return:{tranche.agreement.code}:{tranche.number}:{tranche.returns.count() + 1}"
        own = currency == tranche.agreement.currency
        where_to = pockets.grant(tranche) if own else pockets.returned(tranche, currency)
        paid = move(
            f"{name}/paid", where_to, pockets.bank(tranche, currency), amount_minor, on,
            kind="grant-return", by=by, at=at,
        )  # fmt: skip
        if not own:
            _move_value(
                f"{name}/value", pockets.grant(tranche), pockets.returned_value(tranche),
                value_minor, on, kind="grant-value", by=by, at=at,
            )  # fmt: skip
        return TrancheReturn.objects.create(
            uid=uid or uuid4(),
            tranche=tranche,
            on=on,
            amount_minor=amount_minor,
            currency=currency,
            value_minor=value_minor,
            slip=slip,
            reason=reason,
            paid_id=paid,
            by=by,
            approved_by=approved_by,
            recorded_at=at,
        )
