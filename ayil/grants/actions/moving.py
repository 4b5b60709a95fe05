"""How an action moves a tranche's money: one tranche at a time, one transfer a document."""

from datetime import date, datetime

from ayil.grants.models import Tranche
from ayil.ledger.actions import TransferRequest, post, ref
from ayil.ledger.models import Account
from ayil.members.models import Party


def lock(tranche: Tranche) -> Tranche:
    """The tranche, held by this transaction: what is spent is valued in the order of approval."""
    return (
        Tranche.objects.select_for_update(of=("self",))
        .select_related("agreement", "fund")
        .get(pk=tranche.pk)
    )


def actor(party: Party) -> str:
    return f"party:{party.pk}"


def move(
    name: str,
    debit: Account,
    credit: Account,
    amount_minor: int,
    on: date,
    *,
    kind: str,
    by: Party,
    at: datetime,
) -> int:
    """Posts one transfer named after its document; its row's id."""
    request = TransferRequest(
        key=name,
        debit=ref(debit),
        credit=ref(credit),
        amount_minor=amount_minor,
        date=on,
        kind=kind,
        document=name,
        actor=actor(by),
    )
    return post([request], at=at)[0].id
