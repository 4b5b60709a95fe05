"""A village of the tests' world that met, and is called to meet again."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

from PIL import Image

from ayil.decisions.actions import Said, object_to_roll
from ayil.decisions.actions.complaints import complain
from ayil.decisions.actions.papers import keep_paper
from ayil.decisions.actions.sealing import seal_decision
from ayil.decisions.models import (
    Assembly,
    Complaint,
    Decision,
    DecisionPaper,
    Proposal,
    RollObjection,
)
from ayil.members.models import Party
from ayil.places.models import Place
from tests.site.village import AT, Village, village

NEXT_HELD = date(2012, 7, 20)
EARLIER_HELD = date(2012, 6, 18)


@dataclass
class Meeting:
    """A village that the persona "villager" keeps the roll of: one assembly with a quorum, and
    the next, whose roll hangs and was objected to, with a proposal that nobody voted on yet. An
    earlier one decided: signed, sealed, its protocol photographed, and complained about."""

    village: Village
    assembly: Assembly
    following: Assembly
    objection: RollObjection
    proposal: Proposal
    decided: Decision
    complaint: Complaint
    paper: DecisionPaper

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
    return Meeting(
        here, assembly, following, objection, here.propose_two(following)[0], *_decided(here)
    )


def _decided(here: Village) -> tuple[Decision, Complaint, DecisionPaper]:
    decision = here.decide(held_on=EARLIER_HELD)
    here.sign(decision)
    seal_decision(decision=decision, by=here.registrar, at=AT)
    paper = keep_paper(
        assembly=decision.assembly, kind=DecisionPaper.Kind.PROTOCOL, content=_photo(),
        by=here.registrar, at=AT,
    )  # fmt: skip
    complaint = complain(
        assembly=decision.assembly, about=Complaint.About.COUNT, words="Эки жолу саналсын",
        on=EARLIER_HELD, at=AT,
    )  # fmt: skip
    return decision, complaint, paper


def _photo() -> bytes:
    told = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(told, "JPEG")
    return told.getvalue()
