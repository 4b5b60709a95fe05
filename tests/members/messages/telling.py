"""People who are told, the ways to them, and a clock that stands still until it is moved."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from ayil.members.actions import enter_party
from ayil.members.consents import record_consent
from ayil.members.messages.choosing import Choice, choose_way
from ayil.members.messages.linking import hear, invite
from ayil.members.messages.queue import Reach, Telling, make_message, reach_of_party
from ayil.members.messages.sending import Sent, send_due
from ayil.members.messages.telegram import Heard
from ayil.members.models import (
    Chat,
    ChosenWay,
    Message,
    MessageEnd,
    Party,
    PartyKind,
    Purpose,
    Rhythm,
    Way,
)

# Ten in the morning at the lake.
AT = datetime(2012, 7, 2, 4, 0, tzinfo=UTC)
DAY = AT.date()
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def person(name: str, phone: str = "", *, agrees: bool = True) -> Party:
    party = enter_party(kind=PartyKind.PERSON, name=name, village=None, phone=phone, at=AT)
    if agrees:
        say(party, given=True)
    return party


def say(party: Party, *, given: bool) -> None:
    record_consent(party=party, purpose=Purpose.MESSAGES, given=given, by=party, at=AT)


def choose(party: Party, way: Way, rhythm: Rhythm = Rhythm.EVENING, **more: Any) -> ChosenWay:
    return choose_way(party=party, choice=Choice(way, rhythm, "ky", **more), by=party, at=AT)


def link(party: Party, number: int) -> Chat:
    token = invite(party=party, by=party, at=AT).rpartition("=")[2]
    (chat,) = hear([Heard(1, number, f"/start {token}")], at=AT)
    return chat


def reach(party: Party) -> Reach:
    found = reach_of_party(party, AT)
    assert isinstance(found, Reach)
    return found


def tell(
    party: Party, key: str = "one", at: datetime = AT, text: str = "3 чокой сатылды"
) -> Message:
    telling = Telling(key, Message.Kind.FLASH, "Сатылды", text)
    return make_message(telling=telling, reach=reach(party), about=party, shop=None, at=at)


@dataclass
class Clock:
    """Stands still until it is moved."""

    at: datetime = AT

    def look(self) -> datetime:
        return self.at

    def round(self, after: timedelta = timedelta(0)) -> Sent:
        self.at += after
        return send_due(clock=self.look, patience_s=0.6)


def how(message: Message) -> str:
    return MessageEnd.objects.get(message=message).how
