"""Proportional approval voting, exact, and its sequential cousin.

T. N. Thiele, "Om Flerfoldsvalg", 1895. A voter who gets one approved option adds 1 to the score,
one who gets two adds 1 + 1/2, one who gets three 1 + 1/2 + 1/3, and so on; the committee with the
highest score wins. Scores are counted in whole numbers, over the least common denominator.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import lcm
from typing import Generic, TypeAlias

from ayil.decisions.rules.profile import Approvals, Option, in_natural_order, totals
from ayil.decisions.rules.selection import (
    MOST_STATES,
    Kinds,
    Selection,
    Step,
    Taken,
    Why,
    alike,
    selection,
    undecided,
)

MOST_WORK = 10_000_000  # gains that are added up, of one group by one kind, before exact PAV ends


class TooManyCommittees(ValueError):
    """There are too many committees that could win to look at all of them."""

    def __init__(self) -> None:
        super().__init__(
            "there are too many committees to compare them all; count by sequential PAV instead"
        )


def pav(
    approvals: Approvals[Option],
    places: int,
    *,
    lot: Sequence[Option] = (),
    most_work: int = MOST_WORK,
) -> Selection[Option]:
    """The committees of `places` options with the highest score, all of them, found exactly.

    Whole branches of committees are left out where even the best gains of what is open could not
    reach the best that is known. TooManyCommittees after `most_work` added gains, some seconds;
    six options never get there, whatever the voters say. Only what somebody approves is chosen.
    `lot` is an order drawn by hand in public: of equal committees those with the option that it
    names first, then second, and so on.
    """
    seats = _seats(approvals, places, lot)
    best = _best(seats, most_work)
    for option in lot:
        place = next((n for n, kind in enumerate(seats.kinds) if kind[0] == option), None)
        if place is not None:
            best = {taken for taken in best if taken[place]} or best
    return _selection(seats, best, approvals)


def sequential_pav(
    approvals: Approvals[Option], places: int, *, lot: Sequence[Option] = ()
) -> Selection[Option]:
    """Fills one place after another, each with the option that adds most to the score.

    Fast on any number of options, and not always the best committee. Equal options are followed
    every way, up to 10,000 of them; `lot` is used there and nowhere else.
    """
    seats = _seats(approvals, places, lot)
    rank = {option: at for at, option in enumerate(lot)}
    drawn = {n: rank[kind[0]] for n, kind in enumerate(seats.kinds) if kind[0] in rank}
    ways: set[Taken] = {(0,) * len(seats.kinds)}
    followed = 0
    for _place in range(seats.places):
        ways = {more for taken in ways for more in _one_more(seats, taken, drawn)}
        followed += len(ways)
        if followed > MOST_STATES:
            return undecided(seats.kinds, seats.places)
    return _selection(seats, ways, approvals)


Holders: TypeAlias = tuple[tuple[int, int], ...]
"""The groups of voters who approve a kind, and how many voters each is."""


@dataclass(frozen=True)
class Seats(Generic[Option]):
    """Kinds of options with the same supporters; `weights`: what a voter's next option adds."""

    kinds: Kinds[Option]
    holders: tuple[Holders, ...]
    groups: int
    places: int
    weights: tuple[int, ...]

    def gain(self, kind: int, got: Sequence[int]) -> int:
        """What one more of this kind adds, where each group has got so many approved options."""
        return sum(voters * self.weights[got[group]] for group, voters in self.holders[kind])

    def got(self, taken: Taken) -> list[int]:
        """How many approved options each group has got."""
        got = [0] * self.groups
        for kind, number in enumerate(taken):
            for group, _voters in self.holders[kind] if number else ():
                got[group] += number
        return got


def _seats(approvals: Approvals[Option], places: int, lot: Sequence[Option]) -> Seats[Option]:
    if places < 0:
        raise ValueError("the number of places is below zero")
    groups = [(said, ballots) for said, ballots in approvals.items() if said and ballots]
    holders: dict[Option, list[tuple[int, int]]] = {}
    for number, (said, ballots) in enumerate(groups):
        for option in said:
            holders.setdefault(option, []).append((number, ballots))
    places = min(places, len(holders))
    kinds = alike({option: tuple(own) for option, own in holders.items()}, lot)
    by_votes = sorted(kinds, key=lambda kind: -sum(n for _group, n in holders[kind[0]]))
    return Seats(
        kinds=tuple(by_votes),
        holders=tuple(tuple(holders[kind[0]]) for kind in by_votes),
        groups=len(groups),
        places=places,
        weights=_weights(places),
    )


