"""An attacker who guesses whose paper is whose, by every order and place that there is to find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import comb
from typing import Any

VOTERS, ODD, USUAL = 10, 2, 1
UNLIKELY = 1e-6


@dataclass
class Seen:
    """What the attacker has of one vote: files and rows; `order` are the voters as they came."""

    order: list[int]
    odd: int
    stored: Sequence[list[list[Any]]]
    files: Mapping[str, bytes] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def truth(self) -> int:
        """The roll's number of the voter with the odd paper."""
        return self.order[self.odd]


def orders_of(seen: Seen) -> dict[str, list[int]]:
    """Orders of people that the attacker can find."""
    by_number = sorted(seen.order)
    return {
        "as they came": seen.order,
        "the last first": seen.order[::-1],
        "by the roll": by_number,
        "by the roll, from its end": by_number[::-1],
    }


def places_of(seen: Seen) -> dict[str, int]:
    """Places that the odd paper may be thought to have among the others."""
    places: dict[str, int] = {}
    for which, piles in enumerate(seen.stored):
        at = next(place for place, (marks, _papers) in enumerate(piles) if marks == [ODD])
        places[f"pile of sheet {which}"] = at
        places[f"papers before it on sheet {which}"] = sum(papers for _m, papers in piles[:at])
        places[f"papers behind it on sheet {which}"] = sum(papers for _m, papers in piles[at + 1 :])
    for name, found in seen.files.items():
        for words in (b"[[2], 1]", b"[[1], 9]"):
            places[f"{words!r} in {name}"] = found.find(words)
            places[f"{words!r} in {name}, last"] = found.rfind(words)
    return places | dict(seen.numbers)


def hits(votes: Sequence[Seen]) -> dict[str, int]:
    """For each way of guessing: in how many of the votes it names the right voter."""
    count: dict[str, int] = {}
    for seen in votes:
        for place_name, place in places_of(seen).items():
            for order_name, order in orders_of(seen).items():
                way = f"{place_name}, {order_name}"
                guess = order[place % len(order)]
                count[way] = count.get(way, 0) + (guess == seen.truth)
    return count


def most_by_chance(votes: int, ways: int) -> int:
    """So many hits, or more, would be by chance in fewer than one of a million such tests."""
    p = 1 / VOTERS
    tail = 1.0
    for limit in range(votes + 1):
        tail -= comb(votes, limit) * p**limit * (1 - p) ** (votes - limit)
        if tail * ways < UNLIKELY:
            return limit
    return votes


def no_better_than_chance(votes: Sequence[Seen]) -> None:
    found = hits(votes)
    limit = most_by_chance(len(votes), len(found))
    assert limit < len(votes)
    assert {way: count for way, count in found.items() if count > limit} == {}
