"""One count, whatever the assembly asked: piles of papers in, what came of it out.

A pile is what some papers say alike, and how many they are. Piles have no order and no voter:
permuting papers, proposals or sheets changes nothing, and the same papers always make the same
piles.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ayil.decisions.rules.approval import (
    MOST_PLACES,
    Ballot,
    Tally,
    Verdict,
    approval_outcome,
)

Pile: TypeAlias = tuple[tuple[int, ...], int]
"""The proposals that these papers approve, sorted (in a ranking: best first), and how many."""

Piles: TypeAlias = tuple[Pile, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: `rule` is one of the assembly's; costs and `budget` in minor units."""

    rule: str
    options: tuple[int, ...]
    final: bool = False
    places: int = 1
    budget: int | None = None
    costs: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counted:
    """`approvals`: ballots by option. `leaders`: chosen, or sent to a runoff, or equal.

    `beside` is what another rule would give, printed beside and deciding nothing.
    """

    approvals: tuple[tuple[int, int], ...]
    valid: int
    none: int
    verdict: Verdict
    leaders: tuple[int, ...]
    beside: Mapping[str, Any] = field(default_factory=dict)


def asks_one_thing(question: Question) -> bool:
    """One product, or several places, or a budget: never two of these at once."""
    if question.rule == "budget":
        return question.places == 1 and (question.budget or 0) > 0
    if question.budget is not None:
        return False
    return (
        2 <= question.places <= MOST_PLACES if question.rule == "shares" else question.places == 1
    )


def piles_of(papers: Iterable[Ballot], *, ranked: bool = False) -> tuple[Piles, int]:
    """Papers laid into piles, and how many were spoiled (None)."""
    piles: Counter[tuple[int, ...]] = Counter()
    spoiled = 0
    for paper in papers:
        if paper is None:
            spoiled += 1
        else:
            piles[tuple(paper) if ranked else tuple(sorted(set(paper)))] += 1
    return tuple(sorted(piles.items())), spoiled


def count(question: Question, piles: Piles, lot: Sequence[int] = ()) -> Counted:
    """Counts by the question's rule. ValueError for a mark that was not on the paper.

    `lot` is the order that was drawn by hand before witnesses, used where the count is equal and
    nowhere else.
    """
    tally = _approvals(question, piles)
    outcome = approval_outcome(tally, final=question.final)
    verdict, leaders = outcome.verdict, outcome.leaders
    if verdict == Verdict.TIE and question.final and lot:
        verdict, leaders = Verdict.CHOSEN, tuple(n for n in lot if n in leaders)[:1]
    return Counted(tally.approvals, tally.valid, tally.none, verdict, leaders)


def _approvals(question: Question, piles: Piles) -> Tally:
    approvals = dict.fromkeys(sorted(question.options), 0)
    valid = none = 0
    for marks, papers in piles:
        valid += papers
        none += 0 if marks else papers
        for option in marks:
            if option not in approvals:
                raise ValueError(f"option {option} is not on this paper")
            approvals[option] += papers
    return Tally(approvals=tuple(approvals.items()), valid=valid, none=none, spoiled=0)
