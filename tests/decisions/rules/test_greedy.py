"""Greedy: from the most votes down, past what no longer fits or to it; equal votes are told."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import permutations
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ayil.decisions.rules.greedy import greedy
from ayil.decisions.rules.selection import Why
from tests.decisions.rules.budgets import OPTIONS, Vote, lots, papers, renamed, votes

SAID = papers("5: 1", "4: 2", "3: 3", "2: 4")
COSTS = {1: 50, 2: 60, 3: 30, 4: 20, 5: 1}


def test_the_count_goes_on_past_what_no_longer_fits() -> None:
    found = greedy(SAID, COSTS, 100)
    assert (found.chosen, found.tied, found.spent, found.left) == ((1, 3, 4), (), 100, 0)
    assert [(s.option, s.supporters, s.why) for s in found.steps] == [
        (1, 5, Why.CHOSEN),
        (2, 4, Why.TOO_DEAR),
        (3, 3, Why.CHOSEN),
        (4, 2, Why.CHOSEN),
        (5, 0, Why.UNSUPPORTED),
    ]


def test_or_it_stops_there() -> None:
    found = greedy(SAID, COSTS, 100, skip=False)
    assert (found.chosen, found.left) == ((1,), 50)
    assert [step.why for step in found.steps] == [
        Why.CHOSEN, Why.TOO_DEAR, Why.AFTER_THE_END, Why.AFTER_THE_END, Why.UNSUPPORTED,
    ]  # fmt: skip


def test_below_the_threshold_nothing_is_chosen() -> None:
    found = greedy(SAID, COSTS, 1000, threshold=3)
    assert found.chosen == (1, 2, 3)
    assert found.steps[3].why == Why.BELOW_THRESHOLD
    # What stands below it does not stop the count either.
    assert greedy(SAID, {**COSTS, 3: 1000}, 130, skip=False, threshold=4).chosen == (1, 2)


def test_points_are_added_up_whatever_their_sign() -> None:
    said = Counter(
        {
            frozenset([(1, Fraction(5)), (2, Fraction(1))]): 2,
            frozenset([(1, Fraction(-9)), (2, Fraction(1, 3))]): 1,
        }
    )
    found = greedy(said, {1: 10, 2: 10}, 10)
    assert (found.chosen, found.steps[0].supporters) == ((2,), Fraction(7, 3))


def test_equal_votes_are_tied_where_the_money_does_not_last() -> None:
    said = papers("3: 1 2 3")
    assert greedy(said, {1: 10, 2: 20, 3: 30}, 60).tied == ()
    found = greedy(said, {1: 10, 2: 20, 3: 30}, 50)
    assert found.outcomes == ((1, 2), (1, 3), (2, 3))
    stopped = greedy(said, {1: 10, 2: 20, 3: 30}, 50, skip=False)
    assert stopped.outcomes == ((1, 2), (1, 3), (2, 3))
    assert greedy(said, {1: 10, 2: 20, 3: 60}, 50, skip=False).outcomes == ((), (1,), (1, 2), (2,))
    assert greedy(said, {1: 10, 2: 20, 3: 60}, 50).outcomes == ((1, 2),)
    assert greedy(said, {1: 10, 2: 20, 3: 30}, 50, lot=[3, 1, 2]).chosen == (1, 3)


def test_the_votes_after_a_tie_depend_on_it() -> None:
    said = papers("3: 1 2", "1: 3")
    found = greedy(said, {1: 10, 2: 15, 3: 5}, 15)
    assert found.outcomes == ((1, 3), (2,))
    assert found.tied == ((1, 2, 3),)


@pytest.mark.parametrize("skip", [True, False])
def test_thirty_equal_options_end_at_once(skip: bool) -> None:
    options = range(1, 31)
    said = Counter({frozenset(options): 5})
    for step in (0, 1):
        costs = {option: 1000 + step * option for option in options}
        began = process_time()
        found = greedy(said, costs, 10_000, skip=skip)
        assert process_time() - began < 1
        assert (found.chosen, found.tied) == ((), (tuple(options),))


@given(votes, st.booleans(), st.integers(0, 3), st.permutations(OPTIONS))
def test_order_and_names_change_nothing(
    vote: Vote, skip: bool, threshold: int, order: list[int]
) -> None:
    to = dict(zip(OPTIONS, order, strict=True))
    other = vote.renamed(to)
    found = greedy(vote.papers, vote.costs, vote.budget, skip=skip, threshold=threshold)
    again = greedy(other.papers, other.costs, other.budget, skip=skip, threshold=threshold)
    assert again.chosen == renamed(found.chosen, to)
    assert again.outcomes == tuple(sorted(renamed(outcome, to) for outcome in found.outcomes))
    assert (again.spent, again.left) == (found.spent, found.left)


@settings(max_examples=50)
@given(votes, st.booleans())
def test_lots_give_exactly_the_outcomes(vote: Vote, skip: bool) -> None:
    found = greedy(vote.papers, vote.costs, vote.budget, skip=skip)
    drawn = {plain(vote, lot, skip) for lot in permutations(OPTIONS)}
    assert drawn == set(found.outcomes)
    for outcome in found.outcomes:
        assert sum(vote.costs[option] for option in outcome) <= vote.budget


@given(votes, st.booleans(), lots)
def test_a_lot_is_followed(vote: Vote, skip: bool, lot: list[int]) -> None:
    by_lot = greedy(vote.papers, vote.costs, vote.budget, skip=skip, lot=lot)
    assert (by_lot.chosen, by_lot.tied) == (plain(vote, tuple(lot), skip), ())


@given(votes, st.integers(0, 20))
def test_more_money_never_buys_less_where_the_count_stops(vote: Vote, more: int) -> None:
    one = greedy(vote.papers, vote.costs, vote.budget, skip=False, lot=OPTIONS)
    other = greedy(vote.papers, vote.costs, vote.budget + more, skip=False, lot=OPTIONS)
    assert set(one.chosen) <= set(other.chosen)


def plain(vote: Vote, lot: tuple[int, ...], skip: bool) -> tuple[int, ...]:
    """The rule in a few lines, with the lot's order among equals."""
    counted = Counter(option for said in vote.papers.elements() for option in said)
    left, chosen = vote.budget, []
    for option in sorted(counted, key=lambda o: (-counted[o], lot.index(o))):
        if vote.costs[option] <= left:
            left -= vote.costs[option]
            chosen.append(option)
        elif not skip:
            break
    return tuple(sorted(chosen))
