"""Statements, payout lists and disputes: what was closed, paid, acknowledged and corrected."""

from ayil.payouts.models.bank import (
    BankColumn,
    BankFile,
    BankFileLine,
    BankTemplate,
    PayeeAccount,
    PayeeAccountCheck,
    PayeeAccountEnd,
)
from ayil.payouts.models.disputes import Dispute, DisputeOutcome
from ayil.payouts.models.evidence import Acknowledgement, PayoutPaper
from ayil.payouts.models.paying import (
    Handover,
    Method,
    Payout,
    PayoutApproval,
    PayoutCancellation,
    PayoutReturn,
    PayoutRun,
)
from ayil.payouts.models.sharing import GroupSheet, GroupSheetLine, MemberShare, SharingRule
from ayil.payouts.models.statements import (
    LINES_A_PAGE,
    Statement,
    StatementItem,
    StatementMove,
    StatementPage,
)
from ayil.payouts.models.terms import PayoutTerms

__all__ = [
    "LINES_A_PAGE",
    "Acknowledgement",
    "BankColumn",
    "BankFile",
    "BankFileLine",
    "BankTemplate",
    "Dispute",
    "DisputeOutcome",
    "GroupSheet",
    "GroupSheetLine",
    "Handover",
    "MemberShare",
    "Method",
    "PayeeAccount",
    "PayeeAccountCheck",
    "PayeeAccountEnd",
    "Payout",
    "PayoutApproval",
    "PayoutCancellation",
    "PayoutPaper",
    "PayoutReturn",
    "PayoutRun",
    "PayoutTerms",
    "SharingRule",
    "Statement",
    "StatementItem",
    "StatementMove",
    "StatementPage",
]
