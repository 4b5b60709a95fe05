"""How a village decides what it is willing to produce."""

from ayil.decisions.models.assemblies import (
    Assembly,
    AttendanceMark,
    QuorumCount,
    RollEntry,
    RollFreezing,
)
from ayil.decisions.models.outcomes import (
    Decision,
    DecisionReview,
    DecisionSigning,
    DecisionSuperseding,
    SigningPart,
    signed_in_sql,
)
from ayil.decisions.models.polls import Ballot, LotDrawing, Poll, PollClosing, PollTally
from ayil.decisions.models.proposals import LocalResource, Proposal, WillingMaker

__all__ = [
    "Assembly",
    "AttendanceMark",
    "Ballot",
    "Decision",
    "DecisionReview",
    "DecisionSigning",
    "DecisionSuperseding",
    "LocalResource",
    "LotDrawing",
    "Poll",
    "PollClosing",
    "PollTally",
    "Proposal",
    "QuorumCount",
    "RollEntry",
    "RollFreezing",
    "SigningPart",
    "WillingMaker",
    "signed_in_sql",
]
