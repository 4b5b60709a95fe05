"""Instant runoff: what the public counts do, and every order in which equals may leave."""

from __future__ import annotations

from collections import Counter
from time import process_time
from typing import TYPE_CHECKING

from hypothesis import given

from ayil.decisions.rules.approval import Verdict
from ayil.decisions.rules.count import Round
from ayil.decisions.rules.irv import irv
from tests.decisions.rules.profiles import OPTIONS, rankings, strict

if TYPE_CHECKING:
    from tests.decisions.rules.profiles import Ranking


def test_the_last_leave_until_one_has_more_than_half() -> None:
    found = irv([1, 2, 3, 4], rankings("5: 1", "4: 2", "3: 3 2", "1: 4"))
    assert found.chosen == (2,)
    assert found.rounds == (
        Round(totals=((1, 5), (2, 4), (3, 3), (4, 1)), exhausted=0, eliminated=(4,)),
        Round(totals=((1, 5), (2, 4), (3, 3)), exhausted=1, eliminated=(3,)),
        Round(totals=((2, 7), (1, 5)), exhausted=1),
    )
    assert (found.totals, found.ballots, found.silent) == (found.rounds[0].totals, 13, 0)


def test_those_who_cannot_pass_the_next_leave_together() -> None:
    found = irv(range(1, 7), rankings("9: 1", "8: 2", "2: 3 2", "1: 4 2"))
    assert found.rounds[0].eliminated == (3, 4, 5, 6)
    assert found.chosen == (2,)


def test_half_is_no_majority() -> None:
    found = irv([1, 2, 3], rankings("4: 1", "3: 2", "1: 3 2"))
    assert found.rounds[0].eliminated == (3,)
    assert found.tied == (1, 2)


def test_a_ballot_that_names_two_who_both_stand_is_exhausted() -> None:
    together = irv([1, 2, 3, 4], rankings("5: 1", "4: 2", "1: 3", "2: 4 2=3", "1: 2=4 1"))
    # 3 and 4 leave together, and then 2=3 names only 2; 2=4 named two and is out for good.
    assert together.rounds[0].eliminated == (3, 4)
    assert together.rounds[1] == Round(totals=((2, 6), (1, 5)), exhausted=2)
    assert together.silent == 1
    both_stand = irv([1, 2, 3, 4], rankings("5: 1", "4: 2", "3: 3", "2: 4 2=3"))
    assert both_stand.rounds[1].totals == ((1, 5), (2, 4), (3, 3))
    assert both_stand.rounds[1].exhausted == 2


def test_equals_for_last_may_leave_in_any_order() -> None:
    same = irv([1, 2, 3], rankings("5: 1", "3: 2 1", "3: 3 1"))
    assert (same.chosen, same.rounds[0].tied, same.rounds[0].eliminated) == ((1,), (2, 3), ())
    ballots = rankings("4: 1", "3: 2 3", "3: 3 2")
    differs = irv([1, 2, 3], ballots)
    assert (differs.verdict, differs.tied) == (Verdict.TIE, (2, 3))
    drawn = irv([1, 2, 3], ballots, lot=[3, 1, 2])
    assert drawn.chosen == (3,)
    assert (drawn.rounds[0].tied, drawn.rounds[0].eliminated) == ((2, 3), (2,))


def all_orders(standing: frozenset[int], ballots: Counter[Ranking]) -> set[int]:
    """Every order of leaving one by one, to the last: strict ballots only."""
    totals = dict.fromkeys(standing, 0)
    for order, count in ballots.items():
        top = next((place for place in order if place <= standing), frozenset())
        for option in top:
            totals[option] += count
    if len(standing) == 1 or not any(totals.values()):
        return set(standing)
    fewest = min(totals.values())
    winners = [all_orders(standing - {o}, ballots) for o in standing if totals[o] == fewest]
    return set().union(*winners)


@given(strict)
def test_it_is_what_every_order_one_by_one_gives(ballots: Counter[Ranking]) -> None:
    found = irv(OPTIONS, ballots)
    if any(ballots):
        assert set(found.chosen + found.tied) == all_orders(frozenset(OPTIONS), ballots)
        assert found.is_complete


def test_too_many_ties_are_said_and_not_followed() -> None:
    """Thirty options, each first on one ballot: more orders than anybody follows."""
    circle = Counter(tuple(frozenset([(a + b) % 30]) for b in range(30)) for a in range(30))
    begun = process_time()
    found = irv(range(30), circle)
    assert process_time() - begun < 5
    assert (found.tied, found.is_complete) == (tuple(range(30)), False)
    decided = irv(range(30), circle, lot=range(30))
    assert (decided.verdict, decided.is_complete) == (Verdict.CHOSEN, True)
    few = Counter({order[:10]: 1 for order in circle if order[0] < frozenset(range(10))})
    assert irv(range(30), few).is_complete
