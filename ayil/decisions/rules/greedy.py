"""The greedy rule of cities: by votes, as long as the money lasts.

Options are taken from the most votes (or points) down. Where one no longer fits, the count goes on
past it, or stops there: cities have both, and Pabulib calls them `greedy` and `greedy-no-skip`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from ayil.decisions.rules.profile import Option, Votes, in_natural_order, totals
from ayil.decisions.rules.selection import (
    MOST_STATES,
    Selection,
    Step,
    Taken,
    TooManyTies,
    Why,
    alike,
    check_amounts,
    selection,
    undecided,
)

Way: TypeAlias = tuple[Taken, int, bool]
"""What is taken so far, what is left of the budget, and whether the count has stopped."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Options with equal votes and cost: the kind's place, how many, what one of them costs."""

    place: int
    size: int
    cost: int


def greedy(
    votes: Votes[Option],
    costs: Mapping[Option, int],
    budget: int,
    *,
    skip: bool = True,
    threshold: int = 0,
    lot: Sequence[Option] = (),
) -> Selection[Option]:
    """Takes options by their votes or points, all amounts in one whole unit.

    `skip`: past an option that no longer fits the count goes on to the next. `threshold` is the
    least number of votes with which an option may be taken; without any vote none is. Options
    with equal votes are tied where the money does not last for all of them; `lot` is an order
    drawn by hand in public, used there and nowhere else.
    ValueError for a vote for an unknown option, or an amount below zero.
    """
    check_amounts(votes, costs, budget)
    scores = totals(votes)
    eligible = {o: score for o, score in scores.items() if score > 0 and score >= threshold}
    kinds = alike({option: (score, costs[option]) for option, score in eligible.items()}, lot)
    levels: dict[Fraction, list[Kind]] = {}
    for place, kind in enumerate(kinds):
        own = Kind(place, len(kind), costs[kind[0]])
        levels.setdefault(scores[kind[0]], []).append(own)
    drawn = [place for option in lot for place, kind in enumerate(kinds) if kind[0] == option]
    ways: set[Way] = {((0,) * len(kinds), budget, False)}
    try:
        for score in sorted(levels, reverse=True):
            for turn in _turns(levels[score], drawn):
                ways = _after(turn, ways, skip)
    except TooManyTies:
        return undecided(kinds, budget)
    found = selection(kinds, {taken for taken, _left, _stopped in ways}, costs, budget)
    return replace(found, steps=tuple(_steps(found, costs, scores, eligible, skip)))


def _turns(level: Sequence[Kind], drawn: Sequence[int]) -> Iterator[list[Kind]]:
    """Kinds with equal votes: those that the lot names one after another, then the rest at once."""
    named = {kind.place: kind for kind in level if kind.place in drawn}
    yield from ([named[place]] for place in drawn if place in named)
    yield [kind for kind in level if kind.place not in named]


def _after(turn: Sequence[Kind], ways: set[Way], skip: bool) -> set[Way]:
    """All that may have been taken after these kinds too, in whatever order they come."""
    after: set[Way] = set()
    for way in ways:
        if way[2] or not turn:
            after.add(way)
        else:
            after |= _orders(turn, way, skip)
        if len(after) > MOST_STATES:
            raise TooManyTies
    return after


def _orders(turn: Sequence[Kind], way: Way, skip: bool) -> set[Way]:
    """All that may be taken of these kinds, in whatever order they come."""
    ends: set[Way] = set()
    seen: set[Taken] = set()
    ways = [way]
    if sum(kind.size * kind.cost for kind in turn) <= way[1]:
        return {_with(way, [(kind, kind.size) for kind in turn])}
    while ways:
        taken, left, _stopped = now = ways.pop()
        if taken in seen:
            continue
        seen.add(taken)
        if len(seen) > MOST_STATES:
            raise TooManyTies
        still = [kind for kind in turn if taken[kind.place] < kind.size]
        fitting = [kind for kind in still if kind.cost <= left]
        if not skip and len(fitting) < len(still):
            ends.add((taken, left, True))
        elif not fitting:
            ends.add(now)
        ways += [_with(now, [(kind, 1)]) for kind in fitting]
    return ends


def _with(way: Way, more: Sequence[tuple[Kind, int]]) -> Way:
    taken, left, stopped = list(way[0]), way[1], way[2]
    for kind, number in more:
        taken[kind.place] += number
        left -= number * kind.cost
    return tuple(taken), left, stopped


def _steps(
    found: Selection[Option],
    costs: Mapping[Option, int],
    scores: Mapping[Option, Fraction],
    eligible: Mapping[Option, Fraction],
    skip: bool,
) -> Iterator[Step[Option]]:
    """The options by their votes, and what became of each."""
    tied = {option for group in found.tied for option in group}
    has_ended = False
    by_votes = sorted(in_natural_order(costs), key=lambda option: -scores.get(option, 0))
    for option in by_votes:
        if option in found.chosen:
            why = Why.CHOSEN
        elif option in tied:
            why = Why.TIED
        elif option not in eligible:
            why = Why.BELOW_THRESHOLD if scores.get(option, 0) > 0 else Why.UNSUPPORTED
        else:
            why = Why.AFTER_THE_END if has_ended else Why.TOO_DEAR
            has_ended = not skip
        yield Step(option, costs[option], scores.get(option, Fraction(0)), why)
