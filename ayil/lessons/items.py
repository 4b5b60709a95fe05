"""What the lessons are made from: the figures of one thing in one shop, and their sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from ayil.lessons import demand
from ayil.lessons.demand import Bools, Demand, Floats, Ints

Days = npt.NDArray[np.datetime64]
VariantId = int | str


class Goods(StrEnum):
    FOOD = "food"
    CRAFT = "craft"
    OTHER = "other"


@dataclass(frozen=True, eq=False)
class ItemFigures:
    """One variant of one producer at one shop, over a window of days.

    `days` (datetime64[D], ascending) are the days of the window on which the shop was open, none
    before the first lot was accepted. `units` (int64, aligned) is what sold that day less what
    came back. `in_stock` (bool, aligned) says whether some stood there at some moment of that
    day; None if that is not known. `on_shelf` is the units there now (below 0 where more was sold
    than booked), None if not known; `shelf_since` the day on which the oldest unsold lot was
    accepted. `price_minor` is today's price in minor units of `currency`.
    """

    variant_id: VariantId
    days: Days
    units: Ints
    in_stock: Bools | None
    on_shelf: int | None
    shelf_since: date | None
    kind: Goods
    price_minor: int
    currency: str

    def __post_init__(self) -> None:
        if len(self.units) != len(self.days):
            raise ValueError(f"{self._name}: {len(self.units)} sums for {len(self.days)} days")
        if self.in_stock is not None and len(self.in_stock) != len(self.days):
            raise ValueError(f"{self._name}: {len(self.in_stock)} marks for {len(self.days)} days")
        if len(self.days) > 1 and not (self.days[1:] > self.days[:-1]).all():
            raise ValueError(f"{self._name}: its days must ascend, each once")

    @property
    def _name(self) -> str:
        return f"variant {self.variant_id}"


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums of n things, each of shape (n,).

    `sold`: net units. `open_days`: days on which the shop was open. `shelf_days`: those on which
    it could be bought. `empty_days`: those on which it could not. `week_days`: open days in seven
    calendar days, between 1 and 7. `demand`: what is believed of the rate a shelf day.
    """

    sold: Ints
    open_days: Ints
    shelf_days: Ints
    empty_days: Ints
    week_days: Floats
    demand: Demand


def take_back_refunds(units: Ints) -> Ints:
    """Units sold a day that stayed sold: none below 0.

    A refund undoes the latest sales before it. What was sold before the window began, and only
    came back in it, is left out: it says nothing of the window's days.
    """
    from_here = np.cumsum(units[::-1])
    stayed = np.maximum.accumulate(np.maximum(from_here, 0))
    net: Ints = np.diff(stayed, prepend=0)[::-1]
    return net


def add_up(items: Sequence[ItemFigures], *, as_of: date) -> Tally:
    """Sums and demand of all items at once; the days of the items may differ."""
    starts, days, units, there = _laid_end_to_end(items)
    sold = np.add.reduceat(units, starts) if len(items) else units[:0]
    open_days = np.array([len(item.days) for item in items], dtype=np.int64)
    shelf_days = np.add.reduceat(there, starts, dtype=np.int64) if len(items) else units[:0]
    today = np.datetime64(as_of, "D")
    weights = demand.age_weights(np.maximum((today - days).astype(np.int64), 0)) * there
    return Tally(
        sold=sold,
        open_days=open_days,
        shelf_days=shelf_days,
        empty_days=open_days - shelf_days,
        week_days=_week_days(days[starts], today, open_days),
        demand=demand.learn(units, weights, starts),
    )


def _laid_end_to_end(items: Sequence[ItemFigures]) -> tuple[Ints, Days, Ints, Bools]:
    """Starts, days, units and whether it was there; an item without a day gets one that is void."""
    starts = np.zeros(len(items), dtype=np.int64)
    days: list[Days] = [np.zeros(0, dtype="datetime64[D]")]
    units: list[Ints] = [np.zeros(0, dtype=np.int64)]
    there: list[Bools] = [np.zeros(0, dtype=np.bool_)]
    at = 0
    for number, item in enumerate(items):
        starts[number] = at
        if len(item.days) == 0:
            days.append(np.zeros(1, dtype="datetime64[D]"))
            units.append(np.zeros(1, dtype=np.int64))
            there.append(np.zeros(1, dtype=np.bool_))
            at += 1
            continue
        net = take_back_refunds(item.units) if item.units.min() < 0 else item.units
        days.append(item.days)
        units.append(net)
        there.append(_could_be_bought(item, net))
        at += len(item.days)
    return starts, np.concatenate(days), np.concatenate(units), np.concatenate(there)


def _could_be_bought(item: ItemFigures, net: Ints) -> Bools:
    """A day of a sale had stock, booked or not. Unknown stock: every day from the first sale on."""
    if item.in_stock is not None:
        return item.in_stock | (net > 0)
    if not net.any():
        return np.ones(len(net), dtype=np.bool_)
    return np.arange(len(net)) >= int(np.argmax(net > 0))


def _week_days(first: Days, today: np.datetime64, open_days: Ints) -> Floats:
    calendar = np.maximum((today - first).astype(np.int64) + 1, 1)
    days: Floats = np.clip(7.0 * open_days / calendar, 1.0, 7.0)
    return days
