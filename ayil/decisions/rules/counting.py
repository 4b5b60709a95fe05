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
    count_approvals,
    is_majority,
)
from ayil.decisions.rules.greedy import greedy
from ayil.decisions.rules.profile import Approvals, Rankings
from ayil.decisions.rules.proportional import pav
from ayil.decisions.rules.ranked import schulze
from ayil.decisions.rules.selection import Selection
from ayil.decisions.rules.shares import equal_shares

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
    """`approvals`: ballots by option (in a ranking: how many place it at all). `leaders`: chosen,
    or sent to a runoff, or equal.

    `beside` is what the count says besides, whole numbers in lists and dictionaries: what another
    rule would give, which decides nothing (`pav`, `greedy`, each with `…_tied` where only a lot
    could say); `spent` and `left` of places or money; in a tie the options that are chosen whatever
    the lot says (`certain`) and those between which it is drawn (`lot`); and for a ranking how
    many papers prefer one to another (`pairs`, as [one, other, papers]).
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


def drawn_between(leaders: Sequence[int], beside: Mapping[str, Any]) -> list[int]:
    """Between whom a lot is drawn: those who are equal, and where several are chosen all that any
    paper approves, since who is paid first may decide about one who was not equal yet."""
    return sorted(beside.get("lot", leaders))


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
    nowhere else. Under every rule "none of them" on more than half of the valid papers is the
    village's answer: nobody makes for it what most of it does not want. Beyond that only approval
    asks for a majority. Equal shares serves minorities on purpose and asks for one approval at
    least; Schulze takes whom the papers that compare two prefer.
    """
    tally = count_approvals(question.options, piles)
    if question.rule == "approval":
        return _by_approval(question, tally, lot)
    if is_majority(tally.none, tally.valid):
        return _counted(tally, Verdict.NONE, (), {})
    if question.rule == "schulze":
        return _by_schulze(question, piles, tally, lot)
    return _by_shares(question, piles, tally, lot)


def _by_approval(question: Question, tally: Tally, lot: Sequence[int]) -> Counted:
    outcome = approval_outcome(tally, final=question.final)
    verdict, leaders = outcome.verdict, outcome.leaders
    if verdict == Verdict.TIE and question.final and lot:
        verdict, leaders = Verdict.CHOSEN, tuple(n for n in lot if n in leaders)[:1]
    return _counted(tally, verdict, leaders, {})


def _by_schulze(question: Question, piles: Piles, tally: Tally, lot: Sequence[int]) -> Counted:
    rankings: Rankings[int] = Counter()
    for marks, papers in piles:
        rankings[tuple(frozenset((option,)) for option in marks)] += papers
    found = schulze(question.options, rankings, lot)
    outcome = found.outcome
    pairs = [[a, b, papers] for (a, b), papers in sorted(found.pairs.items())]
    return _counted(tally, outcome.verdict, outcome.leaders, {"pairs": pairs})


def _by_shares(question: Question, piles: Piles, tally: Tally, lot: Sequence[int]) -> Counted:
    """Several products (each takes one of the places), or a budget among projects."""
    approvals: Approvals[int] = Counter()
    for marks, papers in piles:
        approvals[frozenset(marks)] += papers
    if question.rule == "budget":
        costs = {option: question.costs[option] for option in question.options}
        budget = question.budget or 0
        found = equal_shares(approvals, costs, budget, utility="cost", lot=lot)
        other = {"greedy": greedy(approvals, costs, budget)}
    else:
        costs = dict.fromkeys(question.options, 1)
        found = equal_shares(approvals, costs, question.places, utility="unit", lot=lot)
        other = {"pav": pav(approvals, question.places)}
    beside: dict[str, Any] = {"spent": found.spent, "left": found.left}
    for name, selection in other.items():
        beside[name] = list(selection.chosen)
        if selection.tied:
            beside[f"{name}_tied"] = [list(group) for group in selection.tied]
    if found.tied:
        beside["certain"] = list(found.chosen)
        beside["lot"] = [option for option, papers in tally.approvals if papers]
        return _counted(tally, Verdict.TIE, _equal(found), beside)
    verdict = Verdict.CHOSEN if found.chosen else Verdict.NONE
    return _counted(tally, verdict, found.chosen, beside)


def _equal(found: Selection[int]) -> tuple[int, ...]:
    """All between whom only a lot can decide."""
    return tuple(sorted(option for group in found.tied for option in group))


def _counted(
    tally: Tally, verdict: Verdict, leaders: tuple[int, ...], beside: Mapping[str, Any]
) -> Counted:
    return Counted(tally.approvals, tally.valid, tally.none, verdict, leaders, beside)
