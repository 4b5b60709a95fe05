"""What a village's decision follows: pure, exact, with the standard library alone.

No module here imports anything but the standard library and its neighbours: a published
decision is recounted with them wherever there is a Python.
"""

from ayil.decisions.rules.approval import (
    MOST_OPTIONS,
    RULES,
    Ballot,
    Outcome,
    Tally,
    Verdict,
    approval_outcome,
    count_approvals,
    is_majority,
)
from ayil.decisions.rules.roll import BARRED_ROLES, quorum_needed, why_not_on_roll
from ayil.decisions.rules.stages import SIGNATURES, AssemblyFacts, Stage, stage_of

__all__ = [
    "BARRED_ROLES",
    "MOST_OPTIONS",
    "RULES",
    "SIGNATURES",
    "AssemblyFacts",
    "Ballot",
    "Outcome",
    "Stage",
    "Tally",
    "Verdict",
    "approval_outcome",
    "count_approvals",
    "is_majority",
    "quorum_needed",
    "stage_of",
    "why_not_on_roll",
]
