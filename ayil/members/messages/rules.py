"""When a message is sent, sent again, or given up; how long a text message is. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=2)
MOST_TRIES = 8
# Who sent and wrote no outcome in this time was stopped amid it: it may have arrived or not.
SENDING_TAKES = timedelta(minutes=5)

# GSM 03.38: a text of these letters alone takes seven bits a letter, those of the second row two
# places; any other letter makes the whole text UCS-2. A text in parts loses some of each to the
# header that joins them.
_SEVEN_BITS = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWO_PLACES = frozenset("^{}\\[~]|€")
_ALONE_7, _IN_PARTS_7 = 160, 153
_ALONE_UCS2, _IN_PARTS_UCS2 = 70, 67


class State(StrEnum):
    """Where a message stands before it has ended."""

    WAITING = "waiting"
    SENT = "sent"
    UNSURE = "unsure"
    HOPELESS = "hopeless"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One row of what was done: its outcome's name, when, and when the other side lets us again."""

    outcome: str
    at: datetime
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """`due_at` is when it is sent next, or when its silence is over; None where it is not sent."""

    state: State
    due_at: datetime | None


def standing(
    due_at: datetime, ends_at: datetime, tried: Sequence[Attempt], now: datetime
) -> Standing:
    """What the rows of a message that has not ended, in their order, come to.

    A sending without an outcome is UNSURE once its time is over, and is never repeated: neither
    Telegram nor a gateway knows a key by which the second one would be the same message.
    """
    if tried and tried[-1].outcome == "sent":
        over = tried[-1].at + SENDING_TAKES
        return Standing(State.SENT, over) if now < over else Standing(State.UNSURE, None)
    tries = sum(attempt.outcome == "not-yet" for attempt in tried)
    next_at = due_at
    if tries:
        last = tried[-1]
        next_at = max(last.at + pause_after(tries), last.again_at or last.at)
    if tries >= MOST_TRIES or next_at >= ends_at or now >= ends_at:
        return Standing(State.HOPELESS, None)
    return Standing(State.WAITING, next_at)


def pause_after(tries: int) -> timedelta:
    """A minute after the first time, doubled after each one, two hours at most."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(max(tries - 1, 0), 20)
    return min(doubled, LONGEST_PAUSE)


def after_quiet(local: datetime, quiet_from: time, quiet_until: time) -> datetime:
    """The moment itself, or the end of the night that it falls into; in the zone it comes in.

    The night runs from `quiet_from` over midnight until `quiet_until`.
    """
    clock = time(local.hour, local.minute, local.second)
    if quiet_until <= clock < quiet_from:
        return local
    day = local.date() if clock < quiet_until else local.date() + timedelta(days=1)
    return datetime.combine(day, quiet_until, local.tzinfo)


def sms_parts(text: str) -> int:
    """How many parts a text message takes, each of which is paid for."""
    letters = set(text)
    if letters <= _SEVEN_BITS | _TWO_PLACES:
        places = len(text) + sum(letter in _TWO_PLACES for letter in text)
        alone, part = _ALONE_7, _IN_PARTS_7
    else:
        places = len(text.encode("utf-16-le")) // 2
        alone, part = _ALONE_UCS2, _IN_PARTS_UCS2
    return 1 if places <= alone else -(-places // part)


def masked(address: str) -> str:
    """An address of which the reader may know that it is the right one, and not call it.

    +996555123456 → +996 … 56, asel@example.org → a…@example.org; a chat's number is not shown.
    """
    name, at, host = address.partition("@")
    if at:
        return f"{name[:1]}…@{host}"
    return f"{address[:4]} … {address[-2:]}" if address.startswith("+") else "…" if address else ""
