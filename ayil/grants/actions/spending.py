"""One person records a payment, another approves it; only then does money move."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

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
                raise Conflict(f"The expenditure {uid} was recorded before with another content.")
            return earlier
        words = _why_not_recorded(tranche, line, village, amount_minor, paid_on, purpose, at)
        if words or payee == by:
            raise AyilError(words or f"{by} cannot record a payment to oneself: ask another.")
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
        return f"A payment from tranche {tranche} needs an amount above zero and its purpose."
    if line.agreement_id != agreement.pk:
        return f"Line {line} belongs to another agreement than tranche {tranche}."
    if village.kind != PlaceKind.VILLAGE:
        return f"{village} is no village; every payment of a grant has a village that it is for."
    if receipt is None:
        return f"Tranche {tranche} was not received: nothing can be spent from it."
    if not receipt.on <= paid_on <= agreement.ends_on:
        return (
            f"{paid_on} lies outside of tranche {tranche}, received {receipt.on}, and agreement "
            f"{agreement}, which ends {agreement.ends_on}."
        )
    if paid_on > local_date(at):
        return f"{paid_on} is in the future. Record a payment once it was made."
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
                raise AyilError(f"{expenditure} was approved before, by {earlier.by}.")
            return earlier
        _refuse_own(expenditure, by)
        if ExpenditureRefusal.objects.filter(expenditure=expenditure).exists():
            raise AyilError(f"{expenditure} was refused. Record it anew with what was missing.")
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


def _refuse_own(expenditure: Expenditure, by: Party) -> None:
    if by.pk in {expenditure.recorded_by_id, expenditure.payee_id}:
        raise AyilError(
            f"{by} recorded or received {expenditure} and cannot decide on it. "
            "Ask a third person (who receives, who pays and who approves are three people)."
        )


def value_now(tranche: Tranche, currency: str, amount_minor: int) -> int:
    """What this money cost in the agreement's currency, if it is spent next; or Overdrawn."""
    if currency == tranche.agreement.currency:
        return amount_minor
    came_in = money_in(tranche, currency)
    try:
        return value_of_next(came_in, gone_out(tranche, currency), amount_minor)
    except ValueError as error:
        raise Overdrawn(
            f"Tranche {tranche} holds less than {amount_minor} minor units of {currency}: exchange "
            "more of it first."
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
        _refuse_own(expenditure, by)
        if not reason.strip():
            raise AyilError(f"A refusal of {expenditure} needs its reason in writing.")
        if ExpenditureApproval.objects.filter(expenditure=expenditure).exists():
            raise AyilError(f"{expenditure} was approved. Reverse it, with the reason.")
        return ExpenditureRefusal.objects.create(
            expenditure=expenditure, reason=reason.strip(), by=by, refused_at=at
        )


def reverse_expenditure(
    *, approval: ExpenditureApproval, on: date, reason: str, by: Party, at: datetime
) -> ExpenditureReversal:
    """Brings money and value back, dated today; the money keeps the value that it had."""
    with transaction.atomic():
        lock(approval.expenditure.tranche)
        if ExpenditureReversal.objects.filter(approval=approval).exists():
            raise AyilError(f"{approval} was reversed before.")
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
    if by == approved_by:
        raise AyilError(f"{by} cannot approve one's own payment to the donor: ask another.")
    with transaction.atomic():
        tranche = lock(tranche)
        earlier = TrancheReturn.objects.filter(uid=uid).first() if uid else None
        if earlier is not None:
            if (earlier.amount_minor, earlier.currency) != (amount_minor, currency):
                raise Conflict(f"The return {uid} was recorded before with another amount.")
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
