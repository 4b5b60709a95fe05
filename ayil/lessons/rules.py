"""Four lessons from a thing's figures, and when each keeps silent.

Under 5 sold: counts only. From 5 to 15: a range of 8 in 10, no single number. From 16: a number
with its range. Every range says what sells on a shelf that holds enough, over so many weeks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ayil.lessons.demand import Floats, Ints, sales_quantiles
from ayil.lessons.items import Goods, ItemFigures, Tally, add_up
from ayil.lessons.lesson import Action, Lesson, LessonKind, Range, Silence

FEWEST_FOR_A_RANGE = 5
FEWEST_FOR_A_NUMBER = 16
RANGE_LEVELS = (0.1, 0.9)
WEEKLY_FROM = 2  # units a week; what sells more slowly is told over the weeks to a delivery


@dataclass(frozen=True)
class Terms:
    """What a shop has agreed on: the weeks between deliveries, and when a thing is looked at.

    `service`: with what chance the shelf should last until the next delivery.
    """

    weeks: int = 4
    service: float = 0.8
    food_days: int = 60
    other_days: int = 120

    def look_after(self, goods: Goods) -> int:
        return self.food_days if goods is Goods.FOOD else self.other_days


@dataclass(frozen=True)
class _Forecast:
    """Units that sell within some days: 8 of 10 between low and high, half up to `typical`."""

    low: int
    typical: int
    high: int
    enough: int


@dataclass(frozen=True)
class _Known:
    """One item with its sums and what may be expected of it."""

    item: ItemFigures
    terms: Terms
    as_of: date
    sold: int
    open_days: int
    shelf_days: int
    empty_days: int
    is_weekly: bool
    told_weeks: _Forecast
    to_delivery: _Forecast
    while_empty: _Forecast

    @property
    def is_few(self) -> bool:
        return self.sold < FEWEST_FOR_A_RANGE

    def lesson(
        self,
        kind: LessonKind,
        figures: Mapping[str, int],
        *,
        forecast: _Forecast | None = None,
        action: Action | None = None,
        amounts: Mapping[str, int] | None = None,
        stake_units: int = 0,
    ) -> Lesson:
        told = dict(figures)
        span = None
        if forecast is not None and not self.is_few:
            span = Range(forecast.low, forecast.high)
            if self.sold >= FEWEST_FOR_A_NUMBER:
                told["typical"] = forecast.typical
        return Lesson(
            kind=kind,
            variant_id=self.item.variant_id,
            goods=self.item.kind,
            figures=told,
            range=span,
            silence=Silence.TOO_FEW_SALES if self.is_few else None,
            action=action,
            amounts=amounts or {},
            stake_minor=max(stake_units, 0) * self.item.price_minor,
            currency=self.item.currency,
        )

    def silent(self, kind: LessonKind, why: Silence) -> Lesson:
        item = self.item
        return Lesson(kind, item.variant_id, item.kind, {}, None, why, None, {}, 0, item.currency)


def lessons_for(
    items: Sequence[ItemFigures], *, as_of: date, terms: Terms | None = None
) -> list[tuple[Lesson, Lesson, Lesson, Lesson]]:
    """Sold, stock-out, next delivery and slow stock of each item, in the items' order."""
    return [
        (_sold(known), _stock_out(known), _next_delivery(known), _slow_stock(known))
        for known in _look_at(items, as_of, terms or Terms())
    ]


def _look_at(items: Sequence[ItemFigures], as_of: date, terms: Terms) -> list[_Known]:
    tally = add_up(items, as_of=as_of)
    weekly = tally.week_days * np.nan_to_num(tally.demand.rate) >= WEEKLY_FROM
    to_delivery = tally.week_days * terms.weeks
    told, coming, empty = _forecasts(
        tally,
        [np.where(weekly, tally.week_days, to_delivery), to_delivery, tally.empty_days],
        terms,
    )
    return [
        _Known(item, terms, as_of, *sums)
        for item, *sums in zip(
            items,
            tally.sold.tolist(),
            tally.open_days.tolist(),
            tally.shelf_days.tolist(),
            tally.empty_days.tolist(),
            weekly.tolist(),
            told,
            coming,
            empty,
            strict=True,
        )
    ]


def _forecasts(
    tally: Tally, horizons: Sequence[Floats | Ints], terms: Terms
) -> list[list[_Forecast]]:
    """One an item for each horizon (days); all 0 under the sales that a range needs."""
    days = np.where(tally.sold >= FEWEST_FOR_A_RANGE, np.array(horizons, dtype=np.float64), 0.0)
    levels = (RANGE_LEVELS[0], 0.5, RANGE_LEVELS[1], terms.service)
    quantiles = sales_quantiles(tally.demand, days, levels)
    return [
        [_Forecast(*four) for four in quantiles[:, number].T.tolist()]
        for number in range(len(horizons))
    ]


