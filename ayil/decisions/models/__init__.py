"""How a village decides what it is willing to produce."""

from ayil.decisions.models.assemblies import (
    Assembly,
    AssemblyOffice,
    AssemblyTerms,
    Part,
    Rule,
)
from ayil.decisions.models.evidence import FEWEST_MAKERS, GoodsKind, MarketEvidence
from ayil.decisions.models.makers import WillingMaker, WillingMakerEnd
from ayil.decisions.models.outcomes import (
    Decision,
    DecisionChoice,
    DecisionReview,
    DecisionSigning,
    DecisionSuperseding,
    signed_in_sql,
)
from ayil.decisions.models.polls import (
    CountSheet,
    HandCount,
    LotDrawing,
    Poll,
    PollClosing,
    PollTally,
    Recount,
)
from ayil.decisions.models.proposals import (
    Proposal,
    ProposalChange,
    ProposalPhoto,
    ProposalWithdrawal,
)
from ayil.decisions.models.resources import LocalResource
from ayil.decisions.models.roll import AttendanceMark, QuorumCount, RollEntry, RollFreezing

__all__ = [
    "FEWEST_MAKERS",
    "Assembly",
    "AssemblyOffice",
    "AssemblyTerms",
    "AttendanceMark",
    "CountSheet",
    "Decision",
    "DecisionChoice",
    "DecisionReview",
    "DecisionSigning",
    "DecisionSuperseding",
    "GoodsKind",
    "HandCount",
    "LocalResource",
    "LotDrawing",
    "MarketEvidence",
    "Part",
    "Poll",
    "PollClosing",
    "PollTally",
    "Proposal",
    "ProposalChange",
    "ProposalPhoto",
    "ProposalWithdrawal",
    "QuorumCount",
    "Recount",
    "RollEntry",
    "RollFreezing",
    "Rule",
    "WillingMaker",
    "WillingMakerEnd",
    "signed_in_sql",
]
