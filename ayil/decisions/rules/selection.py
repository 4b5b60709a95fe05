"""What a rule that chooses several options came to, and what only a lot can decide.

Options that voters and costs cannot tell apart are one *kind*. A rule gives its possible outcomes
as how many of each kind are taken; which members of a kind these are, and which outcome comes
about where there are several, is for the lot.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import combinations, product
from math import comb, prod
from typing import Generic, TypeAlias

from ayil.decisions.rules.profile import Option, Votes, in_natural_order

MOST_STATES = 10_000  # how far equal options are followed before everything is called tied
MOST_OUTCOMES = 100  # more than these are not written out one by one

Taken: TypeAlias = tuple[int, ...]
"""How many are taken, by kind."""

Kinds: TypeAlias = tuple[tuple[Option, ...], ...]
"""Options that nothing tells apart stand together."""


class TooManyTies(Exception):
    """More ways through equal options than can be followed."""


class Why(Enum):
    """What became of an option, and why."""

    CHOSEN = "chosen"
    TIED = "tied"  # equal with another, and only a lot can decide
    UNSUPPORTED = "unsupported"  # nobody votes for it
    UNAFFORDABLE = "unaffordable"  # the shares of its supporters do not pay for it
    TOO_DEAR = "too dear"  # what was left of the budget did not pay for it
    AFTER_THE_END = "after the end"  # the count had stopped before it
    BELOW_THRESHOLD = "below the threshold"
    BEHIND = "behind"  # others serve the voters better


@dataclass(frozen=True, slots=True)
class Step(Generic[Option]):
    """One line of a count. `supporters` is its votes or points; `price` is what each supporter
    who still can pays for one unit of utility (equal shares only)."""

    option: Option
    cost: int
    supporters: Fraction
    why: Why
    price: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Selection(Generic[Option]):
    """`chosen`: what is chosen whatever a lot says, in natural order; `tied`: sets within each of
    which only a lot can decide, none when all is decided. `spent` and `left` count what is chosen
    for certain, in the unit of the budget. `outcomes`: all that lots could give, written out when
    they are at most 100. `share`: what each voter had at the end (equal shares)."""

    chosen: tuple[Option, ...]
    tied: tuple[tuple[Option, ...], ...]
    spent: int
    left: int
    steps: tuple[Step[Option], ...] = ()
    outcomes: tuple[tuple[Option, ...], ...] = ()
    share: Fraction | None = None


def alike(marks: Mapping[Option, Hashable], lot: Sequence[Option] = ()) -> Kinds[Option]:
    """Options with the same mark stand together, in natural order; those in the lot stand alone."""
    kinds: dict[Hashable, list[Option]] = {}
    for option in in_natural_order(marks):
        own = (option,) if option in lot else ()
        kinds.setdefault((own, marks[option]), []).append(option)
    return tuple(tuple(kind) for kind in kinds.values())


def check_amounts(votes: Votes[Option], costs: Mapping[Option, int], budget: int) -> None:
    """ValueError for a vote for what is no option, and for an amount below zero."""
    if budget < 0 or any(cost < 0 for cost in costs.values()):
        raise ValueError("a budget and its costs cannot be below zero")
    for said in votes:
        for item in said:
            option = item[0] if isinstance(item, tuple) else item
            if option not in costs:
                raise ValueError(f"option {option} is voted for, and is none of the options")


def selection(
    kinds: Kinds[Option],
    outcomes: Collection[Taken],
    costs: Mapping[Option, int],
    budget: int,
    *,
    steps: Sequence[Step[Option]] = (),
    share: Fraction | None = None,
) -> Selection[Option]:
    """What all outcomes share, and what differs, by sets that do not depend on each other."""
    certain: list[Option] = []
    tied: list[tuple[Option, ...]] = []
    varying: list[int] = []
    for number, kind in enumerate(kinds):
        counts = {taken[number] for taken in outcomes}
        if counts == {len(kind)}:
            certain += kind
        elif len(counts) > 1:
            varying.append(number)
        elif counts != {0}:
            tied.append(kind)
    groups = _independent(varying, outcomes)
    tied += [tuple(option for number in group for option in kinds[number]) for group in groups]
    spent = sum(costs[option] for option in certain)
    return Selection(
        chosen=tuple(in_natural_order(certain)),
        tied=tuple(sorted(tuple(in_natural_order(group)) for group in tied)),
        spent=spent,
        left=budget - spent,
        steps=tuple(steps),
        outcomes=_written_out(kinds, outcomes),
        share=share,
    )


def undecided(kinds: Kinds[Option], budget: int) -> Selection[Option]:
    """Too much is equal to be followed: all of it is for the lot."""
    everything = in_natural_order(option for kind in kinds for option in kind)
    return Selection(chosen=(), tied=(tuple(everything),), spent=0, left=budget)


def _independent(varying: Sequence[int], outcomes: Collection[Taken]) -> list[list[int]]:
    """Splits what varies into sets such that every choice in one goes with every choice in another.

    Sets are made of kinds that depend on each other in pairs; where these do not multiply up to
    all outcomes, everything stays together.
    """
    groups: list[list[int]] = []
    for number in varying:
        bound = [group for group in groups if any(_depend(n, number, outcomes) for n in group)]
        groups = [group for group in groups if group not in bound]
        groups.append([number, *(other for group in bound for other in group)])
    ways = prod(len({tuple(taken[n] for n in group) for taken in outcomes}) for group in groups)
    return groups if ways == len(outcomes) else [list(varying)]


def _depend(one: int, other: int, outcomes: Collection[Taken]) -> bool:
    pairs = {(taken[one], taken[other]) for taken in outcomes}
    return len(pairs) < len({a for a, _b in pairs}) * len({b for _a, b in pairs})


def _written_out(
    kinds: Kinds[Option], outcomes: Collection[Taken]
) -> tuple[tuple[Option, ...], ...]:
    """Every set of options that could be chosen, or nothing where there are too many."""
    ways = sum(
        prod(comb(len(kind), n) for kind, n in zip(kinds, taken, strict=True)) for taken in outcomes
    )
    if ways > MOST_OUTCOMES:
        return ()
    return tuple(sorted(option for taken in outcomes for option in _members(kinds, taken)))


def _members(kinds: Kinds[Option], taken: Taken) -> Iterator[tuple[Option, ...]]:
    choices = [combinations(kind, n) for kind, n in zip(kinds, taken, strict=True)]
    for parts in product(*choices):
        yield tuple(in_natural_order(option for part in parts for option in part))
