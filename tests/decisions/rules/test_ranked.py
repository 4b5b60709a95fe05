"""Plurality, Condorcet and Schulze: against their definitions, and blind to order."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise, permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.decisions.rules.approval import Verdict
from ayil.decisions.rules.profile import in_natural_order
from ayil.decisions.rules.ranked import (
    RANKED_RULES,
    as_rankings,
    condorcet,
    plurality,
    preferences,
    schulze,
)
from tests.decisions.rules.profiles import OPTIONS, anything, rankings, renamed, strict

if TYPE_CHECKING:
    from tests.decisions.rules.profiles import Ranking

RULES = list(RANKED_RULES)


def test_plurality_hears_who_stands_alone_at_the_top() -> None:
    found = plurality([1, 2, 3], rankings("3: 1 2", "2: 2", "4: 2=3 1", "1:"))
    assert (found.chosen, found.silent, found.ballots) == ((1,), 5, 10)
    assert found.totals == ((1, 3), (2, 2), (3, 0))


def test_a_preference_is_counted_in_pairs() -> None:
    pairs = preferences([1, 2, 3], rankings("3: 1 2=3", "2: 3", "1:"))
    assert pairs == {(1, 2): 3, (1, 3): 3, (2, 1): 0, (2, 3): 0, (3, 1): 2, (3, 2): 2}


def test_the_one_who_beats_all_others_wins() -> None:
    found = condorcet([1, 2, 3], rankings("4: 1 2 3", "3: 3 2 1", "2: 2 1 3"))
    assert found.chosen == (2,)
    assert found.verdict == Verdict.CHOSEN
    circle = condorcet([1, 2, 3], rankings("1: 1 2 3", "1: 2 3 1", "1: 3 1 2"))
    assert circle.verdict == Verdict.NONE
    assert condorcet([1, 2, 3], rankings("1: 1 2 3", "1: 2 1 3")).tied == (1, 2)
    one_is_beaten = rankings("2: 1=2 3", "1: 2 3 1", "1: 3 1 2", "1: 1 2 3", "1: 2 1 3")
    assert condorcet([1, 2, 3], one_is_beaten).tied == (1, 2)
    unbeaten_but_equal_to_a_loser = rankings("1: 1 2 3", "1: 3 1 2")
    assert condorcet([1, 2, 3], unbeaten_but_equal_to_a_loser).verdict == Verdict.NONE


def test_schulze_example_of_his_own_paper() -> None:
    """45 voters, five candidates: E wins; the paths are printed in the paper (section 3.1)."""
    found = schulze(
        [1, 2, 3, 4, 5],
        rankings(
            "5: 1 3 2 5 4", "5: 1 4 5 3 2", "8: 2 5 4 1 3", "3: 3 1 2 5 4", "7: 3 1 5 2 4",
            "2: 3 2 1 4 5", "7: 4 3 5 2 1", "8: 5 2 1 4 3",
        ),
    )  # fmt: skip
    assert found.chosen == (5,)
    assert found.pairs[1, 3] == 26
    assert found.pairs[3, 1] == 19
    assert found.paths[1, 2] == (28, 17)
    assert found.paths[5, 1] == (25, 20)
    assert found.paths[5, 4] == (31, 14)
    assert found.paths[2, 4] == (33, 12)


def test_of_equal_victories_the_one_with_fewer_against_is_the_stronger() -> None:
    """A circle of three, each with five for it; only the ballots against tell them apart."""
    ballots = rankings("5: 1 2", "1: 2 1", "5: 2 3", "2: 3 2", "5: 3 1", "3: 1 3")
    pairs = preferences([1, 2, 3], ballots)
    assert pairs[1, 2] > pairs[2, 1]
    assert pairs[2, 3] > pairs[3, 2]
    assert pairs[3, 1] > pairs[1, 3]
    assert schulze([1, 2, 3], ballots).verdict == Verdict.CHOSEN


def slow_schulze(ballots: Counter[Ranking]) -> set[int]:
    """Every path of victories, one by one."""
    pairs = preferences(OPTIONS, ballots)

    def strength(path: tuple[int, ...]) -> tuple[int, int]:
        links = [(pairs[a, b], -pairs[b, a]) for a, b in pairwise(path)]
        return min(links) if all(wins + losses > 0 for wins, losses in links) else (0, 0)

    best: dict[tuple[int, int], tuple[int, int]] = {}
    for length in range(2, len(OPTIONS) + 1):
        for path in permutations(OPTIONS, length):
            ends = path[0], path[-1]
            best[ends] = max(best.get(ends, (0, 0)), strength(path))
    return {a for a in OPTIONS if all(best[a, b] >= best[b, a] for b in OPTIONS if a != b)}


@given(anything)
def test_schulze_is_its_definition(ballots: Counter[Ranking]) -> None:
    found = schulze(OPTIONS, ballots)
    if any(map(any, ballots)):
        assert set(found.chosen + found.tied) == slow_schulze(ballots)
    else:
        assert found.verdict == Verdict.NONE


@given(anything)
def test_a_condorcet_winner_wins_schulze(ballots: Counter[Ranking]) -> None:
    winner = condorcet(OPTIONS, ballots).chosen
    assert not winner or schulze(OPTIONS, ballots).chosen == winner


@pytest.mark.parametrize("rule", RULES)
@given(ballots=strict, option=st.sampled_from(OPTIONS))
def test_the_favourite_of_more_than_half_wins(
    rule: str, ballots: Counter[Ranking], option: int
) -> None:
    favourite = (frozenset([option]),)
    ballots[favourite] += ballots.total() + 1
    assert RANKED_RULES[rule](OPTIONS, ballots).chosen == (option,)


@pytest.mark.parametrize("rule", RULES)
@given(ballots=anything, seed=st.integers(0, 99))
def test_the_order_of_ballots_and_options_changes_nothing(
    rule: str, ballots: Counter[Ranking], seed: int
) -> None:
    drawn = random.Random(seed)
    papers, options = list(ballots.elements()), list(OPTIONS)
    drawn.shuffle(papers)
    drawn.shuffle(options)
    assert RANKED_RULES[rule](options, Counter(papers)) == RANKED_RULES[rule](OPTIONS, ballots)


@pytest.mark.parametrize("rule", RULES)
@given(ballots=anything, order=st.permutations(OPTIONS))
def test_other_names_give_the_same_result_by_other_names(
    rule: str, ballots: Counter[Ranking], order: list[int]
) -> None:
    to = dict(zip(OPTIONS, order, strict=True))
    found = RANKED_RULES[rule](OPTIONS, ballots)
    other = RANKED_RULES[rule](OPTIONS, renamed(ballots, to))
    assert other.chosen == tuple(sorted(to[option] for option in found.chosen))
    assert other.tied == tuple(sorted(to[option] for option in found.tied))
    assert other.silent == found.silent


@pytest.mark.parametrize("rule", RULES)
@given(ballots=anything)
def test_every_ballot_twice_is_the_same_election(rule: str, ballots: Counter[Ranking]) -> None:
    found = RANKED_RULES[rule](OPTIONS, ballots)
    twice = RANKED_RULES[rule](OPTIONS, ballots + ballots)
    assert (twice.chosen, twice.tied) == (found.chosen, found.tied)
    assert (twice.ballots, twice.silent) == (2 * found.ballots, 2 * found.silent)


@pytest.mark.parametrize("rule", RULES)
@given(ballots=anything, order=st.permutations(OPTIONS))
def test_a_lot_decides_what_is_tied_and_nothing_else(
    rule: str, ballots: Counter[Ranking], order: list[int]
) -> None:
    found = RANKED_RULES[rule](OPTIONS, ballots)
    drawn = RANKED_RULES[rule](OPTIONS, ballots, order)
    assert not drawn.tied
    if found.tied:
        assert set(drawn.chosen) <= set(found.tied)
        assert len(drawn.chosen) == 1
    else:
        assert drawn.chosen == found.chosen


@pytest.mark.parametrize("rule", RULES)
def test_nobody_is_wanted_where_no_ballot_says_anything(rule: str) -> None:
    for ballots in (rankings(), rankings("5:")):
        found = RANKED_RULES[rule]([1, 2, 3], ballots)
        assert (found.verdict, found.chosen, found.tied) == (Verdict.NONE, (), ())


@pytest.mark.parametrize("rule", RULES)
def test_thirty_equal_options_end_at_once(rule: str) -> None:
    """Five voters who rank thirty options in a circle of their own, and nobody ahead of another."""
    options = range(30)
    circle = Counter(
        tuple(frozenset([(at + start) % 30]) for at in range(30)) for start in range(0, 30, 6)
    )
    found = RANKED_RULES[rule](options, circle)
    assert found.verdict == (Verdict.NONE if rule == "condorcet" else Verdict.TIE)
    everyone: Counter[Ranking] = Counter({tuple(frozenset([o]) for o in options): 1})
    everyone[tuple(frozenset([o]) for o in reversed(options))] = 1
    assert RANKED_RULES[rule](options, everyone).tied in ((0, 29), tuple(options))


@pytest.mark.parametrize("rule", RULES)
def test_a_ballot_that_is_none_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="option 9 is not on this paper"):
        RANKED_RULES[rule]([1, 2], rankings("1: 1 9"))
    with pytest.raises(ValueError, match="twice: 1 > 2 > 1"):
        RANKED_RULES[rule]([1, 2], rankings("1: 1 2 1"))


def test_a_lot_that_leaves_out_one_of_the_equals_is_refused() -> None:
    with pytest.raises(ValueError, match="does not name 2"):
        plurality([1, 2], rankings("1: 1", "1: 2"), [1])


def test_approvals_are_rankings_of_two_places() -> None:
    approvals = Counter({frozenset([1, 2]): 2, frozenset([2]): 1, frozenset[int](): 4})
    assert as_rankings(approvals) == rankings("2: 1=2", "1: 2", "4:")
    assert schulze([1, 2, 3], as_rankings(approvals)).chosen == (2,)


def test_options_stand_as_people_count_them() -> None:
    mixed = ["10", "9", "P2", "P10", "a", "1.2", "1.10", ""]
    assert in_natural_order(mixed) == ["", "1.2", "1.10", "9", "10", "P2", "P10", "a"]
    assert in_natural_order([10, 9, 1]) == [1, 9, 10]
