"""The shares that are tried one after another, and how many of them need not be.

With a fine unit or few voters thousands of shares buy the same. As long as nothing changes in what
is bought, in its order and in who pays with all that is left, every amount is a straight line over
the share; so one count tells how high the share may rise before anything can change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Generic

from ayil.decisions.rules.profile import Option
from ayil.decisions.rules.purse import Purse, Supporters

PATIENCE = 20  # shares that buy the same, before it is asked how long that will last


@dataclass(frozen=True, slots=True)
class Ladder:
    """The first share, then `start` and so much more at every step."""

    first: Fraction
    start: Fraction
    rise: Fraction

    def share(self, step: int) -> Fraction:
        return self.start + step * self.rise if step else self.first

    def step_of(self, share: Fraction) -> int:
        """The first step that is not below this share."""
        return ceil((share - self.start) / self.rise)


def by_percent(first: Fraction) -> Ladder:
    """A hundredth of the first share more at every step."""
    return Ladder(first, first, first / 100)


def by_units(first: Fraction, unit: int) -> Ladder:
    """To the next whole unit, then by one."""
    return Ladder(first, Fraction(first // unit * unit), Fraction(unit))


@dataclass(frozen=True, slots=True)
class Line:
    """An amount now, and how much more it is when everybody's share is one more."""

    value: Fraction
    slope: Fraction

    def less(self, other: "Line", times: int = 1) -> "Line":
        return Line(self.value - times * other.value, self.slope - times * other.slope)


@dataclass(slots=True)
class Limit:
    """How much the share may rise before something that holds can change; None for any height."""

    rise: Fraction | None = None

    def keep(self, line: Line) -> None:
        """This amount is not below zero, and must not fall below."""
        if line.slope < 0:
            rise = line.value / -line.slope
            self.rise = rise if self.rise is None else min(self.rise, rise)


@dataclass(frozen=True, slots=True)
class Offer:
    """The price of a kind, who pays it, and who gives all that is left to them."""

    kind: int
    price: Line
    rich: Sequence[tuple[int, int, int]]
    poor: Sequence[tuple[int, int, int]]


def holds_below(purse: Purse[Option], share: Fraction) -> Fraction | None:
    """With any share from this one to below the answer the same is bought; None is for ever.

    The share itself where equal options would have to be followed.
    """
    limit = Limit()
    money = [Line(share, Fraction(1))] * purse.groups
    left = [len(kind) for kind in purse.kinds]
    while offers := list(_offers(purse, money, left, limit)):
        best = min(offers, key=lambda offer: offer.price.value)
        equal = [offer for offer in offers if offer.price.value == best.price.value]
        if len(equal) > 1 or limit.rise == 0:
            return share
        for offer in offers:
            limit.keep(offer.price.less(best.price))
        for group, _n, _utility in best.poor:
            money[group] = Line(Fraction(0), Fraction(0))
        for group, _n, utility in best.rich:
            money[group] = money[group].less(best.price, utility)
        left[best.kind] -= 1
    return None if limit.rise is None else share + limit.rise


def _offers(
    purse: Purse[Option], money: Sequence[Line], left: Sequence[int], limit: Limit
) -> Iterator[Offer]:
    """What can be paid, each at its price; the limit is where one more could, or one less."""
    for kind, supporters in enumerate(purse.supporters):
        if not left[kind]:
            continue
        held = _held(supporters, money)
        cost = Line(Fraction(purse.costs[kind]), Fraction(0))
        if held.value < cost.value:
            limit.keep(cost.less(held))
        else:
            limit.keep(held.less(cost))
            yield _offer(kind, cost, supporters, money, limit)


def _held(supporters: Sequence[tuple[int, int, int]], money: Sequence[Line]) -> Line:
    """What they have together."""
    value = sum((n * money[group].value for group, n, _utility in supporters), Fraction(0))
    slope = sum((n * money[group].slope for group, n, _utility in supporters), Fraction(0))
    return Line(value, slope)


def _offer(
    kind: int, cost: Line, supporters: Supporters, money: Sequence[Line], limit: Limit
) -> Offer:
    """The least price, as in `price_of`; the limit is where somebody else could pay all or not."""
    rich, poor = list(supporters), list[tuple[int, int, int]]()
    while True:
        rest = cost.less(_held(poor, money))
        worth = sum(n * utility for _group, n, utility in rich)
        price = Line(rest.value / worth, rest.slope / worth)
        unable = [entry for entry in rich if money[entry[0]].value < price.value * entry[2]]
        if not unable:
            break
        rich = [entry for entry in rich if money[entry[0]].value >= price.value * entry[2]]
        poor += unable
    for group, _n, utility in rich:
        limit.keep(money[group].less(price, utility))
    for group, _n, utility in poor:
        limit.keep(Line(price.value * utility, price.slope * utility).less(money[group]))
    return Offer(kind, price, rich, poor)


@dataclass(slots=True)
class Climb(Generic[Option]):
    """Goes up the ladder, past the steps that cannot buy anything else."""

    purse: Purse[Option]
    ladder: Ladder
    step: int = 0
    patience: int = PATIENCE
    same: int = 0

    def next_step(self, is_same: bool) -> None:
        """One step up, or as many as buy the same; asked again later where that is not worth it."""
        self.same = self.same + 1 if is_same else 0
        if self.same < self.patience:
            self.step += 1
            return
        until = holds_below(self.purse, self.ladder.share(self.step))
        last = self.ladder.step_of(until) if until is not None else self.step
        if last - self.step < self.patience:
            self.patience *= 2
        self.step = max(self.step + 1, last)
        self.same = 0
