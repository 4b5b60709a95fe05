"""The method of equal shares, exact.

Dominik Peters, Grzegorz Pierczyński, Piotr Skowron, "Proportional Participatory Budgeting with
Additive Utilities", NeurIPS 2021. The budget is divided among all voters. An option is bought by
its supporters, at the least price per unit of utility at which their shares pay for it, each
giving that price or all that is left; the option with the least price is bought first.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from ayil.decisions.rules.ladder import Climb, Ladder, by_percent, by_units
from ayil.decisions.rules.profile import Option, Votes
from ayil.decisions.rules.purse import (
    Purse,
    Utility,
    buy,
    buy_while_clear,
    opened,
    purse_of,
    taken_of,
    to_decide,
)
from ayil.decisions.rules.selection import (
    MOST_STATES,
    Selection,
    Step,
    Taken,
    TooManyTies,
    Why,
    check_amounts,
    selection,
    undecided,
)

MOST_WAYS = 1_000  # through the equal options at one share

Completion = Literal["add1", "percent", "none"]


def equal_shares(
    votes: Votes[Option],
    costs: Mapping[Option, int],
    budget: int,
    *,
    utility: Utility = "cost",
    completion: Completion = "percent",
    unit: int = 1,
    lot: Sequence[Option] = (),
) -> Selection[Option]:
    """Chooses options that cost at most `budget`, all amounts in one whole unit.

    `utility` is what an approved option is worth to a voter: its cost, or one for each; points
    multiply it. Shares may leave money over. `completion` raises the shares until what is bought
    would cost more than the budget, and takes the last outcome that does not; it stops before
    that where nothing else that anybody supports still fits. `percent` raises by a hundredth of
    the first share, `add1` to the next whole `unit` and then by one. A voter who approves nothing
    has a share and spends nothing.

    Where options are equal, every way is followed, at every height of the shares, and what depends
    on it is reported as tied; `lot` is an order drawn by hand in public, used there and nowhere
    else. Where there are more than a thousand such ways at one share, everything that is supported
    is reported as tied.
    ValueError for a vote for an unknown option, or an amount below zero.
    """
    check_amounts(votes, costs, budget)
    purse = purse_of(votes, costs, utility, lot)
    first = Fraction(budget, max(purse.voters, 1))
    ladder = by_percent(first) if completion == "percent" else by_units(first, unit)
    try:
        if completion == "none":
            outcomes = dict.fromkeys(bought_with(purse, first)[0], first)
        else:
            outcomes = _complete(purse, ladder, budget)
    except TooManyTies:
        return undecided(purse.kinds, budget)
    share = min(outcomes.values()) if len(set(outcomes.values())) == 1 else None
    decided = len(outcomes) == 1
    steps = tuple(_steps(purse, share, decided=decided)) if share is not None else ()
    return selection(purse.kinds, outcomes, costs, budget, steps=steps, share=share)


def _complete(purse: Purse[Option], ladder: Ladder, budget: int) -> dict[Taken, Fraction]:
    """All outcomes, each with the share at which it comes about.

    Equal options are followed at every share anew. Where one way would cost more than the budget,
    what any way had come to before may stand.
    """
    climb = Climb(purse, ladder)
    ways = 0
    final: dict[Taken, Fraction] = {}
    before: dict[Taken, Fraction] = {}
    while True:
        share = ladder.share(climb.step)
        found, followed = bought_with(purse, share)
        ways += followed
        if ways > MOST_STATES:
            raise TooManyTies
        good = {taken: share for taken in found if purse.cost(taken) <= budget}
        if len(good) < len(found):
            final |= before
        done = {taken: share for taken in good if purse.is_exhausted(taken, budget)}
        final |= done
        still = {taken: share for taken in good if taken not in done}
        if not still:
            return final
        climb.next_step(is_same=still.keys() == before.keys())
        before = dict.fromkeys(still, ladder.share(climb.step - 1))


def bought_with(purse: Purse[Option], share: Fraction) -> tuple[set[Taken], int]:
    """All that may be bought with this share, and how many ways had to be followed."""
    outcomes: set[Taken] = set()
    seen: set[tuple[int, ...]] = set()
    ways = [opened(purse, share)]
    while ways:
        hands = ways.pop()
        price, equal = buy_while_clear(purse, hands)
        if not equal:
            outcomes.add(taken_of(purse, hands))
            continue
        key = hands.key()
        if key in seen:
            continue
        seen.add(key)
        if len(seen) > MOST_WAYS:
            raise TooManyTies
        for kind in equal:
            way = hands.copy()
            buy(purse, way, kind, price)
            ways.append(way)
    return outcomes, len(seen)


def _steps(purse: Purse[Option], share: Fraction, *, decided: bool) -> Iterator[Step[Option]]:
    """What is bought with this share in its order, to where only a lot can decide; then the rest.

    Of a kind that is bought in part, nobody but the lot knows which members are.
    """
    hands = opened(purse, share)
    bought: list[tuple[int, Fraction]] = []
    equal: list[int] = []
    while True:
        price, equal = to_decide(purse, hands)
        if not equal or (len(equal) > 1 and not decided):
            break
        bought.append((equal[0], price))
        buy(purse, hands, equal[0], price)
    members = [iter(kind) for kind in purse.kinds]
    for kind, price in bought:
        if not hands.left[kind]:
            yield purse.step(kind, next(members[kind]), Why.CHOSEN, price * purse.scale)
    rest = Why.UNAFFORDABLE if decided else Why.AFTER_THE_END
    for kind, left in enumerate(hands.left):
        is_open = kind in equal or 0 < left < len(purse.kinds[kind])
        for option in purse.kinds[kind] if left else ():
            yield purse.step(kind, option, Why.TIED if is_open else rest, None)
    for option, cost in purse.unsupported:
        yield Step(option, cost, Fraction(0), Why.UNSUPPORTED)
