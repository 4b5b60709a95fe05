"""What spent money is worth, and how far a tranche has come."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.grants.rules import (
    MoneyIn,
    Stage,
    TrancheFacts,
    stage_of,
    value_of_first,
    value_of_next,
)

pockets = st.lists(
    st.builds(MoneyIn, given_minor=st.integers(0, 10**9), got_minor=st.integers(1, 10**11)),
    min_size=1,
    max_size=5,
)


def test_money_is_spent_first_in_first_out() -> None:
    came = [MoneyIn(100, 4_700), MoneyIn(100, 5_000)]
    assert value_of_next(came, 0, 4_700) == 100
    assert value_of_next(came, 4_700, 2_500) == 50
    assert value_of_next(came, 2_350, 2_350 + 50) == 51


@given(pockets, st.lists(st.integers(0, 10**11), max_size=8))
def test_parts_add_up_to_the_whole_to_the_last_cent(
    came: list[MoneyIn], amounts: list[int]
) -> None:
    total = sum(money.got_minor for money in came)
    spent, value = 0, 0
    for amount in [*amounts, total]:
        part = min(amount, total - spent)
        value += value_of_next(came, spent, part)
        spent += part
    assert value == sum(money.given_minor for money in came)


@given(pockets, pockets, st.integers(0, 10**12))
def test_what_was_once_valued_stays_when_more_comes_in(
    came: list[MoneyIn], later: list[MoneyIn], upto: int
) -> None:
    upto = min(upto, sum(money.got_minor for money in came))
    assert value_of_first(came, upto) == value_of_first([*came, *later], upto)


@given(pockets)
def test_more_than_came_in_has_no_value(came: list[MoneyIn]) -> None:
    with pytest.raises(ValueError, match="1 more"):
        value_of_first(came, sum(money.got_minor for money in came) + 1)


def test_a_tranche_goes_through_its_life() -> None:
    facts = TrancheFacts(
        requested=False, received=False, left_minor=0, reported=False, accepted=False
    )
    seen = [stage_of(facts)]
    for change in (
        {"requested": True},
        {"received": True, "left_minor": 5},
        {"left_minor": 0},
        {"reported": True},
        {"accepted": True},
    ):
        facts = replace(facts, **change)
        seen.append(stage_of(facts))
    assert seen == list(Stage)
