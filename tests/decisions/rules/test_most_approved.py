"""Approval, plainly: the most approved take the places."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.decisions.rules.approval import Outcome, Verdict
from ayil.decisions.rules.most_approved import most_approved
from tests.decisions.rules.profiles import OPTIONS

ballots = st.lists(st.frozensets(st.sampled_from(OPTIONS)), max_size=12).map(Counter)
PAPERS = Counter({frozenset([1, 2]): 3, frozenset([2, 3]): 2, frozenset([4]): 2, frozenset(): 1})


def test_the_most_approved_take_the_places() -> None:
    found = most_approved([1, 2, 3, 4, 5], PAPERS)
    assert (found.chosen, found.tied) == ((2,), ())
    assert found.totals == ((2, 5), (1, 3), (3, 2), (4, 2), (5, 0))
    assert (found.ballots, found.silent) == (8, 1)
    assert found.outcome == Outcome(Verdict.CHOSEN, (2,))


def test_equals_at_the_last_place_are_tied_until_a_lot() -> None:
    found = most_approved([1, 2, 3, 4, 5], PAPERS, places=3)
    assert (found.chosen, found.tied, found.verdict) == ((1, 2), (3, 4), Verdict.TIE)
    assert most_approved([1, 2, 3, 4, 5], PAPERS, places=4).chosen == (1, 2, 3, 4)
    assert most_approved([1, 2, 3, 4, 5], PAPERS, places=5).chosen == (1, 2, 3, 4)
    drawn = most_approved([1, 2, 3, 4, 5], PAPERS, places=3, lot=[5, 4, 3])
    assert (drawn.chosen, drawn.tied) == ((1, 2, 4), ())


def test_an_option_that_is_not_on_the_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="4 is not on this paper"):
        most_approved([1, 2, 3], PAPERS)


@given(ballots, st.permutations(OPTIONS), st.integers(1, 5))
def test_names_and_order_change_nothing(
    papers: Counter[frozenset[int]], order: list[int], places: int
) -> None:
    to = dict(zip(OPTIONS, order, strict=True))
    other = Counter({frozenset(to[o] for o in marks): n for marks, n in papers.items()})
    found, again = most_approved(OPTIONS, papers, places), most_approved(order, other, places)
    assert again.chosen == tuple(sorted(to[option] for option in found.chosen))
    assert again.tied == tuple(sorted(to[option] for option in found.tied))
    assert len(found.chosen) + bool(found.tied) <= places
