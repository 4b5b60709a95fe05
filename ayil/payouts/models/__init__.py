"""Statements, payout lists and disputes: what was closed, paid, acknowledged and corrected."""

from ayil.payouts.models.disputes import Dispute, DisputeOutcome
from ayil.payouts.models.paying import (
    Acknowledgement,
    Handover,
    Method,
    Payout,
    PayoutApproval,
    PayoutCancellation,
    PayoutRun,
)
from ayil.payouts.models.statements import Statement
from ayil.payouts.models.terms import PayoutTerms

__all__ = [
    "Acknowledgement",
    "Dispute",
    "DisputeOutcome",
    "Handover",
    "Method",
    "Payout",
    "PayoutApproval",
    "PayoutCancellation",
    "PayoutRun",
    "PayoutTerms",
    "Statement",
]