def _weights(places: int) -> tuple[int, ...]:
    """1, 1/2, 1/3 … over their common denominator; nothing after the last place."""
    whole = lcm(*range(1, places + 1))
    return (*(whole // number for number in range(1, places + 1)), 0)


def _filled(taken: Taken, kinds: int) -> Taken:
    """With none of the kinds that were not looked at."""
    return (*taken, *((0,) * (kinds - len(taken))))


def _and_next(taken: Taken, number: int) -> Taken:
    return (*taken, number)


def _with_one_more(taken: Taken, kind: int) -> Taken:
    return (*taken[:kind], taken[kind] + 1, *taken[kind + 1 :])


@dataclass(slots=True)
class Search(Generic[Option]):
    """The best committees known so far; `work` counts the gains that were added up."""

    seats: Seats[Option]
    score: int
    most_work: int
    best: set[Taken] = field(default_factory=set)
    work: int = 0

    def look(self, taken: Taken, score: int) -> None:
        """Look at all committees that begin with what is taken of the first kinds."""
        seats, depth = self.seats, len(taken)
        need = seats.places - sum(taken)
        if not need:
            self._found(_filled(taken, len(seats.kinds)), score)
            return
        got = seats.got(taken)
        if score + self._most(depth, need, got) < self.score:
            return
        room = sum(len(kind) for kind in seats.kinds[depth + 1 :])
        for number in range(min(len(seats.kinds[depth]), need), max(need - room, 0) - 1, -1):
            more = sum(
                voters * sum(seats.weights[got[group] : got[group] + number])
                for group, voters in seats.holders[depth]
            )
            self.look(_and_next(taken, number), score + more)

    def _found(self, taken: Taken, score: int) -> None:
        if score > self.score:
            self.score, self.best = score, set()
        if score == self.score:
            self.best.add(taken)

    def _most(self, depth: int, need: int, got: Sequence[int]) -> int:
        """More than this the open places cannot add: gains only shrink while others are taken."""
        gains: list[int] = []
        for kind in range(depth, len(self.seats.kinds)):
            gains += [self.seats.gain(kind, got)] * min(len(self.seats.kinds[kind]), need)
            self.work += len(self.seats.holders[kind])
        if self.work > self.most_work:
            raise TooManyCommittees
        return sum(sorted(gains, reverse=True)[:need])


def _best(seats: Seats[Option], most_work: int) -> set[Taken]:
    """All committees with the highest score, beginning with one that is good already."""
    taken: Taken = (0,) * len(seats.kinds)
    score = 0
    for _place in range(seats.places):
        got = seats.got(taken)
        more = min(_one_more(seats, taken, {}))
        score += next(seats.gain(n, got) for n, number in enumerate(more) if number != taken[n])
        taken = more
    search = Search(seats, score, most_work)
    search.look((), 0)
    return search.best


def _one_more(seats: Seats[Option], taken: Taken, drawn: Mapping[int, int]) -> Iterator[Taken]:
    """One more of each kind that adds most, or of the one that the lot puts first."""
    got = seats.got(taken)
    open_kinds = [n for n, kind in enumerate(seats.kinds) if taken[n] < len(kind)]
    gains = {kind: seats.gain(kind, got) for kind in open_kinds}
    most = max(gains.values())
    equal = [kind for kind in open_kinds if gains[kind] == most]
    named = [kind for kind in equal if kind in drawn]
    for kind in [min(named, key=drawn.__getitem__)] if named else equal:
        yield _with_one_more(taken, kind)


def _selection(
    seats: Seats[Option], outcomes: set[Taken], approvals: Approvals[Option]
) -> Selection[Option]:
    """Each option takes one of the places; the steps stand by votes."""
    votes = totals(approvals)
    found = selection(seats.kinds, outcomes, dict.fromkeys(votes, 1), seats.places)
    tied = {option for group in found.tied for option in group}
    steps = []
    for option in sorted(in_natural_order(votes), key=lambda option: -votes[option]):
        chosen = Why.CHOSEN if option in found.chosen else Why.BEHIND
        steps.append(Step(option, 1, votes[option], Why.TIED if option in tied else chosen))
    return replace(found, steps=tuple(steps))
