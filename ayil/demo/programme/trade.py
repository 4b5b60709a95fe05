"""A span of trade, day by day: deliveries, sales at two tills, counts, losses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ayil.demo.programme import demand
from ayil.demo.programme.counter import Counter, close_of_day
from ayil.demo.programme.records import (
    Cast,
    Delivery,
    Loss,
    PriceChange,
    TillDay,
    Trade,
)
from ayil.demo.programme.shelves import Shelves, bring, monthly_count

FIRST = date(2012, 6, 1)
LAST = date(2013, 5, 31)
SMALL_LAST = date(2012, 7, 14)
SMALL_SHARE = 0.35  # four villages' goods draw so much of the shop's visitors (E)
FIRST_TILL, SECOND_TILL = "karakol-1", "karakol-2"
SECOND_TILL_MONTHS = range(6, 10)
CASHIERS = {FIRST_TILL: "clerk", SECOND_TILL: "second-clerk"}
# The second till loses its line for two weeks, over the end of a month.
OFFLINE = (date(2012, 7, 20), date(2012, 8, 3))
SMALL_OFFLINE = (date(2012, 6, 22), date(2012, 7, 6))
_SETTING_UP = timedelta(days=3)
_PRICE_CHANGES = ((date(2012, 9, 4), 5), (date(2012, 11, 20), 4), (date(2013, 3, 5), 5))


@dataclass(frozen=True)
class Span:
    """The days of the plan, and when the second till was not heard."""

    first: date
    last: date
    offline: tuple[date, date]
    share: float

    def sent_on(self, till: str, day: date) -> date:
        gone, back = self.offline
        return back if till == SECOND_TILL and gone <= day < back else day


def span(*, small: bool) -> Span:
    if small:
        return Span(FIRST, SMALL_LAST, SMALL_OFFLINE, SMALL_SHARE)
    return Span(FIRST, LAST, OFFLINE, 1.0)


def trade(rng: Random, cast: Cast, begins: Mapping[str, date], *, small: bool) -> Trade:
    """`begins`: the first day on which an owner brings goods; at opening where none is given."""
    days = span(small=small)
    shelves, prices = Shelves(), {key: form.price_minor for key, (_g, form) in cast.forms.items()}
    counter = Counter(rng, cast, shelves, prices)
    visits = _Visits(rng, cast, begins, days)
    crafts = frozenset(key for key, (good, _f) in cast.forms.items() if good.kind == "craft")
    changes = [] if small else _price_changes(rng, cast)
    deliveries: list[Delivery] = []
    losses: list[Loss] = []
    till_days: list[TillDay] = []
    base = demand.receipts_a_day_at_index_one() * days.share
    opened = set(demand.open_days(days.first, days.last))
    for offset in range(-_SETTING_UP.days, (days.last - days.first).days + 1):
        day = days.first + timedelta(days=offset)
        prices.update((c.variant, c.price_minor) for c in changes if c.on == day)
        for owner, rhythm in visits.on(day):
            brought = bring(rng, cast, shelves, owner, day, rhythm_days=rhythm)
            if brought is not None:
                shelves.accept(brought, crafts=crafts)
                deliveries.append(brought)
        if day in opened:
            till_days += _sell(rng, counter, days, day, base)
        if _is_last_of_month(day) and day >= days.first:
            losses += monthly_count(rng, shelves, day)
    return Trade(days.first, days.last, tuple(deliveries), tuple(changes), tuple(losses),
                 tuple(till_days))  # fmt: skip


def _sell(rng: Random, counter: Counter, days: Span, day: date, base: float) -> list[TillDay]:
    tills = [FIRST_TILL]
    if day.month in SECOND_TILL_MONTHS:
        tills.append(SECOND_TILL)
    comers = demand.poisson(rng, base * demand.MONTH_INDEX[day.month - 1])
    entries = counter.entries_of(day, tills, comers)
    return [
        close_of_day(rng, day, till, CASHIERS[till], entries[till], sent_on=days.sent_on(till, day))
        for till in tills
    ]


class _Visits:
    """Each owner comes in a rhythm of their own, between two and five weeks (E)."""

    def __init__(self, rng: Random, cast: Cast, begins: Mapping[str, date], days: Span) -> None:
        opening = days.first - _SETTING_UP
        self._rhythm = {owner: rng.randint(14, 35) for owner in cast.owners}
        self._next = {
            owner: max(begins.get(owner, opening), opening) + timedelta(days=rng.randint(0, 2))
            for owner in cast.owners
        }

    def on(self, day: date) -> list[tuple[str, int]]:
        coming = [owner for owner, when in self._next.items() if when == day]
        for owner in coming:
            self._next[owner] = day + timedelta(days=self._rhythm[owner])
        return [(owner, self._rhythm[owner]) for owner in coming]


def _price_changes(rng: Random, cast: Cast) -> list[PriceChange]:
    changes = []
    variants = sorted(key for key, (_g, form) in cast.forms.items() if form.price_minor < 100_000)
    chosen = rng.sample(variants, sum(count for _day, count in _PRICE_CHANGES))
    for day, count in _PRICE_CHANGES:
        for _ in range(count):
            variant = chosen.pop()
            price = cast.forms[variant][1].price_minor
            changes.append(PriceChange(day, variant, price + rng.choice((-1_000, 1_000, 2_000))))
    return changes


def _is_last_of_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
