"""Small budgets for the tests: few voters, few options, round costs, so that much is equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

OPTIONS = (1, 2, 3, 4, 5)
Papers = Counter[frozenset[int]]


@dataclass(frozen=True)
class Vote:
    """Who approves what, what it costs, and how much there is."""

    papers: Papers
    costs: Mapping[int, int]
    budget: int

    def renamed(self, to: Mapping[int, int]) -> Vote:
        """The same vote about options of other names, in another order."""
        papers = [(frozenset(to[o] for o in said), n) for said, n in self.papers.items()]
        costs = sorted(((to[o], cost) for o, cost in self.costs.items()), reverse=True)
        return Vote(Counter(dict(reversed(papers))), dict(costs), self.budget)


def papers(*lines: str) -> Papers:
    """`"3: 1 2"`: three voters approve 1 and 2."""
    counted: Papers = Counter()
    for line in lines:
        voters, words = line.split(":")
        counted[frozenset(map(int, words.split()))] += int(voters)
    return counted


def renamed(options: Iterable[int], to: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(sorted(to[option] for option in options))


said = st.frozensets(st.sampled_from(OPTIONS))
some_papers = st.lists(said, min_size=1, max_size=9).map(Counter)
costs = st.lists(st.sampled_from([1, 2, 3, 4, 6]), min_size=5, max_size=5).map(
    lambda drawn: dict(zip(OPTIONS, drawn, strict=True))
)
votes = st.builds(Vote, some_papers, costs, st.integers(0, 16))
lots = st.permutations(OPTIONS)
