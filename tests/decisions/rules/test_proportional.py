"""Proportional approval voting against its own definition, and its sequential cousin."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations, permutations
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ayil.decisions.rules.proportional import TooManyCommittees, pav, sequential_pav
from ayil.decisions.rules.selection import Why
from tests.decisions.rules.budgets import OPTIONS, Papers, lots, papers, renamed, some_papers

places = st.integers(0, 6)


def test_a_minority_gets_its_part() -> None:
    found = pav(papers("6: 1 2 3", "3: 4 5"), 3)
    assert (found.chosen, found.tied, found.spent, found.left) == ((), ((1, 2, 3), (4, 5)), 0, 3)
    found = pav(papers("6: 1 2", "3: 4"), 3)
    assert (found.chosen, found.spent, found.left) == ((1, 2, 4), 3, 0)
    assert [step.why for step in found.steps] == [Why.CHOSEN] * 3


def test_sequential_pav_may_miss_the_best_committee() -> None:
    """1 has most votes and is taken first, though 2 and 3 together serve the voters better."""
    said = papers("4: 1 2", "4: 1 3", "3: 2", "3: 3")
    assert pav(said, 2).chosen == (2, 3)
    assert sequential_pav(said, 2).outcomes == ((1, 2), (1, 3))
    assert sequential_pav(said, 2, lot=[3, 2]).chosen == (1, 3)


def test_the_scores_of_thiele_decide() -> None:
    """Two voters in three with both their options score 2 · 3/2 = 3, one of each kind 2 + 1 = 3."""
    found = pav(papers("2: 1 2", "1: 3"), 2)
    assert found.outcomes == ((1, 2), (1, 3), (2, 3))
    assert pav(papers("3: 1 2", "1: 3"), 2).chosen == (1, 2)


def test_nobody_chooses_what_nobody_approves() -> None:
    assert pav(papers("1: 1"), 3).chosen == (1,)
    assert pav(papers("3:"), 2).chosen == ()
    assert pav(papers("1: 1"), 0).chosen == ()
    assert sequential_pav(papers("3:"), 2).chosen == ()
    with pytest.raises(ValueError, match="places"):
        pav(papers("1: 1"), -1)


def test_thirty_equal_options_end_at_once() -> None:
    options = range(1, 31)
    began = process_time()
    for rule in (pav, sequential_pav):
        found = rule(Counter({frozenset(options): 5}), 15)
        assert (found.chosen, found.tied) == ((), (tuple(options),))
    assert process_time() - began < 1


def test_too_many_committees_are_not_half_compared() -> None:
    with pytest.raises(TooManyCommittees, match="sequential PAV"):
        pav(papers("2: 1 2", "2: 1 3", "1: 2", "1: 3"), 2, most_work=5)


def scores(said: Papers, size: int) -> dict[tuple[int, ...], Fraction]:
    """By the definition: every committee of those whom somebody approves."""
    supported = sorted(frozenset().union(*said))
    found = {}
    for committee in combinations(supported, min(size, len(supported))):
        got = [(n, len(paper.intersection(committee))) for paper, n in said.items()]
        found[committee] = sum(
            (n * Fraction(1, k) for n, most in got for k in range(1, most + 1)), Fraction(0)
        )
    return found


@given(some_papers, places)
def test_all_best_committees_are_found(said: Papers, size: int) -> None:
    found = scores(said, size)
    best = max(found.values())
    assert pav(said, size).outcomes == tuple(sorted(c for c in found if found[c] == best))


@given(some_papers, places)
def test_each_place_goes_to_whoever_adds_most(said: Papers, size: int) -> None:
    supported = frozenset().union(*said)
    ways: set[frozenset[int]] = {frozenset()}
    for _place in range(min(size, len(supported))):
        more: set[frozenset[int]] = set()
        for taken in ways:
            gains = {
                o: sum(
                    (n * Fraction(1, len(p & taken) + 1) for p, n in said.items() if o in p),
                    Fraction(0),
                )
                for o in supported - taken
            }
            more |= {taken | {o} for o in gains if gains[o] == max(gains.values())}
        ways = more
    assert sequential_pav(said, size).outcomes == tuple(sorted(tuple(sorted(w)) for w in ways))


@given(some_papers, places, st.permutations(OPTIONS))
def test_order_and_names_change_nothing(said: Papers, size: int, order: list[int]) -> None:
    to = dict(zip(OPTIONS, order, strict=True))
    other = Counter({frozenset(to[o] for o in paper): n for paper, n in said.items()})
    for rule in (pav, sequential_pav):
        found, again = rule(said, size), rule(other, size)
        assert again.chosen == renamed(found.chosen, to)
        assert again.outcomes == tuple(sorted(renamed(o, to) for o in found.outcomes))


@given(some_papers, places, lots)
def test_a_lot_gives_one_of_the_outcomes(said: Papers, size: int, lot: list[int]) -> None:
    for rule in (pav, sequential_pav):
        by_lot = rule(said, size, lot=lot)
        assert by_lot.tied == ()
        assert by_lot.chosen in rule(said, size).outcomes


@settings(max_examples=20)
@given(some_papers, places)
def test_every_best_committee_can_be_drawn_from_two(said: Papers, size: int) -> None:
    drawn = {pav(said, size, lot=lot).chosen for lot in permutations(OPTIONS)}
    assert drawn == set(pav(said, size).outcomes)
