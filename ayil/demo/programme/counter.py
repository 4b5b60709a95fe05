"""The counter: receipts, refunds, wrong keys, wishes, and the drawer at the end of the day."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from random import Random

from ayil.demo.programme import demand
from ayil.demo.programme.records import (
    Cast,
    Entry,
    Line,
    Receipt,
    Refund,
    TillDay,
    Wish,
)
from ayil.demo.programme.shelves import Shelves

FLOAT_MINOR = 150_000
# Notes and coins of the som in 2012, in tyiyn.
CASH = (500_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 300, 100)
BROUGHT_BACK = 0.008
WRONG_KEY = 0.005
ROUNDED_TO_FIVE_SOM = 0.01
PAID_BY_CARD = 0.01
PAID_BY_CARD_IF_DEAR = 0.4
DEAR_MINOR = 300_000
TAKES_ANOTHER = 0.6
WISHED_FOR = 0.25
DRAWER_DIFFERS = 0.08
_REASONS = ("чени туура келген жок", "мындай белек бар экен", "тигиши сөгүлгөн")
_ELSE_ASKED_FOR = (
    "топоздун жүнүнөн моюн орогуч", "кичине баштыкта курут", "самолётко бата турган кичине бал",
    "44 чендеги кийиз чокой", "көлдүн сүрөтү түшкөн открытка", "ачык түстөгү шырдак",
    "чычырканак чайы", "балдар үчүн калпак", "кымыз", "балдар үчүн чокой",
)  # fmt: skip


class Counter:
    """Sells from the shelves at the prices of the day; numbers its receipts in one row."""

    def __init__(
        self, rng: Random, cast: Cast, shelves: Shelves, prices: Mapping[str, int]
    ) -> None:
        self._rng, self._shelves, self._prices = rng, shelves, prices
        self._forms = cast.forms
        self._last = 0

    def entries_of(self, day: date, tills: Sequence[str], comers: int) -> dict[str, list[Entry]]:
        """What each till writes on a day, in the order of time."""
        rng = self._rng
        minutes = sorted(rng.randint(9 * 60, 17 * 60 + 45) for _ in range(comers))
        entries: dict[str, list[Entry]] = {till: [] for till in tills}
        for minute in minutes:
            till = tills[0] if len(tills) == 1 or rng.random() < 0.6 else tills[1]
            entries[till] += self._serve(day, _clock(minute))
        for mine in entries.values():
            mine.sort(key=lambda entry: entry.at)
        return entries

    def _serve(self, day: date, at: time) -> list[Entry]:
        entries: list[Entry] = []
        lines: list[Line] = []
        for _ in range(demand.units_wanted(self._rng)):
            variant, wish = self._choose(day)
            if wish and self._rng.random() < WISHED_FOR:
                entries.append(Wish(at, wish))
            if variant is not None:
                lines = _with(lines, self._take(variant))
        if self._rng.random() < 0.012:
            entries.append(Wish(at, self._rng.choice(_ELSE_ASKED_FOR)))
        if lines:
            entries += self._ring_up(at, lines)
        return entries

    def _choose(self, day: date) -> tuple[str | None, str]:
        """A variant that stands on the shelf, and what was asked for in vain before."""
        rng = self._rng
        variants = list(self._shelves.carried)
        asked = [self._forms[variant] for variant in variants]
        pulls = [demand.pull_in(form.pull, good.season, day) for good, form in asked]
        variant = rng.choices(variants, pulls)[0]
        if self._shelves.on_hand(variant):
            return variant, ""
        good, form = self._forms[variant]
        wish = f"{good.names[-1]}, {form.form}" if form.form else good.names[-1]
        if rng.random() >= TAKES_ANOTHER:
            return None, wish
        another = rng.choices(variants, pulls)[0]
        return (another if self._shelves.on_hand(another) else None), wish

    def _take(self, variant: str) -> Line:
        (lot, _one), *_none = self._shelves.take(variant, 1)
        return Line(lot, 1, self._prices[variant])

    def _ring_up(self, at: time, lines: list[Line]) -> list[Entry]:
        rng = self._rng
        if rng.random() < WRONG_KEY:
            wrong = self._receipt(at, [lines[0]])
            right = self._receipt(_after(at, 2), lines)
            return [wrong, Refund(wrong.key, _after(at, 1), lines[0], "жаңылыш басылды"), right]
        receipt = self._receipt(at, lines)
        if rng.random() < BROUGHT_BACK:
            line = Line(lines[0].lot, 1, lines[0].price_minor)
            self._shelves.put_back(line.lot, 1)
            later = _after(at, rng.randint(3, 90))
            return [receipt, Refund(receipt.key, later, line, rng.choice(_REASONS))]
        return [receipt]

    def _receipt(self, at: time, lines: list[Line]) -> Receipt:
        rng = self._rng
        self._last += 1
        gross = sum(line.gross_minor for line in lines)
        by_card = PAID_BY_CARD_IF_DEAR if gross >= DEAR_MINOR else PAID_BY_CARD
        tender = "card" if rng.random() < by_card else "cash"
        rounding = 0
        if tender == "cash" and rng.random() < ROUNDED_TO_FIVE_SOM:
            rounding = -(gross % 500)
        return Receipt(self._last, at, tuple(lines), tender, rounding, demand.visitor(rng))


def _with(lines: list[Line], line: Line) -> list[Line]:
    """One more piece; two of the same lot stand on one line."""
    for number, other in enumerate(lines):
        if other.lot == line.lot:
            more = Line(line.lot, other.quantity + line.quantity, line.price_minor)
            return [*lines[:number], more, *lines[number + 1 :]]
    return [*lines, line]


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _after(at: time, minutes: int) -> time:
    return _clock(min(18 * 60 + 30, at.hour * 60 + at.minute + minutes))


def close_of_day(
    rng: Random, day: date, till: str, cashier: str, entries: Sequence[Entry], *, sent_on: date
) -> TillDay:
    """The blind count of the drawer: right on most days, a few som over or short on some."""
    cash = FLOAT_MINOR
    for entry in entries:
        if isinstance(entry, Receipt) and entry.tender == "cash":
            cash += entry.gross_minor + entry.rounding_minor
        elif isinstance(entry, Refund):
            cash -= entry.line.gross_minor
    if rng.random() < DRAWER_DIFFERS:
        cash += rng.choice((-5_000, -2_000, -1_000, -500, -300, 500, 1_000, 2_000))
    return TillDay(day, till, cashier, FLOAT_MINOR, tuple(entries), pieces_of(max(0, cash)),
                   sent_on)  # fmt: skip


def pieces_of(amount_minor: int) -> dict[int, int]:
    """How many of each note and coin make up an amount in whole som, the largest first."""
    pieces = {}
    for value in CASH:
        count, amount_minor = divmod(amount_minor, value)
        if count:
            pieces[value] = count
    return pieces
