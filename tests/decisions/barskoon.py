"""Barskoon decides: twelve adults, three proposals, and what the tests do with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any

from ayil.decisions.actions import (
    Asked,
    call_assembly,
    close_poll,
    count_poll,
    count_quorum,
    enter_roll,
    enter_sheet,
    freeze_roll,
    keep_evidence,
    minute_decision,
    name_maker,
    name_officer,
    open_poll,
    post_roll,
    propose,
    record_resource,
    sign_decision,
    tick_attendance,
)
from ayil.decisions.actions.proposals import Details
from ayil.decisions.models import (
    Assembly,
    Decision,
    LocalResource,
    MarketEvidence,
    Part,
    Poll,
    PollTally,
    Proposal,
)
from ayil.decisions.rules import piles_of
from ayil.kit.invariants import collected
from ayil.members.actions import enter_party
from ayil.members.models import Party, PartyKind, Sex
from ayil.places.actions import enter_place
from ayil.places.models import Place, PlaceKind

AT = datetime(2012, 5, 12, 4, 0, tzinfo=UTC)
CALLED, HELD = date(2012, 4, 28), date(2012, 5, 12)
NAMES = (
    "Aigul", "Bermet", "Cholpon", "Dinara", "Elnura", "Gulnara", "Jyldyz",
    "Azamat", "Bakyt", "Daniyar", "Ermek", "Kubat",
)  # fmt: skip
WOMEN = 7


def village(code: str = "barskoon", name: str = "Barskoon") -> Place:
    region = Place.objects.filter(code="issyk-kul").first() or enter_place(
        code="issyk-kul", kind=PlaceKind.REGION, parent=None,
        names=("Issyk-Kul", "Иссык-Куль", "Ысык-Көл"), source="register",
    )  # fmt: skip
    district = Place.objects.filter(code="jety-oguz").first() or enter_place(
        code="jety-oguz", kind=PlaceKind.DISTRICT, parent=region,
        names=("Jety-Oguz", "Джети-Огуз", "Жети-Өгүз"), source="register",
    )  # fmt: skip
    return Place.objects.filter(code=code).first() or enter_place(
        code=code, kind=PlaceKind.VILLAGE, parent=district, names=(name, name, name),
        source="register",
    )  # fmt: skip


def villager(name: str, lives_in: Place, sex: Sex = Sex.MAN, born_year: int = 1970) -> Party:
    return enter_party(
        kind=PartyKind.PERSON, name=name, at=AT, village=lives_in, sex=sex, born_year=born_year
    )


class Barskoon:
    """Azamat keeps the roll, Aigul chairs, two count; Bermet, Bakyt and Dinara propose."""

    def __init__(self, code: str = "barskoon", name: str = "Barskoon") -> None:
        self.village = village(code, name)
        self.people = [
            villager(who, self.village, Sex.WOMAN if place < WOMEN else Sex.MAN)
            for place, who in enumerate(NAMES)
        ]
        by_name = {person.name: person for person in self.people}
        self.chair, self.registrar, self.counter = (
            by_name["Aigul"], by_name["Azamat"], by_name["Kubat"],
        )  # fmt: skip
        self.second = by_name["Elnura"]
        self.proposers = [by_name["Bermet"], by_name["Bakyt"], by_name["Dinara"]]
        self.assembly = self.call(HELD)

    def call(self, held_on: date, **asks: Any) -> Assembly:
        assembly = call_assembly(
            village=self.village, called_on=CALLED, held_on=held_on, place="school",
            notice="posted at the village administration and the shop, read at the mosque",
            by=self.registrar, at=AT, **asks,
        )  # fmt: skip
        for part, person in (
            (Part.CHAIR, self.chair),
            (Part.REGISTRAR, self.registrar),
            (Part.COUNTER, self.counter),
            (Part.COUNTER, self.second),
        ):
            name_officer(assembly=assembly, part=part, person=person, by=self.registrar, at=AT)
        return assembly

    def hang(self, people: Sequence[Party] | None = None) -> None:
        """The roll is entered and hangs since the day of the call."""
        enter_roll(assembly=self.assembly, people=people or self.people, by=self.registrar)
        post_roll(
            assembly=self.assembly, hangs_at="at the school", since=CALLED, by=self.registrar, at=AT
        )

    def quorate(self, present: int = 12) -> None:
        self.hang()
        freeze_roll(assembly=self.assembly, by=self.registrar, at=AT)
        tick_attendance(assembly=self.assembly, numbers=range(1, present + 1))
        count_quorum(assembly=self.assembly, by=self.registrar, at=AT)

    def resource(self) -> LocalResource:
        return LocalResource.objects.filter(village=self.village).first() or record_resource(
            village=self.village, kind=LocalResource.Kind.WOOD, name="willow", yearly_amount=400,
            unit="poles", access="common land, by leave of the village", season=(9, 11),
            by=self.registrar, at=AT,
        )  # fmt: skip

    def propose(self) -> list[Proposal]:
        """Three that may stand on the paper: each says all that is asked, and has a maker."""
        proposals = [
            propose(
                assembly=self.assembly, names=names, symbol=symbol, proposer=proposer,
                resource=self.resource(), at=AT, **TOLD,
            )
            for proposer, symbol, names in zip(
                self.proposers, ("yurt", "felt", "jam"),
                (("Yurts", "Юрты", "Боз үйлөр"), ("Felt", "Войлок", "Кийиз"),
                 ("Jam", "Варенье", "Кыям")),
                strict=True,
            )
        ]  # fmt: skip
        for proposal in proposals:
            name_maker(proposal=proposal, person=proposal.proposer, may_be_named=True, at=AT)
            look_up(proposal)
        return proposals

    def poll(self, papers: Sequence[Collection[int] | None], unused: int = 0) -> Poll:
        """A round from its opening to both counters' sheets."""
        poll = open_poll(assembly=self.assembly, by=self.registrar, at=AT)
        close_poll(poll=poll, issued=len(papers) + unused, unused=unused, by=self.registrar, at=AT)
        self.enter(poll, papers)
        return poll

    def enter(self, poll: Poll, papers: Sequence[Collection[int] | None]) -> None:
        piles, spoiled = piles_of(papers)
        for counter in (self.counter, self.second):
            enter_sheet(poll=poll, counter=counter, piles=piles, spoiled=spoiled, by=counter, at=AT)

    def vote(self, papers: Sequence[Collection[int] | None], unused: int = 0) -> PollTally:
        return count_poll(poll=self.poll(papers, unused), by=self.counter, at=AT)

    def minute(self) -> Decision:
        return minute_decision(assembly=self.assembly, on=HELD, by=self.registrar, at=AT)

    def sign(self, decision: Decision) -> None:
        for part, signer in (
            (Part.CHAIR, self.chair),
            (Part.REGISTRAR, self.registrar),
            (Part.COUNTER, self.counter),
        ):
            sign_decision(decision=decision, part=part, signer=signer, on=HELD, at=AT)


TOLD: Details = {
    "resource_milli": 2_500, "skills": "learned from the elders", "piece_cost_minor": 40_000,
    "start_cost_minor": 1_500_000, "pieces_a_month": 6, "risk_health": "none known",
    "risk_land": "none known",
}  # fmt: skip


def look_up(proposal: Proposal) -> MarketEvidence:
    """The shop's sales were looked into, and nobody had sold such goods."""
    asked = Asked("craft", "", None, date(2011, 5, 1), date(2012, 4, 30))
    return keep_evidence(proposal=proposal, asked=asked, by=proposal.proposer, at=AT)


YURTS = [{1}, {1, 2}, {1, 3}, {1}, {1}, {1, 2}, {1}, {2}, {3}, set(), None]


def decided(code: str = "barskoon", name: str = "Barskoon") -> tuple[Barskoon, Decision]:
    """Seven of ten valid papers approve yurts; minuted and signed by three."""
    barskoon = Barskoon(code, name)
    barskoon.quorate()
    barskoon.propose()
    barskoon.vote(YURTS, unused=1)
    decision = barskoon.minute()
    barskoon.sign(decision)
    return barskoon, decision


def breaches() -> list[str]:
    return [line for check in collected() for line in check.find()]
