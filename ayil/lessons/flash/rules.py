"""When a flash is due, and of what it tells. No database, no clock.

Noon, so that who is near may bring goods the same day (a shop of growers in Japan sends its
figures like that); the late afternoon; and the evening, when the shop has closed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum


class Slot(StrEnum):
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"


CLOCK = {Slot.NOON: time(12), Slot.AFTERNOON: time(16), Slot.EVENING: time(20)}
# In the evening of this day of the week who wants one a week is told: before the weekend's market.
WEEKLY_ON = 4  # Friday
# A server that stood still for longer than this begins again with the day it wakes up on.
LONGEST_LOOK_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """One slot of one day, by the wall clock of the shop."""

    day: date
    slot: Slot

    def is_for(self, rhythm: str) -> bool:
        """Whether who wants to be told so often is told in this slot."""
        if rhythm == "often":
            return True
        if rhythm == "twice":
            return self.slot != Slot.AFTERNOON
        if rhythm == "evening":
            return self.slot == Slot.EVENING
        return rhythm == "weekly" and self.is_end_of_week

    @property
    def is_end_of_week(self) -> bool:
        return self.slot == Slot.EVENING and self.day.weekday() == WEEKLY_ON


def slots_upto(after: datetime | None, upto: datetime, zone: tzinfo) -> list[Due]:
    """Every slot whose time has come after one moment and up to another, the earliest first.

    Without a moment before: the last one alone.
    """
    begun = max(after, upto - LONGEST_LOOK_BACK) if after else upto - timedelta(days=1)
    first, last = begun.astimezone(zone).date(), upto.astimezone(zone).date()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    found = [
        Due(day, slot)
        for day in days
        for slot, clock in CLOCK.items()
        if begun < datetime.combine(day, clock, zone) <= upto
    ]
    return found if after else found[-1:]


@dataclass(frozen=True, slots=True)
class Line:
    """A sale's line as a flash counts it: negative where a buyer brought goods back."""

    thing: int
    day: date
    quantity: int
    share_minor: int


@dataclass(frozen=True, slots=True)
class Thing:
    """What became of one thing: pieces sold, pieces that came back, the maker's share of both."""

    thing: int
    sold: int
    back: int
    share_minor: int
    late: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """All of a flash: its things, the dearest first, and the days that they were sold on."""

    things: Sequence[Thing]
    first: date
    last: date
    lines: int

    @property
    def share_minor(self) -> int:
        return sum(thing.share_minor for thing in self.things)

    @property
    def units(self) -> int:
        """Net of what came back."""
        return sum(thing.sold - thing.back for thing in self.things)


def content_of(lines: Iterable[Line], told_before: date | None) -> Content | None:
    """What the lines come to; None where there is none.

    A line is late where its day was over when the maker was told last: a till that had no network
    sends it later. It is told with its day.
    """
    found = list(lines)
    if not found:
        return None
    by_thing: dict[int, list[Line]] = {}
    for line in found:
        by_thing.setdefault(line.thing, []).append(line)
    things = [_thing(number, own, told_before) for number, own in by_thing.items()]
    things.sort(key=lambda thing: (-thing.share_minor, thing.thing))
    days = [line.day for line in found]
    return Content(tuple(things), min(days), max(days), len(found))


def _thing(number: int, lines: Sequence[Line], told_before: date | None) -> Thing:
    late = {line.day for line in lines if told_before is not None and line.day < told_before}
    return Thing(
        thing=number,
        sold=sum(line.quantity for line in lines if line.quantity > 0),
        back=-sum(line.quantity for line in lines if line.quantity < 0),
        share_minor=sum(line.share_minor for line in lines),
        late=tuple(sorted(late)),
    )
