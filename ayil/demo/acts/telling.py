"""The last days' messages: makers chose how they are told, and are told what sold.

Nothing leaves this machine: what a gateway would have answered is drawn by chance, and telephones
are numbers of nobody (+996 555 00 00 …).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Q

from ayil.consignment.models import ConsignorAccount
from ayil.demo.acts.stage import Happening, Stage, moment
from ayil.lessons.flash.rules import CLOCK, Due, Slot
from ayil.lessons.flash.telling import flash
from ayil.members.consents import record_consent
from ayil.members.messages.port import Answer, Never, NotYet, Taken, Unsure
from ayil.members.messages.queue import open_messages
from ayil.members.messages.sending import keep_answer
from ayil.members.messages.slips import send_with_car, slips_waiting
from ayil.members.models import (
    Affiliation,
    ChosenWay,
    Message,
    MessageAttempt,
    Party,
    PartyKind,
    Purpose,
    Rhythm,
    Way,
)

DAYS_TOLD = 7
_WAYS = (Way.SMS, Way.SMS, Way.SLIP)
_RHYTHMS = (Rhythm.EVENING, Rhythm.NOON_AND_EVENING, Rhythm.AS_IT_SELLS)
_COMES, _LOSES = 0.95, 0.98


def messages(stage: Stage) -> Iterator[Happening]:
    """The first pass tells nobody; from the next day on each slot has one."""
    begun = stage.plan.last - timedelta(days=DAYS_TOLD)
    yield Happening(moment(begun, 9), partial(_choose, stage))
    yield Happening(moment(begun, 19), partial(_flash, stage, begun, Slot.AFTERNOON))
    for number in range(1, DAYS_TOLD + 1):
        day = begun + timedelta(days=number)
        for slot, clock in CLOCK.items():
            yield Happening(
                moment(day, clock.hour, clock.minute), partial(_flash, stage, day, slot)
            )
        if number == DAYS_TOLD - 2:
            yield Happening(moment(day, 17), partial(_drive, stage))


def _choose(stage: Stage, at: datetime) -> None:
    """Two in three said yes and chose a way; a gateway is taken to be there."""
    for number, person in enumerate(_who_answer(stage)):
        chance = stage.chance("told", person.uid)
        if chance.random() > 0.67:
            continue
        record_consent(party=person, purpose=Purpose.MESSAGES, given=True, by=person, at=at)
        way = chance.choice(_WAYS)
        if way == Way.SMS and not person.phone:
            person.phone = f"+99655500{number:04d}"
            person.save(update_fields=["phone"])
        ChosenWay.objects.create(
            party=person, way=way, rhythm=chance.choice(_RHYTHMS), language=person.language,
            by=person, at=at,
        )  # fmt: skip


def _who_answer(stage: Stage) -> list[Party]:
    """Makers who sell for themselves, and those who lead a community that sells."""
    sellers = ConsignorAccount.objects.filter(shop=stage.shop).values("consignor")
    led = Affiliation.objects.filter(
        community__in=sellers, part=Affiliation.Part.LEADER, end__isnull=True
    ).values("person")
    people = Party.objects.filter(kind=PartyKind.PERSON)
    return list(people.filter(Q(pk__in=sellers) | Q(pk__in=led)).order_by("pk"))


def _flash(stage: Stage, day: date, slot: Slot, at: datetime) -> None:
    flash(shop=stage.shop, due=[Due(day, slot)], at=at)
    later = at + timedelta(minutes=2)
    for message in open_messages().exclude(way=Way.SLIP):
        MessageAttempt.objects.create(
            message=message, outcome=MessageAttempt.Outcome.SENT, at=later
        )
        keep_answer(message, _answer(stage, message, slot), at=later + timedelta(seconds=3))


def _answer(stage: Stage, message: Message, slot: Slot) -> Answer:
    drawn = stage.chance("answer", message.key, slot).random()
    if drawn < _COMES:
        return Taken()
    if drawn < _LOSES:
        return Unsure("TimeoutError: timed out") if slot == Slot.NOON else NotYet("503")
    return Never("no such number")


def _drive(stage: Stage, at: datetime) -> None:
    """A car goes before the week is over; what comes later waits for the next one."""
    waiting = list(slips_waiting(stage.shop).values_list("pk", flat=True))
    send_with_car(shop=stage.shop, slips=waiting, by=stage.parties["manager"], at=at)
