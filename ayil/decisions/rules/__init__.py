"""What a village's decision follows: pure, exact, with the standard library alone.

No module here imports anything but the standard library and its neighbours: a published
decision is recounted with them wherever there is a Python.
"""

from ayil.decisions.rules.approval import (
    MOST_OPTIONS,
    MOST_PLACES,
    RULES,
    Ballot,
    Outcome,
    Tally,
    Verdict,
    approval_outcome,
    count_approvals,
    is_majority,
)
from ayil.decisions.rules.counting import (
    Counted,
    Pile,
    Piles,
    Question,
    asks_one_thing,
    count,
    drawn_between,
    piles_of,
)
from ayil.decisions.rules.publishing import AT_LEAST, published
from ayil.decisions.rules.roll import (
    BARRED_ROLES,
    Lacks,
    RollFacts,
    freezing_lacks,
    in_fours,
    quorum_needed,
    why_not_on_roll,
)
from ayil.decisions.rules.shortlist import shortlist
from ayil.decisions.rules.stages import SIGNATURES, AssemblyFacts, Stage, stage_of

__all__ = [
    "AT_LEAST",
    "BARRED_ROLES",
    "MOST_OPTIONS",
    "MOST_PLACES",
    "RULES",
    "SIGNATURES",
    "AssemblyFacts",
    "Ballot",
    "Counted",
    "Lacks",
    "Outcome",
    "Pile",
    "Piles",
    "Question",
    "RollFacts",
    "Stage",
    "Tally",
    "Verdict",
    "approval_outcome",
    "asks_one_thing",
    "count",
    "count_approvals",
    "drawn_between",
    "freezing_lacks",
    "in_fours",
    "is_majority",
    "piles_of",
    "published",
    "quorum_needed",
    "shortlist",
    "stage_of",
    "why_not_on_roll",
]
