"""How each village decides (E): who is on the roll, who comes, what is proposed, how they vote.

After the money came, two or three villages a week; where too few came, the assembly is called
again two weeks later; where nothing had more than half, the two leaders go to a second round.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ayil.demo.programme import people
from ayil.demo.programme.goods import COMMUNITIES, Kind
from ayil.demo.programme.records import Cast, Community, Person, Village
from ayil.demo.programme.resources import RESOURCE_OF, Resource, symbol_of, work_of

FIRST_ASSEMBLY = date(2012, 6, 9)
EVERY_DAYS = 3
CALLED_BEFORE = timedelta(days=10)
CALLED_AGAIN_AFTER = timedelta(days=14)
# Goods of these villages wait for the decision; the others' were on the shelves before.
DECIDE_BEFORE_THEY_BRING = 10
STARTS_AFTER_DECISION = timedelta(days=24)
SMALLEST_ROLL, LARGEST_ROLL = 32, 88
TOO_FEW_CAME = frozenset({2, 7, 11, 16})  # villages by their place from 0
WENT_TO_A_RUNOFF = frozenset({1, 9})
_SHARES_OF_OTHERS = (0.42, 0.33, 0.24)

Paper = frozenset[int] | None
"""The numbers that one ballot paper approves, or None for a spoiled one."""


@dataclass(frozen=True)
class Proposed:
    """`makers` are the keys of those who are willing to make it."""

    kind_names: tuple[str, str, str]
    symbol: str
    resource: Resource
    proposer: str
    makers: tuple[str, ...]
    piece_cost_minor: int
    start_cost_minor: int
    resource_milli: int
    pieces_a_month: int
    goods_kind: str


@dataclass(frozen=True)
class Meeting:
    """One assembly: numbers of the roll that came, and the papers of each round."""

    called_on: date
    held_on: date
    came: tuple[int, ...]
    rounds: tuple[tuple[Paper, ...], ...]


@dataclass(frozen=True)
class VillageVote:
    """`roll` are keys in the order of the roll; `officers`: registrar, chair and two counters.

    With a budget the village shares it among the proposals; else it seeks one product.
    """

    village: str
    residents: tuple[Person, ...]
    roll: tuple[str, ...]
    officers: tuple[str, str, str, str]
    proposals: tuple[Proposed, ...]
    meetings: tuple[Meeting, ...]
    budget_minor: int | None = None


def assembly_day(number: int) -> date:
    """The day of the village at place `number` from 0."""
    return FIRST_ASSEMBLY + timedelta(days=EVERY_DAYS * number)


def begins(villages: Sequence[Village], communities: Sequence[Community]) -> Mapping[str, date]:
    """The first day on which a community of a later village brings goods."""
    place = {village.code: number for number, village in enumerate(villages)}
    return {
        community.key: assembly_day(place[community.village]) + STARTS_AFTER_DECISION
        for community in communities
        if place[community.village] >= DECIDE_BEFORE_THEY_BRING
    }


def votes(rng: Random, cast: Cast) -> tuple[VillageVote, ...]:
    """One a village, in the order of their days."""
    taken = {person.name for person in (*cast.makers, *cast.staff)}
    given = (pair for pair in people.names(rng) if pair[0] not in taken)
    found = []
    for number, village in enumerate(cast.villages):
        makers = [person for person in cast.makers if person.village == village.code]
        missing = rng.randint(SMALLEST_ROLL, LARGEST_ROLL) - len(makers)
        residents = [
            people.person(f"{village.code}-r{place}", next(given), village.code, rng)
            for place in range(1, missing + 1)
        ]
        roll = [person.key for person in (*makers, *residents)]
        rng.shuffle(roll)
        proposals = _proposals(rng, village.code, makers, residents)
        found.append(
            VillageVote(
                village=village.code,
                residents=tuple(residents),
                roll=tuple(roll),
                officers=(
                    residents[-1].key,
                    residents[-2].key,
                    residents[-3].key,
                    residents[-4].key,
                ),
                proposals=proposals,
                meetings=_meetings(rng, number, len(roll), len(proposals)),
            )
        )
    return tuple(found)


def _proposals(
    rng: Random, village: str, makers: Sequence[Person], residents: Sequence[Person]
) -> tuple[Proposed, ...]:
    """First what the village's own community makes, then two or three others could."""
    own = [kinds[0] for code, _key, _name, kinds in COMMUNITIES if code == village]
    others = [kind for kind in RESOURCE_OF if kind not in own]
    kinds = [*own, *rng.sample(others, 4 - len(own))][: rng.randint(3, 4)]
    willing = iter([*makers, *residents])
    return tuple(_proposed(rng, kind, next(willing), next(willing)) for kind in kinds)


def _proposed(rng: Random, kind: Kind, proposer: Person, other: Person) -> Proposed:
    price = kind.forms[0][2]
    milli, pieces = work_of(kind)
    return Proposed(
        kind_names=kind.names,
        symbol=symbol_of(kind),
        resource=RESOURCE_OF[kind],
        proposer=proposer.key,
        makers=(proposer.key, other.key),
        piece_cost_minor=price * rng.randint(45, 65),
        start_cost_minor=rng.randint(8, 60) * 100_000,
        resource_milli=milli,
        pieces_a_month=pieces,
        goods_kind=kind.kind,
    )


def _meetings(rng: Random, number: int, on_roll: int, options: int) -> tuple[Meeting, ...]:
    held_on = assembly_day(number)
    called_on = held_on - CALLED_BEFORE
    meetings = []
    if number in TOO_FEW_CAME:
        came = rng.sample(range(1, on_roll + 1), on_roll * rng.randint(28, 42) // 100)
        meetings.append(Meeting(called_on, held_on, tuple(sorted(came)), ()))
        called_on, held_on = held_on + timedelta(days=1), held_on + CALLED_AGAIN_AFTER
    came = rng.sample(range(1, on_roll + 1), on_roll * rng.randint(56, 84) // 100)
    rounds = _rounds(rng, len(came), options, runoff=number in WENT_TO_A_RUNOFF)
    meetings.append(Meeting(called_on, held_on, tuple(sorted(came)), rounds))
    return tuple(meetings)


def _rounds(
    rng: Random, present: int, options: int, *, runoff: bool
) -> tuple[tuple[Paper, ...], ...]:
    others = dict(zip(range(2, options + 1), _SHARES_OF_OTHERS, strict=False))
    if not runoff:
        return (_papers(rng, present, {1: rng.uniform(0.6, 0.85)} | others),)
    first = _papers(rng, present, {1: 0.47} | others)
    return (first, _papers(rng, present, {1: 0.58, 2: 0.38}))


def _papers(rng: Random, present: int, shares: Mapping[int, float]) -> tuple[Paper, ...]:
    """As many papers as people; each option stands on its share of the valid ones."""
    spoiled = rng.randint(0, present // 20)
    valid = present - spoiled
    marks: list[set[int]] = [set() for _ in range(valid)]
    for option, share in shares.items():
        for paper in rng.sample(range(valid), round(share * valid)):
            marks[paper].add(option)
    return (*map(frozenset, marks), *(None for _ in range(spoiled)))
