"""How a village decides what it is willing to produce."""

from ayil.decisions.models.assemblies import (
    Assembly,
    AssemblyOffice,
    AssemblyTerms,
    Part,
    Rule,
)
from ayil.decisions.models.complaints import Complaint, ComplaintOutcome, DecisionAnnulment
from ayil.decisions.models.counts import CountSheet, LotDrawing, PollTally
from ayil.decisions.models.evidence import FEWEST_MAKERS, GoodsKind, MarketEvidence
from ayil.decisions.models.makers import WillingMaker, WillingMakerEnd
from ayil.decisions.models.outcomes import (
    Decision,
    DecisionChoice,
    DecisionReview,
    DecisionSigning,
    DecisionSuperseding,
    signed_in_sql,
    stands_in_sql,
)
from ayil.decisions.models.papers import DecisionPaper
from ayil.decisions.models.polls import HandCount, Poll, PollClosing, Recount
from ayil.decisions.models.posting import (
    ProvisionalSigning,
    RollObjection,
    RollObjectionAnswer,
    RollPosting,
    RollStriking,
)
from ayil.decisions.models.proposals import (
    Proposal,
    ProposalChange,
    ProposalPhoto,
    ProposalWithdrawal,
)
from ayil.decisions.models.resources import LocalResource
from ayil.decisions.models.roll import (
    MAY_VOTE,
    ON_ROLL,
    AttendanceMark,
    QuorumCount,
    RollEntry,
    RollFreezing,
)
from ayil.decisions.models.seals import DecisionSeal, SigningKey, SigningKeyEnd

__all__ = [
    "FEWEST_MAKERS",
    "MAY_VOTE",
    "ON_ROLL",
    "Assembly",
    "AssemblyOffice",
    "AssemblyTerms",
    "AttendanceMark",
    "Complaint",
    "ComplaintOutcome",
    "CountSheet",
    "Decision",
    "DecisionAnnulment",
    "DecisionChoice",
    "DecisionPaper",
    "DecisionReview",
    "DecisionSeal",
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
    "ProvisionalSigning",
    "QuorumCount",
    "Recount",
    "RollEntry",
    "RollFreezing",
    "RollObjection",
    "RollObjectionAnswer",
    "RollPosting",
    "RollStriking",
    "Rule",
    "SigningKey",
    "SigningKeyEnd",
    "WillingMaker",
    "WillingMakerEnd",
    "signed_in_sql",
    "stands_in_sql",
]
