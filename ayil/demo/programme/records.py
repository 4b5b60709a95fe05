"""What the plan consists of. Amounts are whole minor units (tyiyn, cent); keys are plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cached_property


class Source(StrEnum):
    """Where a figure or a pairing comes from; an estimate is called one wherever it shows."""

    PUBLIC = "public source"
    ESTIMATE = "estimate of the demo"


Names = tuple[str, str, str]
"""English, Russian, Kyrgyz."""


@dataclass(frozen=True)
class Village:
    code: str
    district: str
    names: Names
    source: Source
    note: str


@dataclass(frozen=True)
class Person:
    """`post` is a role in the association, or empty."""

    key: str
    name: str
    village: str | None
    born_year: int
    is_woman: bool
    language: str = "ky"
    post: str = ""


@dataclass(frozen=True)
class Community:
    """`people` are keys, the leader first."""

    key: str
    name: str
    village: str
    people: tuple[str, ...]

    @property
    def leader(self) -> str:
        return self.people[0]


@dataclass(frozen=True)
class Form:
    """One variant. `pull` is how often it is asked for, compared with the others (E)."""

    code: str
    form: str
    price_minor: int
    pull: float


@dataclass(frozen=True)
class Good:
    """`season`: in which months it is asked for more, by kind of goods; `keeps_months` for food."""

    key: str
    owner: str
    kind: str
    names: Names
    forms: tuple[Form, ...]
    season: str
    keeps_months: int | None
    source: Source


@dataclass(frozen=True)
class PriceChange:
    """The owner asks another price from a day on."""

    on: date
    variant: str
    price_minor: int


LotKey = tuple[str, int]
"""The note's number and the line in it, from 0."""


@dataclass(frozen=True)
class Brought:
    """One line of a consignment note and what the joint count made of it."""

    variant: str
    declared: int
    refused: int
    reason: str
    batch: str
    best_before: date | None

    @property
    def accepted(self) -> int:
        return self.declared - self.refused


@dataclass(frozen=True)
class Delivery:
    on: date
    number: str
    owner: str
    lines: tuple[Brought, ...]


@dataclass(frozen=True)
class Loss:
    """Goods off the shelf by an act: `cause` is missing, damaged or expired; or `returned`.

    `left` is what stands there afterwards.
    """

    on: date
    lot: LotKey
    quantity: int
    cause: str
    left: int


@dataclass(frozen=True)
class Line:
    lot: LotKey
    quantity: int
    price_minor: int

    @property
    def gross_minor(self) -> int:
        return self.quantity * self.price_minor


@dataclass(frozen=True)
class Receipt:
    """A sale as the till writes it; `key` names it within the plan."""

    key: int
    at: time
    lines: tuple[Line, ...]
    tender: str
    rounding_minor: int
    visitor: tuple[str, str] | None

    @property
    def gross_minor(self) -> int:
        return sum(line.gross_minor for line in self.lines)


@dataclass(frozen=True)
class Refund:
    """The first line of an earlier receipt brought back."""

    of: int
    at: time
    line: Line
    reason: str


@dataclass(frozen=True)
class Wish:
    """Asked for and not found."""

    at: time
    words: str


Entry = Receipt | Refund | Wish


@dataclass(frozen=True)
class TillDay:
    """One shift at one till. Entries are in the order of time; `sent_on` is the day on which the
    server hears of it, later where the till was offline. `counted` is pieces by minor value."""

    on: date
    till: str
    cashier: str
    float_minor: int
    entries: tuple[Entry, ...]
    counted: Mapping[int, int]
    sent_on: date


@dataclass(frozen=True)
class Trade:
    """A span of trade, each list in the order of time."""

    first: date
    last: date
    deliveries: tuple[Delivery, ...]
    price_changes: tuple[PriceChange, ...]
    losses: tuple[Loss, ...]
    days: tuple[TillDay, ...]

    @property
    def receipts(self) -> list[Receipt]:
        return [e for day in self.days for e in day.entries if isinstance(e, Receipt)]

    @property
    def refunds(self) -> list[Refund]:
        return [e for day in self.days for e in day.entries if isinstance(e, Refund)]


@dataclass(frozen=True)
class Cast:
    """Who takes part, where, and what they make."""

    villages: tuple[Village, ...]
    staff: tuple[Person, ...]
    makers: tuple[Person, ...]
    communities: tuple[Community, ...]
    sole_makers: Mapping[str, bool]
    """Persons who consign in their own name; True for members of the association."""
    goods: tuple[Good, ...]

    @cached_property
    def forms(self) -> Mapping[str, tuple[Good, Form]]:
        """By variant key, `good/code`."""
        return {
            f"{good.key}/{form.code}": (good, form) for good in self.goods for form in good.forms
        }

    @cached_property
    def owners(self) -> tuple[str, ...]:
        """Whoever consigns: communities and sole makers, in the order of their goods."""
        return tuple(dict.fromkeys(good.owner for good in self.goods))

    @cached_property
    def village_of(self) -> Mapping[str, str]:
        """The village's code by owner."""
        sole = {p.key: p.village or "" for p in self.makers if p.key in self.sole_makers}
        return {c.key: c.village for c in self.communities} | sole
