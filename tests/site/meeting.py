"""A village of the tests' world that met, and is called to meet again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ayil.decisions.actions import Said, object_to_roll
from ayil.decisions.models import Assembly, Proposal, RollObjection
from ayil.members.models import Party
from ayil.places.models import Place
from tests.site.village import AT, Village, village

NEXT_HELD = date(2012, 7, 20)


@dataclass
class Meeting:
    """A village that the persona "villager" keeps the roll of: one assembly with a quorum, and
    the next, whose roll hangs and was objected to, with a proposal that nobody voted on yet."""

    village: Village
    assembly: Assembly
    following: Assembly
    objection: RollObjection
    proposal: Proposal

    @property
    def villager(self) -> Party:
        return self.village.registrar


def meeting(place: Place) -> Meeting:
    """The village met; the next assembly is called, and somebody says that one has died."""
    here = village(place)
    assembly = here.meet()
    following = here.call(NEXT_HELD)
    here.hang(following)
    objection = object_to_roll(
        assembly=following, said=Said(RollObjection.About.DIED, number=9),
        way=RollObjection.Way.VOICE, objector=None, by=here.registrar, at=AT,
    )  # fmt: skip
    return Meeting(here, assembly, following, objection, here.propose_two(following)[0])
