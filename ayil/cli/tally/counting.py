"""How a file of ballots is counted by what was asked on the command line."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from ayil.decisions.formats import BallotFileError
from ayil.decisions.rules.count import Count
from ayil.decisions.rules.greedy import greedy
from ayil.decisions.rules.most_approved import most_approved
from ayil.decisions.rules.profile import Approvals, BallotFile, Rankings, Votes
from ayil.decisions.rules.proportional import TooManyCommittees, pav, sequential_pav
from ayil.decisions.rules.ranked import RANKED_RULES, as_rankings
from ayil.decisions.rules.selection import Selection
from ayil.decisions.rules.shares import equal_shares

RULE_NAMES = {
    "approval": "approval",
    "plurality": "plurality",
    "irv": "instant runoff",
    "condorcet": "Condorcet's rule",
    "schulze": "Schulze's rule",
    "equal-shares": "equal shares",
    "pav": "proportional approval (PAV)",
    "sequential-pav": "sequential PAV",
    "greedy": "the greedy rule",
    "greedy-no-skip": "the greedy rule that stops at what does not fit",
    "greedy-threshold": "the greedy rule with a threshold",
}

Utility: TypeAlias = Literal["cost", "unit"]
Completion: TypeAlias = Literal["add1", "percent", "none"]


@dataclass(frozen=True)
class Asked:
    """How the file shall be counted; None where its own word or the usual shall stand."""

    rule: str
    places: int | None
    budget: Fraction | None
    approve: int | None
    utility: Utility
    completion: Completion | None
    lot: tuple[str, ...]


@dataclass(frozen=True)
class Purse:
    """What is paid with: money in its smallest unit, `unit` of which make one; or places, where
    every option costs one."""

    costs: Mapping[str, int]
    budget: int
    unit: int = 1
    currency: str = "places"

    @property
    def is_places(self) -> bool:
        return self.currency == "places"


@dataclass(frozen=True)
class Counted:
    """What came out. `purse` is there where options are paid for; `beside` is what other rules
    would choose of the same, None where that was too much to compute."""

    ballots: int
    result: Count[str] | Selection[str]
    votes: Votes[str] | None = None
    purse: Purse | None = None
    beside: Mapping[str, Selection[str] | None] = field(default_factory=dict)


def count(file: BallotFile, asked: Asked) -> Counted:
    """BallotFileError where this file cannot be counted so."""
    try:
        if asked.rule == "approval":
            approvals, places = approvals_of(file, asked.approve), asked.places or 1
            return _single(most_approved(list(file.names), approvals, places, asked.lot))
        if asked.rule not in RANKED_RULES:
            return _several(file, asked)
        if (asked.places or 1) > 1:
            raise BallotFileError(f"{RULE_NAMES[asked.rule]} chooses one, not {asked.places:,}")
        rule = RANKED_RULES[asked.rule]
        return _single(rule(list(file.names), rankings_of(file), asked.lot))
    except BallotFileError:
        raise
    except ValueError as error:  # of a lot that leaves out one of the equals, or too many ways
        raise BallotFileError(str(error)) from error


def _single(result: Count[str]) -> Counted:
    return Counted(result.ballots, result)


def _several(file: BallotFile, asked: Asked) -> Counted:
    """Rules that give several places or share out a budget."""
    purse = _purse(file, asked)
    costs, budget = purse.costs, purse.budget
    approvals = approvals_of(file, asked.approve)
    votes: Votes[str] = file.points if file.points and not asked.approve else approvals
    found: Selection[str]
    if asked.rule in {"pav", "sequential-pav"}:
        if not purse.is_places:
            raise BallotFileError("PAV gives places, not money: say with --places how many")
        rule = pav if asked.rule == "pav" else sequential_pav
        found, votes = rule(approvals, budget, lot=asked.lot), approvals
    elif asked.rule == "equal-shares":
        found = equal_shares(
            votes,
            costs,
            budget,
            utility=asked.utility,
            completion=asked.completion or "percent",
            unit=purse.unit,
            lot=asked.lot,
        )
    else:
        found = _by_greed(asked.rule, file, votes, purse, asked.lot)
    beside: dict[str, Selection[str] | None] = {}
    if asked.rule == "equal-shares" and purse.is_places:
        beside["pav"] = _pav_beside(approvals, budget)
    elif asked.rule == "equal-shares":
        beside["greedy"] = greedy(votes, costs, budget)
    return Counted(votes.total(), found, votes, purse, beside)


def _by_greed(
    rule: str, file: BallotFile, votes: Votes[str], purse: Purse, lot: tuple[str, ...]
) -> Selection[str]:
    threshold = file.threshold if rule == "greedy-threshold" else 0
    skip = rule != "greedy-no-skip"
    return greedy(votes, purse.costs, purse.budget, skip=skip, threshold=threshold, lot=lot)


def _pav_beside(approvals: Approvals[str], places: int) -> Selection[str] | None:
    try:
        return pav(approvals, places)
    except TooManyCommittees:
        return None


def _purse(file: BallotFile, asked: Asked) -> Purse:
    """Places, one for each, where they are asked for; else the file's money."""
    places = file.places if asked.places is None and asked.budget is None else asked.places
    if places is not None:
        return Purse(dict.fromkeys(file.names, 1), places)
    if not file.costs:
        raise BallotFileError("the file has no costs; say with --places how many are chosen")
    unit: int = 10**file.decimals
    budget = file.budget if asked.budget is None else asked.budget * unit
    if budget is None or Fraction(budget).denominator > 1:
        raise BallotFileError(f"say the budget with --budget, to {file.decimals} decimals at most")
    return Purse(file.costs, int(budget), unit, file.currency)


def approvals_of(file: BallotFile, approve: int | None) -> Approvals[str]:
    """What each ballot approves: what it gives points to; of categories the first one, unless
    more are asked for; of a ranking nothing until somebody says how many places."""
    if file.approvals:
        return file.approvals
    approvals: Approvals[str] = Counter()
    if file.points and (approve is None or not file.rankings):
        for given, ballots in file.points.items():
            approvals[frozenset(option for option, points in given if points > 0)] += ballots
        return approvals
    if approve is None and not file.categories:
        raise BallotFileError(
            "its ballots rank and approve of nobody by themselves; say with --approve how many "
            "first places count as approved"
        )
    for ranking, ballots in file.rankings.items():
        approvals[frozenset().union(*ranking[: approve or 1])] += ballots
    return approvals


def rankings_of(file: BallotFile) -> Rankings[str]:
    """Rankings as they stand; approvals as weak orders of two places."""
    if not (file.rankings or file.approvals):
        raise BallotFileError("its ballots give points and rank nobody; count them by greedy")
    return file.rankings or as_rankings(file.approvals)
