"""What equal shares buys with: the voters' money by group, and what each kind of option costs.

Money is counted in whole numbers over one common denominator, so nothing is rounded. Prices only
rise while money is spent, so that a kind is priced anew only when its last price is the least.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import gcd, lcm
from typing import Generic, Literal, TypeAlias

from ayil.decisions.rules.profile import Option, Votes, in_natural_order, utilities
from ayil.decisions.rules.selection import Kinds, Step, Taken, Why, alike

Utility = Literal["cost", "unit"]

Supporters: TypeAlias = tuple[tuple[int, int, int], ...]
"""Voters who say the same: the number of their group, how many, what it is worth to each."""


@dataclass(frozen=True)
class Purse(Generic[Option]):
    """What can be bought with the shares, by kind: what one costs and who supports it.

    Utilities are whole numbers, `scale` times what was said; `alike` is what a kind is worth to
    each of its supporters, or None where it is not worth the same to all. `priority` is the lot's,
    by kind.
    """

    voters: int
    groups: int
    kinds: Kinds[Option]
    costs: tuple[int, ...]
    points: tuple[Fraction, ...]
    supporters: tuple[Supporters, ...]
    alike: tuple[int | None, ...]
    unsupported: tuple[tuple[Option, int], ...]
    scale: int
    priority: Mapping[int, int]

    def cost(self, taken: Taken) -> int:
        return sum(number * cost for number, cost in zip(taken, self.costs, strict=True))

    def is_exhausted(self, taken: Taken, budget: int) -> bool:
        """Whether nothing else that anybody supports still fits."""
        left = budget - self.cost(taken)
        everything = zip(self.kinds, taken, self.costs, strict=True)
        return all(cost > left for kind, number, cost in everything if number < len(kind))

    def step(self, kind: int, option: Option, why: Why, price: Fraction | None) -> Step[Option]:
        """A line of the count about an option of this kind."""
        return Step(option, self.costs[kind], self.points[kind], why, price)


def purse_of(
    votes: Votes[Option],
    costs: Mapping[Option, int],
    utility: Utility,
    lot: Sequence[Option],
) -> Purse[Option]:
    """Sorts what is voted for into kinds; what the lot names stands alone."""
    groups = utilities(votes)
    scale = lcm(*(points.denominator for _n, worth in groups for points in worth.values()))
    worths = {option: cost or 1 if utility == "cost" else 1 for option, cost in costs.items()}
    supporters: dict[Option, list[tuple[int, int, int]]] = {option: [] for option in costs}
    points: dict[Option, Fraction] = dict.fromkeys(costs, Fraction(0))
    for number, (ballots, worth) in enumerate(groups):
        for option, each in worth.items():
            supporters[option].append((number, ballots, int(each * scale) * worths[option]))
            points[option] += ballots * each
    marks = {option: (costs[option], tuple(own)) for option, own in supporters.items() if own}
    kinds = alike(marks, lot)
    unsupported = in_natural_order(option for option in costs if not supporters[option])
    return Purse(
        voters=sum(ballots for ballots, _worth in groups),
        groups=len(groups),
        kinds=kinds,
        costs=tuple(costs[kind[0]] for kind in kinds),
        points=tuple(points[kind[0]] for kind in kinds),
        supporters=tuple(tuple(supporters[kind[0]]) for kind in kinds),
        alike=tuple(_one_utility(supporters[kind[0]]) for kind in kinds),
        unsupported=tuple((option, costs[option]) for option in unsupported),
        scale=scale,
        priority={n: lot.index(kind[0]) for n, kind in enumerate(kinds) if kind[0] in lot},
    )


def _one_utility(supporters: Sequence[tuple[int, int, int]]) -> int | None:
    utilities_of_all = {utility for _group, _n, utility in supporters}
    return utilities_of_all.pop() if len(utilities_of_all) == 1 else None


@dataclass(slots=True)
class Hands:
    """What voters still hold, by group, in parts of a `unit`-th, and what is still to be had.

    `prices` is a heap of the last known price of each kind that may yet be bought.
    """

    money: list[int]
    unit: int
    left: list[int]
    prices: list[tuple[Fraction, int]]

    def copy(self) -> "Hands":
        return Hands(list(self.money), self.unit, list(self.left), list(self.prices))

    def key(self) -> tuple[int, ...]:
        """The same for all ways that lead to the same."""
        common = gcd(self.unit, *self.money)
        return (*self.left, self.unit // common, *(amount // common for amount in self.money))


def opened(purse: Purse[Option], share: Fraction) -> Hands:
    """Everybody holds a share, and nothing is bought."""
    prices = [
        (Fraction(cost, sum(n * utility for _group, n, utility in supporters)), kind)
        for kind, (cost, supporters) in enumerate(zip(purse.costs, purse.supporters, strict=True))
    ]
    heapify(prices)
    left = [len(kind) for kind in purse.kinds]
    return Hands([share.numerator] * purse.groups, share.denominator, left, prices)


def taken_of(purse: Purse[Option], hands: Hands) -> Taken:
    return tuple(len(kind) - left for kind, left in zip(purse.kinds, hands.left, strict=True))


def buy_while_clear(purse: Purse[Option], hands: Hands) -> tuple[Fraction, list[int]]:
    """Buys until several are equal (their price, and which), or nothing more can be paid."""
    while True:
        price, equal = to_decide(purse, hands)
        if len(equal) != 1:
            return price, equal
        buy(purse, hands, equal[0], price)


def _cheapest(purse: Purse[Option], hands: Hands) -> tuple[Fraction, list[int]]:
    """The least price, and the kinds that have it; none where nothing can be paid."""
    priced: list[tuple[Fraction, int]] = []
    least = None
    heap = hands.prices
    while heap and (least is None or heap[0][0] <= least):
        _last, kind = heappop(heap)
        price = price_of(purse, hands, kind) if hands.left[kind] else None
        if price is not None:
            priced.append((price, kind))
            least = price if least is None else min(least, price)
    for entry in priced:
        heappush(heap, entry)
    return least or Fraction(0), sorted(kind for price, kind in priced if price == least)


def to_decide(purse: Purse[Option], hands: Hands) -> tuple[Fraction, list[int]]:
    """The least price, and the kinds between which a choice must be made now; none at the end.

    Of equal kinds the lot's first comes first. Without a lot it is enough to ask for one kind
    whether it is bought, or another that shares a voter with it: those that share none do not
    touch each other, and one that can still be bought at this price after another could as well
    have been bought before it.
    """
    price, cheapest = _cheapest(purse, hands)
    named = [kind for kind in cheapest if kind in purse.priority]
    if named or len(cheapest) < 2:
        return price, [min(named, key=purse.priority.__getitem__)] if named else cheapest
    holders = {kind: _holders(purse, hands, kind) for kind in cheapest}
    near = (
        [other for other in cheapest if other == kind or holders[other] & holders[kind]]
        for kind in cheapest
    )
    return price, min(near, key=len)


def _holders(purse: Purse[Option], hands: Hands, kind: int) -> set[int]:
    return {group for group, _n, _utility in purse.supporters[kind] if hands.money[group]}


def price_of(purse: Purse[Option], hands: Hands, kind: int) -> Fraction | None:
    """The least price per unit of utility at which one of this kind can be paid, or None."""
    money, supporters = hands.money, purse.supporters[kind]
    cost = purse.costs[kind] * hands.unit
    utility = purse.alike[kind]
    if utility is None:
        return _price_by_worth(
            cost, [(money[g], n, worth) for g, n, worth in supporters], hands.unit
        )
    held: dict[int, int] = {}
    for group, voters, _utility in supporters:
        held[money[group]] = held.get(money[group], 0) + voters
    payers = sum(held.values())
    for amount in sorted(held):
        if amount * payers >= cost:
            return Fraction(cost, payers * utility * hands.unit)
        cost -= amount * held[amount]
        payers -= held[amount]
    return None


def _price_by_worth(cost: int, rich: Sequence[tuple[int, int, int]], unit: int) -> Fraction | None:
    """The same where an option is worth more to some: money, voters, utility of each group."""
    if sum(amount * voters for amount, voters, _utility in rich) < cost:
        return None
    worth = sum(voters * utility for _amount, voters, utility in rich)
    while poor := [entry for entry in rich if entry[0] * worth < cost * entry[2]]:
        rich = [entry for entry in rich if entry[0] * worth >= cost * entry[2]]
        cost -= sum(amount * voters for amount, voters, _utility in poor)
        worth -= sum(voters * utility for _amount, voters, utility in poor)
    return Fraction(cost, worth * unit)


def buy(purse: Purse[Option], hands: Hands, kind: int, price: Fraction) -> None:
    """One of this kind is bought: each supporter gives the price of its utility, or all it has."""
    unit = lcm(hands.unit, price.denominator)
    if unit != hands.unit:
        factor = unit // hands.unit
        hands.money = [amount * factor for amount in hands.money]
        hands.unit = unit
    each = price.numerator * (unit // price.denominator)
    for group, _n, utility in purse.supporters[kind]:
        hands.money[group] = max(0, hands.money[group] - each * utility)
    hands.left[kind] -= 1
