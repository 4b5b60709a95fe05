"""A season of trade, sold through a till: what the lessons are read from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from ayil.consignment.models import Lot
from tests.cast import DAY, Cast

Day = int  # days after the cast's first one


def day(number: Day) -> date:
    return DAY + timedelta(days=number)


def at(number: Day) -> datetime:
    return datetime(2012, 7, 2, 12, 0, tzinfo=UTC) + timedelta(days=number)


def sell(cast: Cast, lot: Lot, units: Mapping[Day, int], *, price_minor: int = 45_000) -> None:
    """One receipt a day; the till is switched to that day."""
    raw = []
    for number, sold in sorted(units.items()):
        cast.till.day = day(number)
        cast.till.shift = f"{day(number).isoformat()}/1"
        raw.append(cast.till.sale((lot, sold, price_minor)))
    answer = cast.till.send(*raw, at=at(max(units)))
    if answer.exceptions:
        raise RuntimeError(f"the till's sales were not taken: {answer.exceptions}")
