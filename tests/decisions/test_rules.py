"""Counting is exact, and blind to order; a tie is reported."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.decisions.rules import (
    Ballot,
    Outcome,
    Tally,
    Verdict,
    approval_outcome,
    count_approvals,
    is_majority,
    piles_of,
    quorum_needed,
    why_not_on_roll,
)

OPTIONS = [1, 2, 3, 4]
papers = st.lists(st.none() | st.sets(st.sampled_from(OPTIONS)), max_size=30)


def outcome(ballots: Sequence[Ballot], *, final: bool = False) -> Outcome:
    return approval_outcome(count_approvals(OPTIONS, *piles_of(ballots)), final=final)


@pytest.mark.parametrize(("valid", "majority"), [(1, 1), (2, 2), (5, 3), (7, 4), (8, 5)])
def test_a_majority_is_more_than_half(valid: int, majority: int) -> None:
    assert is_majority(majority, valid)
    assert not is_majority(majority - 1, valid)


def test_papers_are_counted_by_kind() -> None:
    tally = count_approvals([1, 2], *piles_of([{1}, {1, 2}, set(), None, [1, 1]]))
    assert tally == Tally(approvals=((1, 3), (2, 1)), valid=4, none=1, spoiled=1)
    assert tally.used == 5
    with pytest.raises(ValueError, match="3 is not on this paper"):
        count_approvals([1, 2], [((3,), 1)])


@pytest.mark.parametrize(
    ("ballots", "verdict", "leaders"),
    [
        ([{1}] * 4 + [{2}] * 3, Verdict.CHOSEN, (1,)),
        ([{1}] * 3 + [{2}] * 3 + [{1, 2}], Verdict.RUNOFF, (1, 2)),
        ([{1}] * 3 + [{2}] * 2 + [{3}], Verdict.RUNOFF, (1, 2)),
        ([{1}] * 3 + [{2}] * 2 + [{3}] * 2, Verdict.TIE, (1, 2, 3)),
        ([{1}, {2}, {3}, {1, 2, 3}, set()], Verdict.TIE, (1, 2, 3)),
        ([{1}] * 2 + [set()] * 2, Verdict.RUNOFF, (1,)),
        ([{1}] * 2 + [set()] * 3, Verdict.NONE, ()),
        ([None, None], Verdict.NONE, ()),
        ([], Verdict.NONE, ()),
    ],
)
def test_the_first_round(ballots: list[Ballot], verdict: Verdict, leaders: tuple[int, ...]) -> None:
    assert outcome(ballots) == Outcome(verdict, leaders)


@pytest.mark.parametrize(
    ("ballots", "verdict", "leaders"),
    [
        ([{1}] * 4 + [{2}] * 3, Verdict.CHOSEN, (1,)),
        ([{1}] * 5 + [{2}] * 5, Verdict.TIE, (1, 2)),
        ([{1, 2}] * 5, Verdict.TIE, (1, 2)),
        ([{1}] * 4 + [{2}] * 3 + [set()] * 3, Verdict.NONE, ()),
        ([{1}] * 3 + [{2}] * 3 + [set()] * 4, Verdict.NONE, ()),
    ],
)
def test_the_runoff(ballots: list[Ballot], verdict: Verdict, leaders: tuple[int, ...]) -> None:
    assert outcome(ballots, final=True) == Outcome(verdict, leaders)


@given(papers, st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_papers_changes_nothing(
    ballots: list[Ballot], random: object, final: bool
) -> None:
    shuffled = list(ballots)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert outcome(shuffled, final=final) == outcome(ballots, final=final)


@given(papers, st.permutations(OPTIONS), st.booleans())
def test_the_names_of_options_change_nothing(
    ballots: list[Ballot], renamed: list[int], final: bool
) -> None:
    to = dict(zip(OPTIONS, renamed, strict=True))
    other = [None if ballot is None else {to[mark] for mark in ballot} for ballot in ballots]
    first, second = outcome(ballots, final=final), outcome(other, final=final)
    assert second.verdict == first.verdict
    assert second.leaders == tuple(sorted(to[leader] for leader in first.leaders))


@given(papers, st.booleans())
def test_only_a_majority_is_chosen_and_only_equals_tie(ballots: list[Ballot], final: bool) -> None:
    tally = count_approvals(OPTIONS, *piles_of(ballots))
    found = approval_outcome(tally, final=final)
    counts = dict(tally.approvals)
    if found.verdict == Verdict.CHOSEN:
        assert 2 * counts[found.leaders[0]] > tally.valid
        assert all(counts[o] < counts[found.leaders[0]] for o in OPTIONS if o != found.leaders[0])
    if found.verdict == Verdict.TIE:
        assert len({counts[leader] for leader in found.leaders}) <= (1 if final else 2)
    assert found.verdict != Verdict.RUNOFF or not final


@pytest.mark.parametrize(
    ("size", "share", "needed"),
    [(12, (1, 2), 6), (13, (1, 2), 7), (100, (2, 3), 67), (1, (1, 5), 1)],
)
def test_a_quorum_is_rounded_up(size: int, share: tuple[int, int], needed: int) -> None:
    assert quorum_needed(size, *share) == needed


def test_who_has_a_vote() -> None:
    anyone = {
        "is_person": True, "lives_here": True, "born_year": 1990, "year": 2012, "roles": [],
    }  # fmt: skip
    assert why_not_on_roll(**anyone) is None
    assert why_not_on_roll(**anyone | {"born_year": None}) is None
    assert why_not_on_roll(**anyone | {"roles": ["committee", "paymaster"]}) is None
    for change in (
        {"is_person": False},
        {"lives_here": False},
        {"born_year": 1995},
        {"roles": ["donor"]},
        {"roles": ["administration"]},
        {"roles": ["clerk"]},
    ):
        assert why_not_on_roll(**anyone | change)
