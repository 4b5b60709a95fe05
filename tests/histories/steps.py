"""What may happen at the Karakol shop, as plain values that hypothesis draws and shrinks.

A step names things by number ("lot 7 of those that are there"), taken modulo how many there
are, so that every list of steps is a history and every part of one is a shorter history.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any

from hypothesis import strategies as st

TILLS = 3
TENDERS = ("cash", "qr", "card", "bank", "other")


@dataclass(frozen=True)
class Sell:
    """Lines are (lot, units, what the clerk takes off or adds to the unit price, minor units)."""

    till: int
    lines: tuple[tuple[int, int, int], ...]
    tender: int = 0
    rounding: int = 0


@dataclass(frozen=True)
class Refund:
    """Parts are (sale's line, units, tenths of what these units cost); more than was sold can
    come back. `linked` is false where the buyer brings no receipt."""

    till: int
    parts: tuple[tuple[int, int, int], ...]
    linked: bool = True


@dataclass(frozen=True)
class Open:
    till: int
    float_som: int


@dataclass(frozen=True)
class Close:
    """`off` more or fewer notes of 100 som than three; what is put into the drawer `after_minor`
    the count belongs to the shift, and not to what was counted."""

    till: int
    off: int
    after_minor: int = 0


@dataclass(frozen=True)
class Cash:
    till: int
    amount_minor: int


@dataclass(frozen=True)
class Oddity:
    """What no till should write: an unknown label, a sale that never was, a wrong sum, a line
    that the sale has not, other goods than that line's."""

    till: int
    kind: int


@dataclass(frozen=True)
class Send:
    """Sends `count` of what a till has written, chosen and ordered by `seed`, new or sent
    before; `twice` puts each of them into the batch twice."""

    till: int
    count: int
    seed: int
    twice: bool = False


@dataclass(frozen=True)
class Deliver:
    variant: int
    units: int


@dataclass(frozen=True)
class GiveBack:
    lot: int
    units: int


@dataclass(frozen=True)
class WriteOff:
    lot: int
    units: int
    by_shop: bool


@dataclass(frozen=True)
class Count:
    """Counted: what the books say and `off` more (below zero: fewer)."""

    lot: int
    off: int


@dataclass(frozen=True)
class Price:
    variant: int
    amount_minor: int


@dataclass(frozen=True)
class Settle:
    """Statements are closed for everyone, over all that is posted."""


@dataclass(frozen=True)
class Pay:
    """A payout list: one payout in `every` is taken off it again, the rest is handed over."""

    minimum_minor: int
    every: int
    by_bank: bool


@dataclass(frozen=True)
class Dispute:
    """On somebody's last statement; `verdict` 0 dismisses, 1 corrects by `amount_minor`, 2 undoes
    their last payout."""

    maker: int
    verdict: int
    amount_minor: int


@dataclass(frozen=True)
class NextDay:
    days: int


WRITING = Sell | Refund | Open | Close | Cash | Oddity | NextDay
OFFICE = Deliver | GiveBack | WriteOff | Count | Price
PAYDAY = Settle | Pay | Dispute
Step = WRITING | OFFICE | PAYDAY | Send

_tills = st.integers(0, TILLS - 1)
_some = st.integers(0, 30)  # of lots, variants or sale lines, modulo how many there are
_units = st.integers(1, 9)

sells = st.builds(
    Sell,
    _tills,
    st.lists(st.tuples(_some, _units, st.integers(-9, 9)), min_size=1, max_size=4).map(tuple),
    st.integers(0, len(TENDERS) - 1),
    st.integers(-40, 40),
)
refunds = st.builds(
    Refund,
    _tills,
    st.lists(st.tuples(_some, _units, st.integers(1, 12)), min_size=1, max_size=3).map(tuple),
    st.booleans() | st.just(True),
)
opens = st.builds(Open, _tills, st.integers(0, 3_000))
closes = st.builds(Close, _tills, st.integers(-3, 3), st.sampled_from((0, 0, 500)))
cash = st.builds(Cash, _tills, st.sampled_from((-50_000, -1, 17, 20_000)))
oddities = st.builds(Oddity, _tills, st.integers(0, 4))
sends = st.builds(Send, _tills, st.integers(1, 12), st.integers(0, 99), st.booleans())
days = st.builds(NextDay, st.integers(1, 20))
office = (
    st.builds(Deliver, _some, st.integers(1, 40))
    | st.builds(GiveBack, _some, _units)
    | st.builds(WriteOff, _some, _units, st.booleans())
    | st.builds(Count, _some, st.integers(-5, 5))
    | st.builds(Price, _some, st.integers(1, 90_001))
)
pays = st.builds(Pay, st.integers(0, 9_000), st.integers(1, 4), st.booleans())
disputes = st.builds(Dispute, _some, st.integers(0, 2), st.sampled_from((-5_000, -1, 1, 2_345)))


Steps = st.SearchStrategy[list[Step]]


def _many(step: st.SearchStrategy[Any], least: int, most: int) -> Steps:
    return st.lists(step, min_size=least, max_size=most)


def _one_after_another(*parts: Steps) -> Steps:
    return st.tuples(*parts).map(lambda lists: list(chain.from_iterable(lists)))


def _days(one: Steps, least: int, most: int) -> Steps:
    return st.lists(one, min_size=least, max_size=most).map(
        lambda lists: list(chain.from_iterable(lists))
    )


# What the tills write between one morning and the next one on which they write.
written = _one_after_another(
    _many(opens, 0, 2),
    _many(sells, 1, 4),
    _many(refunds | cash | oddities, 0, 3),
    _many(sells | refunds, 0, 3),
    _many(closes, 0, 2),
    _many(days, 1, 1),
)
# What the server hears meanwhile, and what the office does.
heard = _one_after_another(
    _many(sends, 0, 4),
    _many(office, 1, 3),
    _many(st.builds(Settle), 0, 1),
    _many(pays, 0, 1),
    _many(sends | disputes, 0, 2),
)
logs = _days(written, 1, 4)
histories = _days(_one_after_another(written, heard), 2, 4)
