"""What the sales of many makers say together, without saying what one of them sold. No Django."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

FEWEST_MAKERS = 5

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a receipt; what came back has a quantity below nought."""

    sale: int
    month: Month
    maker: int
    quantity: int
    unit_price_minor: int


@dataclass(frozen=True)
class Likes:
    """Sales of like goods: units net of what came back; the least price that a quarter, a half and
    three quarters of the units did not pass; units by month, None where they are not shown."""

    units: int
    receipts: int
    makers: int
    quarter_minor: int
    middle_minor: int
    three_quarters_minor: int
    months: tuple[tuple[int, int, int | None], ...]


@dataclass(frozen=True)
class TooFew:
    """Fewer than five makers sold such goods (invariant 12): nothing more is said."""


def likes_of(lines: Iterable[Line], months: Sequence[Month]) -> Likes | TooFew | None:
    """What the lines come to over these months (every line lies in one of them); None where
    nothing was sold, or all of it came back."""
    sold: dict[Month, Counter[int]] = {month: Counter() for month in months}
    prices: Counter[int] = Counter()
    receipts = set()
    for line in lines:
        sold[line.month][line.maker] += line.quantity
        prices[line.unit_price_minor] += line.quantity
        if line.quantity > 0:
            receipts.add(line.sale)
    by_maker: Counter[int] = Counter()
    for month in sold.values():
        by_maker.update(month)
    makers = {maker for maker, units in by_maker.items() if units > 0}
    prices = +prices
    if not makers or not prices:
        return None
    if len(makers) < FEWEST_MAKERS:
        return TooFew()
    shown = shown_months(sold)
    return Likes(
        units=sum(by_maker.values()),
        receipts=len(receipts),
        makers=len(makers),
        quarter_minor=price_at(prices, 1, 4),
        middle_minor=price_at(prices, 1, 2),
        three_quarters_minor=price_at(prices, 3, 4),
        months=tuple(
            (*month, sum(units.values()) if month in shown else None)
            for month, units in sold.items()
        ),
    )


def price_at(prices: Mapping[int, int], part: int, whole: int) -> int:
    """The least price that this part of the units did not pass; `prices` are units by price."""
    total = sum(prices.values())
    passed = 0
    for price in sorted(prices):
        passed += prices[price]
        if passed * whole >= total * part:
            return price
    raise ValueError("no unit was sold at any price")


def shown_months(sold: Mapping[Month, Mapping[int, int]]) -> frozenset[Month]:
    """Months whose units may be told: in each at least five makers sold, or nobody did, and so
    did at least five in those left out together, since what is left out is the whole less the rest.

    To that end the months with the fewest makers are left out too.
    """
    makers = {month: {one for one, units in by.items() if units} for month, by in sold.items()}
    shown = {month for month, who in makers.items() if not who or len(who) >= FEWEST_MAKERS}
    while True:
        hidden: dict[str, set[int]] = defaultdict(set)
        for month in makers.keys() - shown:
            hidden["makers"] |= makers[month]
        if not hidden["makers"] or len(hidden["makers"]) >= FEWEST_MAKERS:
            return frozenset(shown)
        busy = [month for month in shown if makers[month]]
        if not busy:
            return frozenset(shown)
        shown.remove(min(busy, key=lambda month: (len(makers[month]), month)))
