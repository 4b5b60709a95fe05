"""Ballots as a count of what was said: no order, no voter, nothing else to leak or to depend on."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias, TypeVar

Option = TypeVar("Option", int, str)
"""What is voted on: a proposal's number in an assembly, an identifier in a published file."""

Approvals: TypeAlias = Counter[frozenset[Option]]
"""Sets of approved options, each with how many ballots say it; the empty set is "none"."""

Ranking: TypeAlias = tuple[frozenset[Option], ...]
"""A weak order, best first; options that it leaves out stand below all that it names."""

Rankings: TypeAlias = Counter[Ranking[Option]]
"""Rankings, each with how many ballots say it."""

Points: TypeAlias = Counter[frozenset[tuple[Option, Fraction]]]
"""Points by option (cumulative and scoring votes), each with how many ballots say it."""


Votes: TypeAlias = Approvals[Option] | Points[Option]
"""What adds up to a utility: an approved option counts one, or as many points as it got."""


def utilities(votes: Votes[Option]) -> list[tuple[int, dict[Option, Fraction]]]:
    """How many ballots say it, and what each option is worth to each of them; nothing at or below
    zero is worth anything. One entry for all ballots that come to the same."""
    alike: Counter[frozenset[tuple[Option, Fraction]]] = Counter()
    for said, ballots in votes.items():
        pairs = (item if isinstance(item, tuple) else (item, Fraction(1)) for item in said)
        alike[frozenset((option, points) for option, points in pairs if points > 0)] += ballots
    return [(ballots, dict(worth)) for worth, ballots in alike.items() if ballots]


def totals(votes: Votes[Option]) -> dict[Option, Fraction]:
    """Votes, or points, by option; those that nobody names are left out."""
    sums: dict[Option, Fraction] = {}
    for said, ballots in votes.items():
        for item in said:
            option, points = item if isinstance(item, tuple) else (item, Fraction(1))
            sums[option] = sums.get(option, Fraction(0)) + ballots * points
    return sums


def in_natural_order(options: Iterable[Option]) -> list[Option]:
    """The options as people count them, 2 before 10: for printing, never for deciding."""
    return sorted(options, key=_digits_as_numbers)


def _digits_as_numbers(option: int | str) -> list[tuple[int, str]]:
    """`"P2b"` as P, 2, b; digits and words take turns, so that any two lists compare."""
    words = re.split("([0-9]+)", str(option))
    return [(int(word), word) if at % 2 else (0, word) for at, word in enumerate(words)]


@dataclass(frozen=True, slots=True)
class BallotFile:
    """What a published file of ballots holds; at least one kind of ballots is not empty.

    `costs` and `budget` are in the smallest unit that the file needs, as whole numbers;
    `published_rule` is what the file says that it was counted by. `categories` are the names of
    the drawers that voters put options in, best first; such ballots stand in `rankings`, where an
    empty drawer keeps its place. `decimals`: the smallest unit is the currency's own divided by
    10 so many times. `threshold` is the least score at which an option may be chosen at all, and
    `published` what the file says was chosen, or None where it does not say. `places`: how many
    were to be chosen, None where the file does not say or shares out money.
    """

    title: str
    names: Mapping[str, str]
    approvals: Approvals[str] = field(default_factory=Counter)
    rankings: Rankings[str] = field(default_factory=Counter)
    points: Points[str] = field(default_factory=Counter)
    costs: Mapping[str, int] = field(default_factory=dict)
    budget: int | None = None
    currency: str = ""
    published_rule: str = ""
    categories: tuple[str, ...] = ()
    decimals: int = 0
    threshold: int = 0
    published: frozenset[str] | None = None
    places: int | None = None
