"""Costs and a budget: equal shares and greedy against pabutools, on random votes with many ties."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from pabutools.election import (
    ApprovalBallot,
    ApprovalProfile,
    CardinalBallot,
    CardinalProfile,
    Instance,
    Project,
)
from pabutools.election.satisfaction import Additive_Cardinal_Sat, Cardinality_Sat, Cost_Sat
from pabutools.fractions import frac
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

from ayil.decisions.rules.greedy import greedy
from ayil.decisions.rules.shares import equal_shares
from tests.oracles.profiles import OPTIONS, Papers, papers

costs = st.lists(st.integers(1, 6), min_size=5, max_size=5).map(
    lambda drawn: dict(zip(OPTIONS, drawn, strict=True))
)
shares = st.integers(0, 4)
utilities = st.sampled_from(["cost", "unit"])
SATISFACTION = {"cost": Cost_Sat, "unit": Cardinality_Sat}


def instance(prices: dict[int, int], budget: int) -> tuple[Instance, dict[int, Project]]:
    projects = {option: Project(str(option), cost) for option, cost in prices.items()}
    return Instance(projects.values(), budget_limit=budget), projects


def approvals(said: Papers, projects: dict[int, Project]) -> ApprovalProfile:
    ballots = (ApprovalBallot(projects[o] for o in paper) for paper in said.elements())
    return ApprovalProfile(list(ballots))


def options(allocation: list[Project]) -> tuple[int, ...]:
    return tuple(sorted(int(project.name) for project in allocation))


@given(papers, costs, st.integers(0, 16), utilities)
def test_equal_shares_with_every_order_of_equals(
    said: Papers, prices: dict[int, int], budget: int, utility: str
) -> None:
    theirs, projects = instance(prices, budget)
    found = method_of_equal_shares(
        theirs, approvals(said, projects), SATISFACTION[utility], resoluteness=False
    )
    ours = equal_shares(said, prices, budget, utility=utility, completion="none")  # type: ignore[arg-type]
    assert list(ours.outcomes) == sorted({options(allocation) for allocation in found})


@given(papers, costs, shares, utilities, st.sampled_from(["percent", "add1"]))
def test_raised_shares(
    said: Papers, prices: dict[int, int], share: int, utility: str, completion: str
) -> None:
    """Theirs breaks ties by name. Ours with that order as the lot is the same; without any it is
    the same where it reports no tie, and elsewhere theirs is one of ours."""
    voters = sum(said.values())
    budget = share * voters  # theirs raises a broken share by one, ours to the next whole one
    theirs, projects = instance(prices, budget)
    found = method_of_equal_shares(
        theirs,
        approvals(said, projects),
        SATISFACTION[utility],
        voter_budget_increment=frac(share, 100) if completion == "percent" else 1,
    )
    case = {"utility": utility, "completion": completion}
    ours = equal_shares(said, prices, budget, lot=OPTIONS, **case)  # type: ignore[arg-type]
    free = equal_shares(said, prices, budget, **case)  # type: ignore[arg-type]
    assert (ours.chosen, ours.tied) == (options(found), ())
    assert options(found) in free.outcomes
    assert free.tied or free.chosen == options(found)


worths = st.dictionaries(st.sampled_from(OPTIONS), st.integers(1, 4), max_size=4)


@given(st.lists(worths, min_size=1, max_size=7), costs, st.integers(0, 16))
def test_equal_shares_of_points(
    said: list[dict[int, int]], prices: dict[int, int], budget: int
) -> None:
    """Theirs follows equals of points in no version up to 1.2; so ties go by name in both."""
    theirs, projects = instance(prices, budget)
    ballots = [CardinalBallot({projects[o]: frac(n) for o, n in one.items()}) for one in said]
    found = method_of_equal_shares(theirs, CardinalProfile(ballots), Additive_Cardinal_Sat)
    points = Counter(frozenset((o, Fraction(n)) for o, n in one.items()) for one in said)
    case = {"utility": "unit", "completion": "none"}
    ours = equal_shares(points, prices, budget, lot=OPTIONS, **case)  # type: ignore[arg-type]
    free = equal_shares(points, prices, budget, **case)  # type: ignore[arg-type]
    assert ours.chosen == options(found)
    assert options(found) in free.outcomes


@given(papers, costs, st.integers(0, 16))
def test_greedy_with_every_order_of_equals(
    said: Papers, prices: dict[int, int], budget: int
) -> None:
    """Satisfaction by cost, divided by cost, is the number of votes. Theirs goes on to what nobody
    wants; ours does not."""
    wanted = frozenset().union(*said)
    theirs, projects = instance({o: cost for o, cost in prices.items() if o in wanted}, budget)
    found = greedy_utilitarian_welfare(
        theirs, approvals(said, projects), Cost_Sat, resoluteness=False
    )
    expected = sorted({options(allocation) for allocation in found})
    assert list(greedy(said, prices, budget).outcomes) == expected
