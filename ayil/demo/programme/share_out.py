"""One village shares a budget among projects (E), some weeks after it chose its product."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

from ayil.demo.programme.assemblies import Meeting, Paper, Proposed, VillageVote

CALLED_ON, HELD_ON = date(2012, 6, 27), date(2012, 7, 7)
BUDGET_MINOR = 25_000_000
VILLAGE = 3  # by its place from 0
_COSTS = (9_600_000, 7_200_000, 6_400_000, 4_800_000, 3_500_000)
_LIKED = (0.52, 0.44, 0.38, 0.33, 0.30)


def share_out(seed: int, votes: Sequence[VillageVote]) -> VillageVote:
    """The same roll and the same four officers; what the neighbours proposed stands for election
    once more, each with what its beginning costs."""
    rng = Random(f"{seed}/share out")  # noqa: S311 - a simulation has no secrets
    first = votes[VILLAGE]
    projects = _projects(first, [p for vote in votes for p in vote.proposals])
    came = sorted(rng.sample(range(1, len(first.roll) + 1), len(first.roll) * 7 // 10))
    papers = tuple(_paper(rng, len(projects)) for _person in came)
    return VillageVote(
        village=first.village,
        residents=first.residents,
        roll=first.roll,
        officers=first.officers,
        proposals=projects,
        meetings=(Meeting(CALLED_ON, HELD_ON, tuple(came), (papers,)),),
        budget_minor=BUDGET_MINOR,
    )


def _projects(first: VillageVote, known: Sequence[Proposed]) -> tuple[Proposed, ...]:
    """As many as there are costs, no two with one drawing, proposed by neighbours in turn."""
    neighbours = iter([person.key for person in first.residents])
    by_symbol: dict[str, Proposed] = {}
    for proposed in (*first.proposals, *known):
        by_symbol.setdefault(proposed.symbol, proposed)
    found = []
    for proposed, cost in zip(by_symbol.values(), _COSTS, strict=False):
        one, other = next(neighbours), next(neighbours)
        found.append(replace(proposed, proposer=one, makers=(one, other), start_cost_minor=cost))
    return tuple(found)


def _paper(rng: Random, projects: int) -> Paper:
    liked = zip(range(1, projects + 1), _LIKED, strict=False)
    return frozenset(number for number, share in liked if rng.random() < share)
