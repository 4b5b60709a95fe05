"""When a message goes out again and when it never does; how many parts a text message takes."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.kit.clock import BISHKEK
from ayil.members.messages.rules import (
    LONGEST_PAUSE,
    MOST_TRIES,
    SENDING_TAKES,
    Attempt,
    State,
    after_quiet,
    masked,
    pause_after,
    sms_parts,
    standing,
)

AT = datetime(2012, 7, 2, 6, 0, tzinfo=UTC)
ENDS = AT + timedelta(hours=24)
MINUTE = timedelta(minutes=1)


def test_what_waits_is_due_when_it_says() -> None:
    assert standing(AT, ENDS, [], AT).state == State.WAITING
    assert standing(AT, ENDS, [], AT).due_at == AT
    assert standing(AT, ENDS, [], ENDS).state == State.HOPELESS


def test_a_sending_without_an_outcome_is_never_repeated() -> None:
    sent = [Attempt("sent", AT)]
    assert standing(AT, ENDS, sent, AT + MINUTE).state == State.SENT
    stopped = standing(AT, ENDS, sent, AT + SENDING_TAKES)
    assert (stopped.state, stopped.due_at) == (State.UNSURE, None)


def test_what_did_not_arrive_is_tried_after_growing_pauses() -> None:
    tried, at = [], AT
    for number in range(MOST_TRIES - 1):
        tried += [Attempt("sent", at), Attempt("not-yet", at)]
        stands = standing(AT, ENDS, tried, at)
        assert stands.due_at == at + pause_after(number + 1)
        at = stands.due_at
    tried += [Attempt("sent", at), Attempt("not-yet", at)]
    assert standing(AT, ENDS, tried, at).state == State.HOPELESS


def test_the_other_side_is_obeyed_when_it_asks_to_wait_longer() -> None:
    again = AT + timedelta(minutes=40)
    stands = standing(AT, ENDS, [Attempt("sent", AT), Attempt("not-yet", AT, again)], AT)
    assert stands.due_at == again
    late = [Attempt("sent", AT), Attempt("not-yet", AT, ENDS)]
    assert standing(AT, ENDS, late, AT).state == State.HOPELESS


@given(st.integers(1, 500))
def test_pauses_grow_and_end(tries: int) -> None:
    assert MINUTE <= pause_after(tries) <= pause_after(tries + 1) <= LONGEST_PAUSE


def local(hour: int, minute: int = 0, day: int = 2) -> datetime:
    return datetime(2012, 7, day, hour, minute, tzinfo=BISHKEK)


@pytest.mark.parametrize(
    ("at", "then"),
    [
        (local(8), local(8)),
        (local(12), local(12)),
        (local(20, 59), local(20, 59)),
        (local(21), local(8, day=3)),
        (local(23, 59), local(8, day=3)),
        (local(0), local(8)),
        (local(7, 59), local(8)),
    ],
)
def test_nobody_is_written_to_by_night(at: datetime, then: datetime) -> None:
    assert after_quiet(at, time(21), time(8)) == then


def test_a_person_may_sleep_longer() -> None:
    assert after_quiet(local(9, 30), time(19), time(10)) == local(10)
    assert after_quiet(local(19), time(19), time(10)) == local(10, day=3)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ң" * 70, 1),
        ("ң" * 71, 2),
        ("ң" * 134, 2),
        ("ң" * 135, 3),
        ("a" * 133 + "ң", 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_parts_of_a_text_message(text: str, parts: int) -> None:
    assert sms_parts(text) == parts


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("+996555123456", "+996 … 56"),
        ("asel@example.org", "a…@example.org"),
        ("481516", "…"),
        ("", ""),
    ],
)
def test_an_address_is_shown_to_the_staff_in_part(address: str, shown: str) -> None:
    assert masked(address) == shown
