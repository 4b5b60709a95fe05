"""When a request to a fiscal register is sent, sent again, or waits for a person; no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(hours=1)
# Who sent and wrote no outcome in this time was stopped amid it; the key keeps a second sending
# from becoming a second receipt.
SENDING_TAKES = timedelta(minutes=2)
# Silence for so long is shown to a person; it is tried on all the same, since lines come back.
SILENCE_SHOWN_AFTER = timedelta(hours=6)


class State(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    SENT = "sent"
    NUMBERED = "numbered"
    SILENT = "silent"
    REFUSED = "refused"
    LEFT = "left"


ENDED = frozenset({State.NUMBERED, State.LEFT})
FOR_A_PERSON = frozenset({State.SILENT, State.REFUSED})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One row of what was done: its outcome's name, and when."""

    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """`due_at` is when it is sent next; None where it is not sent by itself any more."""

    state: State
    due_at: datetime | None


def standing(asked_at: datetime, attempts: Sequence[Attempt], now: datetime) -> Standing:
    """What a request's rows, in their order, come to."""
    for ended in ("numbered", "left"):
        if any(attempt.outcome == ended for attempt in attempts):
            return Standing(State(ended), None)
    since = _since_a_person(attempts)
    if not since:
        begun = attempts[-1].at if attempts else asked_at
        return Standing(State.WAITING, begun)
    last = since[-1]
    if last.outcome == "refused":
        return Standing(State.REFUSED, None)
    if last.outcome == "sent":
        return Standing(State.SENT, last.at + SENDING_TAKES)
    tries = sum(attempt.outcome == "silent" for attempt in since)
    is_long = now - since[0].at >= SILENCE_SHOWN_AFTER
    return Standing(State.SILENT if is_long else State.WAITING, last.at + pause_after(tries))


def _since_a_person(attempts: Sequence[Attempt]) -> Sequence[Attempt]:
    """What was tried since a person last said that it is to be sent again."""
    again = [place for place, attempt in enumerate(attempts) if attempt.outcome == "again"]
    return attempts[again[-1] + 1 :] if again else attempts


def pause_after(tries: int) -> timedelta:
    """15 seconds after the first silence, doubled after each one, an hour at most."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(max(tries - 1, 0), 20)
    return min(doubled, LONGEST_PAUSE)
