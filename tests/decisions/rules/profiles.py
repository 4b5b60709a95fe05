"""Rankings for the tests: written short, and drawn at random with many ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hypothesis import strategies as st

OPTIONS = [1, 2, 3, 4, 5]
Ranking = tuple[frozenset[int], ...]


def ranking(words: str) -> Ranking:
    """`"1 2=3"`: 1 first, then 2 and 3 equal."""
    return tuple(frozenset(map(int, place.split("="))) for place in words.split())


def rankings(*lines: str) -> Counter[Ranking]:
    """`"3: 1 2=3"`: three ballots."""
    counted: Counter[Ranking] = Counter()
    for line in lines:
        ballots, words = line.split(":")
        counted[ranking(words)] += int(ballots)
    return counted


@st.composite
def weak_orders(draw: st.DrawFn) -> Ranking:
    order = draw(st.permutations(OPTIONS))
    order = order[: draw(st.integers(0, len(OPTIONS)))]
    cuts = draw(st.lists(st.booleans(), min_size=len(order), max_size=len(order)))
    places: list[list[int]] = []
    for option, joins in zip(order, cuts, strict=True):
        if joins and places:
            places[-1].append(option)
        else:
            places.append([option])
    return tuple(map(frozenset, places))


strict_orders = st.permutations(OPTIONS).flatmap(
    lambda order: st.integers(0, len(OPTIONS)).map(
        lambda length: tuple(frozenset([option]) for option in order[:length])
    )
)


def counters(orders: st.SearchStrategy[Ranking]) -> st.SearchStrategy[Counter[Ranking]]:
    return st.lists(orders, max_size=12).map(Counter)


anything = counters(weak_orders() | strict_orders)
strict = counters(strict_orders)


def renamed(ballots: Counter[Ranking], to: dict[int, int]) -> Counter[Ranking]:
    """The same ballots about options of other names."""
    return Counter(
        {
            tuple(frozenset(to[option] for option in place) for place in order): count
            for order, count in ballots.items()
        }
    )


def one_by_one(ballots: Counter[Ranking]) -> Iterable[Ranking]:
    return ballots.elements()
