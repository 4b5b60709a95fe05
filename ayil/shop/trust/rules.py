"""How the meter follows from changes of accounts; no database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trust:
    """The trust-money meter (invariant 3): the makers' money against what the shop holds.

    `owed` sums what is owed to each maker, nothing where a maker owes: no debt pays another's
    money. What is under way (QR, card) is not held yet. All in minor units.
    """

    owed_minor: int
    drawers_minor: int
    bank_minor: int
    under_way_minor: int

    @property
    def held_minor(self) -> int:
        return self.drawers_minor + self.bank_minor

    @property
    def free_minor(self) -> int:
        """Below nought: so much of the makers' money is not there."""
        return self.held_minor - self.owed_minor


@dataclass(frozen=True, slots=True)
class DayEnd(Trust):
    """The meter at the end of one day."""

    on: date


@dataclass(slots=True)
class Tail:
    """What a sum was at the end of each day, told by what it is now and how it changed since.

    `changes` of days after `until` are changes after the last day that is looked at.
    """

    now_minor: int
    until: date
    changes: dict[date, int] = field(default_factory=dict)

    def change(self, on: date, amount_minor: int) -> None:
        self.changes[on] = self.changes.get(on, 0) + amount_minor

    def at_ends(self, days: Sequence[date]) -> list[int]:
        """Of days in their order, the last of them `until`."""
        value = self.now_minor - sum(c for on, c in self.changes.items() if on > self.until)
        found = []
        for on in reversed(days):
            found.append(value)
            value -= self.changes.get(on, 0)
        return found[::-1]


def days_between(since: date, until: date) -> list[date]:
    """Both included."""
    return [since + number * ONE_DAY for number in range((until - since).days + 1)]


def walk_back(owed: Tail, moves: Iterable[tuple[int, int, date, int]]) -> None:
    """Books the changes of many accounts: (account, its balance now, day, what it gained), of
    each account the latest day first. Only what is owed counts, a debt for nothing."""
    current, after = None, 0
    for account, balance, on, gained in moves:
        if account != current:
            current, after = account, balance
        before = after - gained
        owed.change(on, max(after, 0) - max(before, 0))
        after = before


def below_since(ends: Sequence[DayEnd]) -> DayEnd | None:
    """The last evening on which all was there, where it has lacked on every evening since.

    None where it does not lack now, or lacked on every one of these evenings.
    """
    if not ends or ends[-1].free_minor >= 0:
        return None
    there = [end for end in ends if end.free_minor >= 0]
    return there[-1] if there else None


@dataclass(frozen=True, slots=True)
class Step:
    """What one document changed: held, and the balances of makers by account."""

    document: str
    held_minor: int
    gained: Mapping[int, int]


def crossing(free_minor: int, balances: Mapping[int, int], steps: Iterable[Step]) -> str:
    """The document with which the difference went below nought and stayed to the day's end.

    `balances` are those of the makers' accounts before the first step; "" where it never did.
    """
    held = dict(balances)
    found = ""
    for step in steps:
        was_below = free_minor < 0
        free_minor += step.held_minor
        for account, gained in step.gained.items():
            before = held.get(account, 0)
            held[account] = before + gained
            free_minor -= max(held[account], 0) - max(before, 0)
        if free_minor < 0 and not was_below:
            found = step.document
        elif free_minor >= 0:
            found = ""
    return found
