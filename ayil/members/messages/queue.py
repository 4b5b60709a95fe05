"""Messages that wait to be sent: made once for each content, and taken back where nobody wants
them any more."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from ayil.kit.clock import BISHKEK, local_date
from ayil.members.identities import groups, identities_of
from ayil.members.messages.choosing import address_of, chosen_way
from ayil.members.messages.rules import Attempt, Standing, after_quiet, standing
from ayil.members.models import (
    Affiliation,
    Chat,
    ChosenWay,
    ConsentEvent,
    Message,
    MessageEnd,
    Party,
    PartyKind,
    Purpose,
    Rhythm,
    Shop,
    Way,
)
from ayil.members.queries import consents_now, standing_on

SLIP_GOOD_FOR = timedelta(days=60)
How = MessageEnd.How


class Silence(StrEnum):
    """Why nobody is told."""

    NO_CONSENT = "no-consent"
    NO_WAY = "no-way"
    UNWANTED = "unwanted"
    NO_ADDRESS = "no-address"


@dataclass(frozen=True)
class Reach:
    """The person who is told of somebody's affairs, what they chose, and where it goes."""

    person: Party
    choice: ChosenWay
    address: str


@dataclass(frozen=True)
class Telling:
    """What a message says. `key` names its content; `good_for` is how long it makes sense."""

    key: str
    kind: Message.Kind
    title: str
    text: str
    spoken: str = ""
    good_for: timedelta = timedelta(hours=24)


def reach_of_party(party: Party, at: datetime) -> Reach | Silence:
    """Who is told of the party's affairs: they themselves, or who answers for the community.

    Leaders come before contacts, and the first who can be reached is told. A community that said
    no to messages is told nothing through anybody.
    """
    if party.kind != PartyKind.COMMUNITY:
        return _reach(party)
    said = ConsentEvent.objects.filter(party__in=identities_of(party), purpose=Purpose.MESSAGES)
    last = said.order_by("-id").first()
    if last is not None and not last.given:
        return Silence.NO_CONSENT
    found: list[Reach | Silence] = [_reach(person) for person in _who_answer_for(party, at)]
    reached = next((one for one in found if isinstance(one, Reach)), None)
    return reached or next(iter(found), Silence.NO_WAY)


def _who_answer_for(community: Party, at: datetime) -> list[Party]:
    parts = Affiliation.Part
    order = {parts.LEADER.value: 0, parts.CONTACT.value: 1}
    named = Affiliation.objects.filter(community=community, part__in=list(order))
    standing_now = standing_on(named, local_date(at)).select_related("person")
    return [one.person for one in sorted(standing_now, key=lambda one: (order[one.part], one.pk))]


def _reach(person: Party) -> Reach | Silence:
    if not consents_now(person, Purpose.MESSAGES):
        return Silence.NO_CONSENT
    choice = chosen_way(person)
    if choice is None:
        return Silence.NO_WAY
    if choice.rhythm == Rhythm.NONE:
        return Silence.UNWANTED
    address = address_of(person, choice.way)
    if not address and choice.way != Way.SLIP:
        return Silence.NO_ADDRESS
    return Reach(person, choice, address)


def make_message(
    *, telling: Telling, reach: Reach, about: Party, shop: Shop | None, at: datetime
) -> Message:
    """Puts it in the queue, due when the person's night is over; the same content only once."""
    choice = reach.choice
    due_at = after_quiet(at.astimezone(BISHKEK), choice.quiet_from, choice.quiet_until)
    good_for = SLIP_GOOD_FOR if choice.way == Way.SLIP else telling.good_for
    message, _is_new = Message.objects.get_or_create(
        key=telling.key,
        defaults={
            "party": reach.person,
            "about": about,
            "shop": shop,
            "way": choice.way,
            "address": reach.address,
            "language": choice.language,
            "kind": telling.kind,
            "title": telling.title,
            "text": telling.text,
            "spoken": telling.spoken,
            "due_at": due_at,
            "ends_at": due_at + good_for,
            "made_at": at,
        },
    )
    return message


def open_messages() -> QuerySet[Message]:
    """What has not ended, the oldest first."""
    ended = MessageEnd.objects.filter(message=OuterRef("pk"))
    return Message.objects.exclude(Exists(ended)).order_by("due_at", "id")


def standing_of(message: Message, now: datetime) -> Standing:
    """Where an open message stands; reads `attempts`, so prefetch them for many."""
    rows = sorted(message.attempts.all(), key=lambda attempt: attempt.pk)
    tried = [Attempt(one.outcome, one.at, one.again_at) for one in rows]
    return standing(message.due_at, message.ends_at, tried, now)


def end(
    message: Message, how: MessageEnd.How, *, at: datetime, words: str = "", by: Party | None = None
) -> MessageEnd:
    """The last row of a message; the first end of two holds."""
    with transaction.atomic():
        Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
        found, _is_new = MessageEnd.objects.get_or_create(
            message=message, defaults={"how": how, "words": words[:200], "by": by, "at": at}
        )
    return found


def unwanted(message: Message) -> str:
    """Why the person does not want this any more, in a word for the log; empty where they do."""
    return unwanted_among([message]).get(message.pk, "")


def unwanted_among(messages: Collection[Message]) -> dict[int, str]:
    """By the key of each message that nobody wants any more, why; four queries for any number."""
    people = {pk: group for group in groups() for pk in group}
    person_of = {one.party_id: people.get(one.party_id, frozenset({one.party_id}))
                 for one in messages}  # fmt: skip
    records = frozenset().union(*person_of.values())
    whose = {record: pk for pk, group in person_of.items() for record in group}
    said = ConsentEvent.objects.filter(party__in=records, purpose=Purpose.MESSAGES)
    agrees = {whose[pk]: given for pk, given in _in_order(said, "given")}
    chosen = ChosenWay.objects.filter(party__in=records)
    rhythms = {whose[pk]: rhythm for pk, rhythm in _in_order(chosen, "rhythm")}
    chats = Chat.objects.filter(party__in=records, end__isnull=True)
    open_chats = {(whose[pk], str(number)) for pk, number in _in_order(chats, "number")}
    found = {}
    for one in messages:
        key = whose[next(iter(person_of[one.party_id]))]
        if not agrees.get(key):
            found[one.pk] = Silence.NO_CONSENT.value
        elif rhythms.get(key, Rhythm.NONE.value) == Rhythm.NONE.value:
            found[one.pk] = Silence.UNWANTED.value
        elif one.way == Way.TELEGRAM and (key, one.address) not in open_chats:
            found[one.pk] = Silence.NO_ADDRESS.value
    return found


def _in_order(rows: QuerySet[Any], column: str) -> Iterator[tuple[int, Any]]:
    """Each row's party and value, as they were written: the last one holds."""
    yield from rows.order_by("id").values_list("party_id", column)


def is_quiet(party: Party, at: datetime) -> bool:
    """Whether it is night for this person, by what they chose last."""
    choice = chosen_way(party)
    if choice is None:
        return False
    local = timezone.localtime(at, BISHKEK)
    return after_quiet(local, choice.quiet_from, choice.quiet_until) != local
