"""Instant runoff: the last leaves and the ballots move on. Exact, and blind to order."""

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeAlias

from ayil.decisions.rules.count import (
    Count,
    Round,
    checked,
    chosen_and_tied,
    in_order_of_lot,
    most_first,
)
from ayil.decisions.rules.profile import Option, Rankings, in_natural_order

MOST_STATES = 5_000  # to follow through ties; twelve options that are all equal have 4,095

Piles: TypeAlias = Counter[tuple[Option, ...]]
"""Strict orders, best first, each with how many ballots say it."""


@dataclass(frozen=True, slots=True)
class State(Generic[Option]):
    """Who still stands, and what the ballots say of them.

    `loose` are ballots that name two at once somewhere further down. `is_strict` says that there
    were none at the beginning: then who stands is all there is to know.
    """

    standing: frozenset[Option]
    piles: Piles[Option]
    loose: Rankings[Option]
    is_strict: bool

    @property
    def key(self) -> Hashable:
        """The same for two states from which the same follows."""
        if self.is_strict:
            return self.standing
        return self.standing, frozenset(self.piles.items()), frozenset(self.loose.items())


def irv(
    options: Collection[Option], rankings: Rankings[Option], lot: Sequence[Option] = ()
) -> Count[Option]:
    """Instant runoff, until one has more than half of the ballots that still count.

    Those leave together who are fewer, all added up, than the next one has: none of them can pass
    it. A ballot is exhausted when it names nobody else, or two at once who both still stand; so
    the public counts do it. ValueError for a ranking that is none.

    Where some are equal for last, every order of leaving is followed, and whoever wins in one of
    them is tied; with a `lot`, the one it names last leaves.
    """
    state = _begin(options, rankings)
    rounds: list[Round[Option]] = []
    while True:
        now = _round(state)
        if now.tied and lot:
            now = replace(now, eliminated=(in_order_of_lot(lot, now.tied)[-1],))
        rounds.append(now)
        if not now.eliminated:
            break
        state = _without(state, now.eliminated)
    best, is_complete = _winners(state) if now.tied else (_leaders(now), True)
    if rounds[0].exhausted == rankings.total():
        best = frozenset()  # no ballot says anything: nobody was wanted
    chosen, tied = chosen_and_tied(best, lot)
    return Count(
        chosen=chosen,
        tied=tied,
        ballots=rankings.total(),
        silent=rounds[0].exhausted,
        totals=rounds[0].totals,
        rounds=tuple(rounds),
        is_complete=is_complete,
    )


def _begin(options: Collection[Option], rankings: Rankings[Option]) -> State[Option]:
    piles: Piles[Option] = Counter()
    loose: Rankings[Option] = Counter()
    for ranking, ballots in checked(options, rankings):
        _lay(tuple(filter(None, ranking)), ballots, piles, loose)
    return State(frozenset(options), piles, loose, is_strict=not loose)


def _lay(
    places: tuple[frozenset[Option], ...],
    ballots: int,
    piles: Piles[Option],
    loose: Rankings[Option],
) -> None:
    """Lays ballots where they belong: exhausted, strict, or loose."""
    if places and len(places[0]) > 1:
        piles[()] += ballots
    elif any(len(place) > 1 for place in places):
        loose[places] += ballots
    else:
        piles[tuple(option for place in places for option in place)] += ballots


def _round(state: State[Option]) -> Round[Option]:
    totals, exhausted = dict.fromkeys(state.standing, 0), 0
    for order, ballots in state.piles.items():
        if order:
            totals[order[0]] += ballots
        else:
            exhausted += ballots
    for places, ballots in state.loose.items():
        (first,) = places[0]
        totals[first] += ballots
    now = Round(most_first(totals), exhausted)
    counting = sum(totals.values())
    if not counting or 2 * now.totals[0][1] > counting:
        return now
    out = _surely_last(now.totals)
    if out:
        return replace(now, eliminated=out)
    fewest = now.totals[-1][1]
    last = (option for option, count in now.totals if count == fewest)
    return replace(now, tied=tuple(in_natural_order(last)))


def _surely_last(totals: Sequence[tuple[Option, int]]) -> tuple[Option, ...]:
    """The most options that have, added up, fewer ballots than the next one has by itself."""
    behind = sum(count for _option, count in totals)
    for at, (_option, count) in enumerate(totals[:-1], 1):
        behind -= count
        if behind < count:
            return tuple(in_natural_order(option for option, _count in totals[at:]))
    return ()


def _leaders(now: Round[Option]) -> frozenset[Option]:
    most = now.totals[0][1] if now.totals else 0
    return frozenset(option for option, count in now.totals if count == most)


def _without(state: State[Option], out: Collection[Option]) -> State[Option]:
    gone = frozenset(out)
    piles: Piles[Option] = Counter()
    loose: Rankings[Option] = Counter()
    for order, ballots in state.piles.items():
        if gone.isdisjoint(order):
            piles[order] += ballots
        else:
            piles[tuple(option for option in order if option not in gone)] += ballots
    for places, ballots in state.loose.items():
        _lay(tuple(filter(None, (place - gone for place in places))), ballots, piles, loose)
    return State(state.standing - gone, piles, loose, state.is_strict)


def _winners(state: State[Option]) -> tuple[frozenset[Option], bool]:
    """Who may win, whatever the order in which equals leave; False where that was too much to
    follow, and then everyone who still stands."""
    work, seen, found = [state], {state.key}, set[Option]()
    while work:
        here = work.pop()
        now = _round(here)
        ways = [now.eliminated] if now.eliminated else [(option,) for option in now.tied]
        if not ways:
            found |= _leaders(now)
        for way in ways:
            then = _without(here, way)
            if then.key not in seen:
                seen.add(then.key)
                work.append(then)
        if len(seen) > MOST_STATES:
            return state.standing, False
    return frozenset(found), True
