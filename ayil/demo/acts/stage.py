"""What the acts share: who and what was entered so far, by the plan's keys."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from random import Random
from uuid import UUID, uuid5

from ayil.consignment.models import Agreement, Lot
from ayil.demo.programme.plan import Programme
from ayil.demo.programme.records import LotKey
from ayil.kit.clock import BISHKEK
from ayil.members.models import Party, Shop
from ayil.places.models import Place
from ayil.products.models import Variant

_NAMESPACE = UUID("5b1d4d2e-6d0c-4f53-9a3e-2f1c7e0b6a11")
CURRENCY = "KGS"


@dataclass(frozen=True)
class Happening:
    """Something to be done at a moment; what happens at the same moment keeps its order."""

    at: datetime
    do: Callable[[datetime], object]


@dataclass
class Stage:
    plan: Programme
    places: dict[str, Place] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    variants: dict[str, Variant] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    lots: dict[LotKey, Lot] = field(default_factory=dict)
    shops: list[Shop] = field(default_factory=list)

    @property
    def shop(self) -> Shop:
        return self.shops[0]

    @property
    def association(self) -> Party:
        return self.parties["association"]

    def speaker_of(self, owner: str) -> Party:
        """Who acts for an owner: a community's leader, or the maker."""
        leaders = {community.key: community.leader for community in self.plan.cast.communities}
        return self.parties[leaders.get(owner, owner)]

    def uid(self, *words: object) -> UUID:
        """An id that follows from the seed and from what it names."""
        return uuid5(_NAMESPACE, "/".join(str(word) for word in (self.plan.seed, *words)))

    def nonce(self, *words: object) -> str:
        """32 hex digits for a till's event."""
        return hashlib.sha256(self.uid(*words).bytes).hexdigest()[:32]

    def chance(self, *words: object) -> Random:
        """A generator of its own for one thing, whatever happened before it."""
        return Random(self.uid(*words).int)  # noqa: S311 - a simulation has no secrets

    def happenings_upto_the_end(self, happenings: Iterable[Happening]) -> list[Happening]:
        """In the order of time, up to the evening of the plan's last day."""
        end = moment(self.plan.last, 23)
        return sorted((one for one in happenings if one.at <= end), key=lambda one: one.at)


def moment(on: date, hour: int, minute: int = 0) -> datetime:
    """A wall clock's time at the lake, as UTC."""
    return datetime.combine(on, time(hour, minute), BISHKEK).astimezone(UTC)
