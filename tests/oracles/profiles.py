"""Random profiles for comparing: small, and with many ties."""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st

OPTIONS = (0, 1, 2, 3, 4)

Papers = Counter[frozenset[int]]
Ranking = tuple[frozenset[int], ...]

papers: st.SearchStrategy[Papers] = st.lists(
    st.frozensets(st.sampled_from(OPTIONS)), min_size=1, max_size=10
).map(Counter)

orders: st.SearchStrategy[Counter[tuple[int, ...]]] = st.lists(
    st.permutations(OPTIONS).map(tuple), min_size=1, max_size=9
).map(Counter)


@st.composite
def weak_orders(draw: st.DrawFn) -> Ranking:
    """Some of the options, some of them equal; the rest is not named."""
    order = draw(st.permutations(OPTIONS))[: draw(st.integers(0, len(OPTIONS)))]
    places: list[set[int]] = []
    for option in order:
        if places and draw(st.booleans()):
            places[-1].add(option)
        else:
            places.append({option})
    return tuple(map(frozenset, places))


weak: st.SearchStrategy[Counter[Ranking]] = st.lists(weak_orders(), min_size=1, max_size=8).map(
    Counter
)
