"""The meter's arithmetic, laid beside sums that are written out."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ayil.shop.trust.rules import (
    DayEnd,
    Step,
    Tail,
    below_since,
    crossing,
    days_between,
    walk_back,
)

DAY = date(2012, 7, 2)
DAYS = days_between(DAY, DAY + timedelta(days=9))
amounts = st.integers(-500, 500)
# What an account gained, by the number of a day; the last of them lies after the days looked at.
histories = st.dictionaries(st.integers(0, 11), amounts, max_size=12)


def end(number: int, free: int) -> DayEnd:
    return DayEnd(1_000, 400 + free, 600, 70, on=DAYS[number])


def test_an_end_adds_up() -> None:
    one = end(0, 50)
    assert (one.held_minor, one.free_minor) == (1_050, 50)


@given(st.lists(histories, max_size=8))
def test_what_was_owed_follows_from_what_is_owed_now(accounts: list[dict[int, int]]) -> None:
    """Against a plain replay from the beginning: each evening all accounts are added up."""
    until = DAYS[-1]
    owed = Tail(sum(max(sum(gains.values()), 0) for gains in accounts), until)
    moves = [
        (account, sum(gains.values()), DAY + timedelta(days=number), gains[number])
        for account, gains in enumerate(accounts)
        for number in sorted(gains, reverse=True)
    ]
    walk_back(owed, moves)
    expected = [
        sum(max(sum(gain for on, gain in gains.items() if on <= number), 0) for gains in accounts)
        for number in range(len(DAYS))
    ]
    assert owed.at_ends(DAYS) == expected


@given(st.lists(amounts, min_size=1, max_size=10))
def test_since_when_is_the_evening_after_which_it_never_came_back(frees: list[int]) -> None:
    ends = [end(number, free) for number, free in enumerate(frees)]
    found = below_since(ends)
    if frees[-1] >= 0 or all(free < 0 for free in frees):
        assert found is None
    else:
        assert found is not None
        number = (found.on - DAY).days
        assert frees[number] >= 0
        assert all(free < 0 for free in frees[number + 1 :])


def test_no_days_lack_nothing() -> None:
    assert below_since([]) is None


def test_the_crossing_is_the_last_document_that_took_it_below() -> None:
    steps = [
        Step("a", -150, {}),  # below, but the next brings it back
        Step("b", 100, {}),
        Step("c", 0, {1: 80}),  # a debt of 60 comes first: 20 are owed
        Step("d", -40, {1: -40}),  # paid 40, of which 20 were owed
        Step("e", -1, {}),
    ]
    assert crossing(80, {1: -60}, steps) == "d"
    assert crossing(200, {1: -60}, steps) == ""
