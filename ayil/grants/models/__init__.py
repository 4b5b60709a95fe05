"""Agreements, tranches, budget, expenditure and the papers behind them."""

from ayil.grants.models.agreements import (
    Agreement,
    Allotment,
    BudgetLine,
    Tranche,
    TrancheExchange,
    TrancheReceipt,
    TrancheRequest,
)
from ayil.grants.models.evidence import EvidenceFile
from ayil.grants.models.reports import TrancheAcceptance, TrancheReport, TrancheReportRefusal
from ayil.grants.models.spending import (
    Expenditure,
    ExpenditureApproval,
    ExpenditureRefusal,
    ExpenditureReversal,
    TrancheReturn,
)

__all__ = [
    "Agreement",
    "Allotment",
    "BudgetLine",
    "EvidenceFile",
    "Expenditure",
    "ExpenditureApproval",
    "ExpenditureRefusal",
    "ExpenditureReversal",
    "Tranche",
    "TrancheAcceptance",
    "TrancheExchange",
    "TrancheReceipt",
    "TrancheReport",
    "TrancheReportRefusal",
    "TrancheRequest",
    "TrancheReturn",
]
