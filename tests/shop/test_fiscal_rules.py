"""When a receipt goes to the register, when again, and when a person is asked."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.shop.fiscal.rules import (
    LONGEST_PAUSE,
    SENDING_TAKES,
    SILENCE_SHOWN_AFTER,
    Attempt,
    State,
    pause_after,
    standing,
)

AT = datetime(2026, 7, 2, 6, 0, tzinfo=UTC)
OUTCOMES = ("sent", "numbered", "silent", "refused", "again", "left")


def rows(*outcomes: str, every: timedelta = timedelta(seconds=30)) -> list[Attempt]:
    return [Attempt(outcome, AT + number * every) for number, outcome in enumerate(outcomes, 1)]


def state(*outcomes: str, at: datetime = AT + timedelta(minutes=10)) -> State:
    return standing(AT, rows(*outcomes), at).state


def test_each_row_leads_where_it_should() -> None:
    assert state() is State.WAITING
    assert state("sent") is State.SENT
    assert state("sent", "numbered") is State.NUMBERED
    assert state("sent", "silent") is State.WAITING
    assert state("sent", "refused") is State.REFUSED
    assert state("sent", "refused", "again") is State.WAITING
    assert state("sent", "refused", "left") is State.LEFT
    # Overtaken: the first one's answer came after the second one had begun.
    assert state("sent", "sent", "numbered", "silent") is State.NUMBERED


def test_what_is_new_or_said_again_is_due_at_once() -> None:
    assert standing(AT, [], AT).due_at == AT
    said = rows("sent", "refused", "again")
    assert standing(AT, said, AT).due_at == said[-1].at
    assert standing(AT, rows("sent", "refused"), AT).due_at is None
    assert standing(AT, rows("numbered"), AT).due_at is None


def test_whoever_was_stopped_amid_the_sending_is_followed_after_two_minutes() -> None:
    assert standing(AT, rows("sent"), AT).due_at == rows("sent")[0].at + SENDING_TAKES


@pytest.mark.parametrize(
    ("tries", "seconds"), [(0, 15), (1, 15), (2, 30), (3, 60), (9, 3600), (10**9, 3600)]
)
def test_pauses_grow_to_an_hour(tries: int, seconds: int) -> None:
    assert pause_after(tries) == timedelta(seconds=seconds)


def test_a_long_silence_is_shown_and_still_tried() -> None:
    tried = rows(*["sent", "silent"] * 8, every=timedelta(minutes=23))
    early, late = AT + timedelta(hours=6), tried[0].at + SILENCE_SHOWN_AFTER
    assert standing(AT, tried, early).state is State.WAITING
    assert standing(AT, tried, late).state is State.SILENT
    assert standing(AT, tried, late).due_at == tried[-1].at + pause_after(8)


@given(st.lists(st.sampled_from(OUTCOMES), max_size=12), st.integers(0, 10**6))
def test_nothing_is_forgotten(outcomes: list[str], later_s: int) -> None:
    """Either it ended, or a person is asked, or it is sent within the longest pause."""
    attempts = rows(*outcomes)
    stands = standing(AT, attempts, AT + timedelta(seconds=later_s))
    ended = {"numbered", "left"} & set(outcomes)
    assert (stands.state in {State.NUMBERED, State.LEFT}) == bool(ended)
    if stands.due_at is None:
        assert ended or stands.state is State.REFUSED
    else:
        last = attempts[-1].at if attempts else AT
        assert last <= stands.due_at <= last + LONGEST_PAUSE
