"""How postings of this field are named in the ledger.

By codes, UUIDs and numbers that count, never by row numbers: two databases with one history have
the same hashes.
"""

from ayil.members.models import Party
from ayil.payouts.models import Dispute, Payout, Statement

SHARE = "sale-share"  # a sale to its goods' owner, and back by a refund
PAYOUT = "payout"
PAYOUT_BACK = "payout-reversal"  # as the ledger names the reversal of one
CORRECTION = "correction"


def statement_name(statement: Statement) -> str:
    """At most 75 letters: shop's code, consignor, number."""
    return f"{statement.shop.code}/{statement.consignor.uid}/{statement.number}"


def payout_document(payout: Payout) -> str:
    return f"payout:{statement_name(payout.statement)}.{payout.part}"


def dispute_document(dispute: Dispute) -> str:
    """Disputes of one statement are counted from 1, in the order they were raised."""
    place = Dispute.objects.filter(statement=dispute.statement, pk__lte=dispute.pk).count()
    return f"dispute:{statement_name(dispute.statement)}.{place}"


def actor_name(party: Party) -> str:
    return f"party:{party.uid}"
