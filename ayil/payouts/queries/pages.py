"""What the pages of this field show, each in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from ayil.members.models import Party
from ayil.payouts.models import Dispute, Payout, Statement
from ayil.payouts.queries.owed import Owed, owed_to


@dataclass(frozen=True, slots=True)
class ProducerPage:
    """What a consignor's own page says of money: `statements` newest first."""

    consignor: Party
    owed: Sequence[Owed]
    statements: Sequence[Statement]
    payouts: Sequence[Payout]
    disputes: Sequence[Dispute]


def producer_page(consignor: Party, *, shown: int = 12) -> ProducerPage:
    """What is owed, the last statements, and the payouts on their way: a few small queries."""
    payouts = (
        Payout.objects.filter(consignor=consignor)
        .select_related("handover__acknowledgement", "cancellation", "run__approval", "statement")
        .order_by("-id")[:shown]
    )
    return ProducerPage(
        consignor=consignor,
        owed=owed_to(consignor),
        statements=list(
            Statement.objects.filter(consignor=consignor)
            .select_related("shop")
            .order_by("-seq_to", "-id")[:shown]
        ),
        payouts=list(payouts),
        disputes=list(
            Dispute.objects.filter(statement__consignor=consignor)
            .select_related("outcome", "statement")
            .order_by("-id")[:shown]
        ),
    )
