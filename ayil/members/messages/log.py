"""What was sent to whom and whether it came: for the person all of it, for the staff no words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.members.identities import identities_of
from ayil.members.messages.queue import How, Silence, standing_of
from ayil.members.messages.rules import State, masked
from ayil.members.models import Message, MessageAttempt, MessageEnd, Party, Shop, Way
from ayil.members.queries import AnyUser
from ayil.members.rights import Right, shops_with

LATELY = timedelta(days=7)
# What stands in the log as a code, for people.
_WHY: Mapping[str, object] = {
    Silence.NO_CONSENT.value: gettext_lazy("the consent was taken back"),
    Silence.UNWANTED.value: gettext_lazy("messages are not wanted any more"),
    Silence.NO_ADDRESS.value: gettext_lazy("the chat with the bot was ended"),
}
_TONES = {How.DELIVERED: "yes", How.MAYBE: "wait", How.GIVEN_UP: "no", How.WITHDRAWN: "wait"}


@dataclass(frozen=True)
class Entry:
    """One message as a page shows it: `state` in words, `tone` of its badge (yes, wait, no), and
    for the staff what the other side said."""

    message: Message
    state: str
    tone: str
    why: str
    at: datetime

    @property
    def address(self) -> str:
        """Enough to know the right telephone by, too little to call it. A chat has none."""
        return "" if self.message.way == Way.TELEGRAM else masked(self.message.address)


def messages_visible_to(user: AnyUser, day: date) -> QuerySet[Message]:
    """Those about the shops whose messages the user may see."""
    return Message.objects.filter(shop__in=shops_with(user, Right.SEE_MESSAGES, day=day))


def told_to(party: Party) -> QuerySet[Message]:
    """What the person was told, under all of their records, the latest first."""
    return Message.objects.filter(party__in=identities_of(party)).order_by("-id")


def entries(messages: Iterable[Message], now: datetime) -> list[Entry]:
    """`messages` with `end` and `attempts` at hand, so that their number costs nothing."""
    return [_entry(message, now) for message in messages]


def at_hand(messages: QuerySet[Message]) -> QuerySet[Message]:
    return messages.select_related("party", "about", "end").prefetch_related("attempts")


def _entry(message: Message, now: datetime) -> Entry:
    ended: MessageEnd | None = getattr(message, "end", None)
    if ended is None:
        return Entry(message, *_on_its_way(message, now))
    how = MessageEnd.How(ended.how)
    label = _("went with the car") if _went(message, how) else str(how.label)
    why = str(_WHY.get(ended.words, ended.words))
    return Entry(message, label, _TONES[how], why, ended.at)


def _went(message: Message, how: MessageEnd.How) -> bool:
    return message.way == Way.SLIP and how == How.DELIVERED


def _on_its_way(message: Message, now: datetime) -> tuple[str, str, str, datetime]:
    if message.way == Way.SLIP:
        return _("waits for the next car"), "wait", "", message.made_at
    stands = standing_of(message, now)
    tried: Sequence[MessageAttempt] = list(message.attempts.all())
    words = tried[-1].words if tried else ""
    if stands.state == State.SENT:
        return _("on its way"), "wait", "", tried[-1].at
    if tried:
        return _("did not come yet, is tried again"), "wait", words, tried[-1].at
    return _("waits to be sent"), "wait", "", message.made_at


def failures(shops: QuerySet[Shop], since: datetime) -> QuerySet[MessageEnd]:
    """What did not come, since a moment."""
    return MessageEnd.objects.filter(
        message__shop__in=shops, how=How.GIVEN_UP, at__gte=since
    ).order_by("at")
