"""What a count of one winner gives: who is chosen, or between whom only a lot can decide."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, TypeVar

from ayil.decisions.rules.approval import Outcome, Verdict
from ayil.decisions.rules.profile import Option, Ranking, Rankings, in_natural_order

Total = TypeVar("Total", int, Fraction)


@dataclass(frozen=True, slots=True)
class Round(Generic[Option]):
    """One round of a count that eliminates. Ballots by option, the most first.

    `tied` are equal for last: only a lot says who of them leaves; where one was drawn, the one
    who left stands in `eliminated` too.
    """

    totals: tuple[tuple[Option, int], ...]
    exhausted: int
    eliminated: tuple[Option, ...] = ()
    tied: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Count(Generic[Option]):
    """`chosen`: in whatever a lot says. `tied`: a lot decides among them. Both in natural order.

    `ballots` are all that were counted, `silent` those of them that this rule hears nothing in.
    `totals` are ballots by option, the most first. `pairs` says for (a, b) how many prefer a to
    b, `paths` for (a, b) the weakest pair on the strongest path of victories from a to b, as
    (for, against); only rules that compare in pairs give them. `is_complete` is False where there
    were too many ties to follow: then some of `tied` may have had no chance.
    """

    chosen: tuple[Option, ...]
    tied: tuple[Option, ...]
    ballots: int
    silent: int
    totals: tuple[tuple[Option, int], ...] = ()
    rounds: tuple[Round[Option], ...] = ()
    pairs: Mapping[tuple[Option, Option], int] = field(default_factory=dict)
    paths: Mapping[tuple[Option, Option], tuple[int, int]] = field(default_factory=dict)
    is_complete: bool = True

    @property
    def verdict(self) -> Verdict:
        if self.tied:
            return Verdict.TIE
        return Verdict.CHOSEN if self.chosen else Verdict.NONE

    @property
    def outcome(self) -> Outcome:
        """The same in an assembly's terms, whose options are numbers."""
        return Outcome(self.verdict, tuple(int(option) for option in self.chosen + self.tied))


def checked(
    options: Collection[Option], rankings: Rankings[Option]
) -> Iterator[tuple[Ranking[Option], int]]:
    """Each ranking with its ballots. ValueError for one that names an option twice, or one that
    was not on the paper."""
    known = frozenset(options)
    for ranking, ballots in rankings.items():
        named = frozenset[Option]().union(*ranking)
        if not named <= known:
            raise ValueError(f"option {in_natural_order(named - known)[0]} is not on this paper")
        if len(named) != sum(map(len, ranking)):
            words = " > ".join(" = ".join(map(str, in_natural_order(place))) for place in ranking)
            raise ValueError(f"a ballot ranks an option twice: {words}")
        yield ranking, ballots


def chosen_and_tied(
    best: Collection[Option], lot: Sequence[Option]
) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """One place and the best for it: chosen where there is one, else tied until a lot is drawn."""
    if len(best) > 1 and lot:
        return (drawn_first(lot, best),), ()
    ordered = tuple(in_natural_order(best))
    return ((), ordered) if len(ordered) > 1 else (ordered, ())


def drawn_first(lot: Sequence[Option], equal: Collection[Option]) -> Option:
    """Whom of the equal ones the lot names first. ValueError where it leaves one of them out."""
    return in_order_of_lot(lot, equal)[0]


def in_order_of_lot(lot: Sequence[Option], equal: Collection[Option]) -> list[Option]:
    """The equal ones as the lot names them. ValueError where it leaves one of them out."""
    left_out = in_natural_order(set(equal) - set(lot))
    if left_out:
        raise ValueError(
            f"the lot does not name {left_out[0]}, which is equal with another: draw all of them"
        )
    wanted = set(equal)
    return [option for option in dict.fromkeys(lot) if option in wanted]


def most_first(totals: Mapping[Option, Total]) -> tuple[tuple[Option, Total], ...]:
    """Totals for printing: the most first, equals in natural order."""
    ordered = in_natural_order(totals)
    return tuple(sorted(((o, totals[o]) for o in ordered), key=lambda pair: -pair[1]))
