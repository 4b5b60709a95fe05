"""How many come, and what they ask for: all of it estimated (E), month by month."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import exp
from random import Random

MONTH_INDEX = (0.40, 0.40, 0.55, 0.60, 0.90, 1.35, 2.20, 2.30, 1.35, 0.75, 0.50, 0.70)
RECEIPTS_A_YEAR = 3_400
LEAVE_WITHOUT = 0.055  # of those who come: what they asked for was not there
SEASONS = {
    "even": (1.0,) * 12,
    "tourist": (0.6, 0.6, 0.6, 0.7, 0.9, 1.2, 1.4, 1.4, 1.1, 0.8, 0.7, 0.9),
    "autumn": (1.2, 1.0, 0.9, 0.8, 0.7, 0.7, 0.8, 1.1, 1.6, 1.6, 1.4, 1.4),
    "winter": (2.2, 2.0, 1.2, 0.6, 0.4, 0.4, 0.4, 0.5, 0.9, 1.6, 2.0, 2.4),
}
_MONDAY = 0
_CLOSED = {(12, 31), (1, 1), (1, 2), (3, 21), (5, 9), (8, 31)}
# Of a hundred receipts, how many hold one unit, two, three, four.
_UNITS = (1, 2, 3, 4)
_UNITS_SHARE = (0.745, 0.180, 0.051, 0.024)
_ORIGINS = (("foreign", "en", 0.35), ("visitor", "ru", 0.45), ("local", "ky", 0.20))
ANSWERS = 0.08


def open_days(first: date, last: date) -> Iterator[date]:
    """The shop rests on Mondays and on a few holidays."""
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day.weekday() != _MONDAY and (day.month, day.day) not in _CLOSED:
            yield day


def receipts_a_day_at_index_one() -> float:
    """So that a year comes to RECEIPTS_A_YEAR (E)."""
    year = open_days(date(2012, 6, 1), date(2013, 5, 31))
    return RECEIPTS_A_YEAR / (1 - LEAVE_WITHOUT) / sum(MONTH_INDEX[day.month - 1] for day in year)


def poisson(rng: Random, mean: float) -> int:
    """Knuth's method: multiplies uniforms until they fall under exp(-mean); for small means."""
    limit, product, count = exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def units_wanted(rng: Random) -> int:
    return rng.choices(_UNITS, _UNITS_SHARE)[0]


def pull_in(pull: float, season: str, day: date) -> float:
    return pull * SEASONS[season][day.month - 1]


def visitor(rng: Random) -> tuple[str, str] | None:
    """Origin and language of the few who answer the clerk's question."""
    if rng.random() >= ANSWERS:
        return None
    origin, language, _share = rng.choices(_ORIGINS, [share for *_rest, share in _ORIGINS])[0]
    return origin, language
