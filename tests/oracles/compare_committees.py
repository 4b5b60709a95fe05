"""Several places: proportional approval voting and equal shares against abcvoting's."""

from __future__ import annotations

import pytest
from abcvoting.abcrules import compute_equal_shares, compute_pav, compute_seqpav
from abcvoting.preferences import Profile
from hypothesis import assume, given
from hypothesis import strategies as st

from ayil.decisions.rules.proportional import pav, sequential_pav
from ayil.decisions.rules.shares import equal_shares
from tests.oracles.profiles import OPTIONS, Papers, papers

places = st.integers(1, 4)


def theirs(said: Papers, size: int) -> Profile:
    """Theirs fills places with what nobody approves; ours does not, so there must be enough."""
    assume(len(frozenset().union(*said)) >= size)
    profile = Profile(len(OPTIONS))
    profile.add_voters([list(paper) for paper in said.elements()])
    return profile


def outcomes(committees: list[set[int]]) -> list[tuple[int, ...]]:
    return sorted(tuple(sorted(committee)) for committee in committees)


@given(papers, places)
def test_all_best_committees(said: Papers, size: int) -> None:
    found = compute_pav(theirs(said, size), size, algorithm="branch-and-bound", resolute=False)
    assert list(pav(said, size).outcomes) == outcomes(found)


@given(papers, places)
def test_sequential_pav_with_every_order_of_equals(said: Papers, size: int) -> None:
    found = compute_seqpav(theirs(said, size), size, resolute=False)
    assert list(sequential_pav(said, size).outcomes) == outcomes(found)


@given(papers, places)
def test_equal_shares_of_places_with_every_order_of_equals(said: Papers, size: int) -> None:
    found = compute_equal_shares(
        theirs(said, size),
        size,
        algorithm="standard-fractions",
        resolute=False,
        completion=None,
    )
    costs = dict.fromkeys(OPTIONS, 1)
    ours = equal_shares(said, costs, size, utility="unit", completion="none")
    assert list(ours.outcomes) == outcomes(found)


@pytest.mark.parametrize("size", [1, 3, 15])
def test_thirty_options_that_five_voters_want_alike(size: int) -> None:
    """Too many committees for theirs; each of them is one of ours, which are all equal."""
    options = frozenset(range(30))
    found = pav(Papers({options: 5}), size)
    assert (found.chosen, found.tied) == ((), (tuple(range(30)),))
