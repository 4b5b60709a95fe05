"""A village that meets, votes and signs, through the same actions as in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from ayil.decisions.actions import (
    call_assembly,
    close_poll,
    count_poll,
    count_quorum,
    enter_roll,
    enter_sheet,
    freeze_roll,
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
from ayil.decisions.models import Assembly, Decision, LocalResource, Part, Proposal
from ayil.members.models import Party
from ayil.places.models import Place
from tests.decisions.barskoon import TOLD, look_up
from tests.site.cast import account_of, person, speak

CALLED, HELD = date(2012, 6, 6), date(2012, 6, 20)
AT = datetime(2012, 6, 20, 8, 0, tzinfo=UTC)
NAMES = ("Нурия", "Асел", "Бурул", "Жамал", "Кенже", "Мээрим", "Роза", "Сайкал", "Тургун", "Чынара")


@dataclass
class Village:
    """Ten villagers of one village; the first four chair, register and count."""

    place: Place
    people: list[Party]

    @property
    def chair(self) -> Party:
        return self.people[0]

    @property
    def registrar(self) -> Party:
        return self.people[1]

    @property
    def counter(self) -> Party:
        return self.people[2]

    @property
    def second(self) -> Party:
        return self.people[3]

    def call(self, held_on: date = HELD, **asks: Any) -> Assembly:
        """Called, and all four named."""
        assembly = call_assembly(
            village=self.place,
            called_on=CALLED,
            notice="On the board of the village administration",
            held_on=held_on,
            place="School",
            by=self.chair,
            at=AT,
            **asks,
        )
        for part, holder in (
            (Part.CHAIR, self.chair),
            (Part.REGISTRAR, self.registrar),
            (Part.COUNTER, self.counter),
            (Part.COUNTER, self.second),
        ):
            name_officer(assembly=assembly, part=part, person=holder, by=self.registrar, at=AT)
        return assembly

    def hang(self, assembly: Assembly) -> None:
        """The roll is entered and hangs since the day of the call."""
        enter_roll(assembly=assembly, people=self.people, by=self.registrar)
        post_roll(assembly=assembly, hangs_at="School", since=CALLED, by=self.registrar, at=AT)

    def meet(self, present: int = 8, **asks: Any) -> Assembly:
        """Called, the roll frozen, those who came ticked and counted."""
        assembly = self.call(**asks)
        self.hang(assembly)
        freeze_roll(assembly=assembly, by=self.registrar, at=AT)
        tick_attendance(assembly=assembly, numbers=range(1, present + 1))
        count_quorum(assembly=assembly, by=self.registrar, at=AT, women=present)
        return assembly

    def propose_two(self, assembly: Assembly) -> list[Proposal]:
        wool = record_resource(
            village=self.place,
            kind=LocalResource.Kind.WOOL,
            name="Sheep wool",
            yearly_amount=4000,
            unit="kg",
            access="Every household",
            by=self.registrar,
            at=AT,
        )
        proposals = [
            propose(
                assembly=assembly,
                names=names,
                symbol=symbol,
                proposer=self.people[number],
                resource=wool,
                at=AT,
                **TOLD,
            )
            for number, names, symbol in (
                (5, ("Felt slippers", "Войлочные тапочки", "Кийиз тапочка"), "slippers"),
                (6, ("Shyrdak", "Шырдак", "Шырдак"), "rug"),
            )
        ]
        slippers, rug = proposals
        name_maker(proposal=slippers, person=self.people[7], may_be_named=True, at=AT)
        name_maker(proposal=slippers, person=self.people[8], may_be_named=False, at=AT)
        name_maker(proposal=rug, person=self.people[9], may_be_named=False, at=AT)
        for proposal in proposals:
            look_up(proposal)
        return proposals

    def decide(self, **asks: Any) -> Decision:
        """Six of eight are willing to make slippers, three rugs, one neither."""
        assembly = self.meet(**asks)
        self.propose_two(assembly)
        poll = open_poll(assembly=assembly, by=self.registrar, at=AT)
        close_poll(poll=poll, issued=8, unused=0, by=self.counter, at=AT)
        piles = (((), 1), ((1,), 4), ((1, 2), 2), ((2,), 1))
        for counter in (self.counter, self.second):
            enter_sheet(poll=poll, counter=counter, piles=piles, spoiled=0, by=counter, at=AT)
        count_poll(poll=poll, by=self.counter, at=AT)
        return minute_decision(assembly=assembly, on=assembly.held_on, by=self.registrar, at=AT)

    def sign(self, decision: Decision, parts: int = 3) -> None:
        for part, signer in list(
            zip(Part, (self.chair, self.registrar, self.counter), strict=True)
        )[:parts]:
            sign_decision(decision=decision, part=part, signer=signer, on=decision.on, at=AT)


def village(place: Place) -> Village:
    return Village(place, [person(f"{name} {place.code}", place) for name in NAMES])


def as_person(client: Client, party: Party, language: str = "en") -> Client:
    user = getattr(party, "user", None) or account_of(party)
    client.force_login(user)
    speak(client, language)
    return client


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode().replace("\u00a0", " ")