def _sold(known: _Known) -> Lesson:
    if not known.open_days:
        return known.silent(LessonKind.SOLD, Silence.NO_OPEN_DAYS)
    figures = {"sold": known.sold, "days": known.open_days}
    if not known.is_few:
        figures["weeks"] = 1 if known.is_weekly else known.terms.weeks
    is_there = known.item.on_shelf is None or known.item.on_shelf > 0
    action = Action.KEEP_ON_SHELF if is_there else Action.BRING_A_FEW
    if known.is_few and is_there:
        action = Action.ASK_VISITORS
    return known.lesson(
        LessonKind.SOLD,
        figures,
        forecast=known.told_weeks,
        action=action,
        stake_units=known.sold,
    )


def _stock_out(known: _Known) -> Lesson:
    kind = LessonKind.STOCK_OUT
    if not known.open_days:
        return known.silent(kind, Silence.NO_OPEN_DAYS)
    if known.item.in_stock is None:
        return known.silent(kind, Silence.STOCK_UNKNOWN)
    if not known.shelf_days:
        return known.silent(kind, Silence.NEVER_ON_SHELF)
    if not known.empty_days:
        return known.silent(kind, Silence.NEVER_EMPTY)
    figures = {"sold": known.sold, "days": known.open_days, "empty_days": known.empty_days}
    action, amounts = _what_to_bring(known)
    return known.lesson(
        kind,
        figures | _shelf(known),
        forecast=known.while_empty,
        action=action,
        amounts=amounts,
        stake_units=known.while_empty.typical,
    )


def _next_delivery(known: _Known) -> Lesson:
    kind = LessonKind.NEXT_DELIVERY
    if not known.open_days:
        return known.silent(kind, Silence.NO_OPEN_DAYS)
    if not known.shelf_days:
        return known.silent(kind, Silence.NEVER_ON_SHELF)
    days = "shelf_days" if known.item.in_stock is not None else "days"
    figures = {"sold": known.sold, days: known.shelf_days} | _shelf(known)
    if not known.is_few:
        figures["weeks"] = known.terms.weeks
    action, amounts = _what_to_bring(known)
    return known.lesson(
        kind,
        figures,
        forecast=known.to_delivery,
        action=action,
        amounts=amounts,
        stake_units=amounts.get("units", amounts.get("units_high", 0)),
    )


def _slow_stock(known: _Known) -> Lesson:
    kind, item = LessonKind.SLOW_STOCK, known.item
    if item.on_shelf is None or (item.on_shelf > 0 and item.shelf_since is None):
        return known.silent(kind, Silence.STOCK_UNKNOWN)
    if item.on_shelf <= 0 or item.shelf_since is None:
        return known.silent(kind, Silence.NOTHING_ON_SHELF)
    if not known.open_days:
        return known.silent(kind, Silence.NO_OPEN_DAYS)
    age_days = (known.as_of - item.shelf_since).days
    if age_days < known.terms.look_after(item.kind):
        return known.silent(kind, Silence.STILL_FRESH)
    if known.sold >= FEWEST_FOR_A_NUMBER and known.to_delivery.low >= item.on_shelf:
        return known.silent(kind, Silence.SELLS_THROUGH)
    figures = {"sold": known.sold, "days": known.open_days, "age_days": age_days}
    if not known.is_few:
        figures["weeks"] = known.terms.weeks
    return known.lesson(
        kind,
        figures | _shelf(known),
        forecast=known.to_delivery,
        action=Action.CHANGE_ONE_THING,
        stake_units=item.on_shelf,
    )


def _shelf(known: _Known) -> dict[str, int]:
    return {} if known.item.on_shelf is None else {"on_shelf": known.item.on_shelf}


def _what_to_bring(known: _Known) -> tuple[Action, dict[str, int]]:
    """Enough to last to the next delivery, less what stands there; never below 0.

    A thing that has not shown itself needs a test: enough on the shelf to tell, and no more.
    """
    there = max(known.item.on_shelf or 0, 0)
    if known.is_few:
        can_tell = known.sold + there >= FEWEST_FOR_A_RANGE
        return (Action.WAIT if can_tell else Action.BRING_A_FEW), {}
    ahead = known.to_delivery
    if known.sold >= FEWEST_FOR_A_NUMBER:
        units = max(ahead.enough - there, 0)
        return (Action.BRING, {"units": units}) if units else (Action.WAIT, {})
    low, high = max(ahead.low - there, 0), max(ahead.high - there, 0)
    if not high:
        return Action.WAIT, {}
    return Action.BRING, {"units_low": low, "units_high": high}
