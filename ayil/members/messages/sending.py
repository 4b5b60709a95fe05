"""Sends what is due, the oldest first, one way after the other, beside the server.

Before each sending a row says so, so that two who send at the same time do not both. Whatever
certainly did not arrive is sent again after a pause; what may have arrived is not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ayil.kit.clock import now
from ayil.members.messages import telegram
from ayil.members.messages.carriers import carry, ways_out
from ayil.members.messages.linking import end_chats, hear
from ayil.members.messages.port import PATIENCE_S, Answer, Never, NotYet, Parcel, Taken
from ayil.members.messages.queue import (
    How,
    end,
    is_quiet,
    open_messages,
    standing_of,
    unwanted,
    unwanted_among,
)
from ayil.members.messages.rules import State, pause_after
from ayil.members.models import ChatEnd, Message, MessageAttempt, MessageEnd, Way

MINUTE = timedelta(minutes=1)
# What a way takes from one sender: Telegram bears thirty a second, a gateway of one SIM card one
# message every few seconds, a mail server what its owner allows.
MOST_A_MINUTE = {Way.TELEGRAM.value: 300, Way.SMS.value: 30, Way.MAIL.value: 60}
Outcome = MessageAttempt.Outcome


@dataclass
class Sent:
    """What became of a round."""

    delivered: int = 0
    maybe: int = 0
    again: int = 0
    given_up: int = 0
    withdrawn: int = 0

    def count(self, ended: MessageEnd | None) -> None:
        if ended is None:
            self.again += 1
        else:
            name = ended.how.replace("-", "_")
            setattr(self, name, getattr(self, name) + 1)


def send_due(
    *, most: int = 200, clock: Callable[[], datetime] = now, patience_s: float = PATIENCE_S
) -> Sent:
    """One round over what is due by the clock. Nobody is waited for longer than `patience_s`."""
    done = Sent()
    _end_what_is_over(done, clock())
    for way in sorted(ways_out()):
        if _is_resting(way, clock()):
            continue
        for message in _due(way, clock(), most):
            if not _claim(message, done, clock()):
                continue
            answer = carry(way, Parcel(message.address, message.title, message.text), patience_s)
            ended = keep_answer(message, answer, at=clock())
            done.count(ended)
            if ended is None or ended.how == How.MAYBE:
                break  # the line may be down: nobody else's message is risked in this round
    return done


def _end_what_is_over(done: Sent, at: datetime) -> None:
    """What nobody wants any more, what may have arrived, and what came too late to be sent."""
    found = list(open_messages().prefetch_related("attempts"))
    not_wanted = unwanted_among(found)
    for message in found:
        stands = standing_of(message, at)
        if stands.state == State.UNSURE:
            done.count(end(message, How.MAYBE, at=at, words="the sending was stopped amid it"))
        elif stands.state == State.HOPELESS:
            done.count(end(message, How.GIVEN_UP, at=at, words=_last_words(message)))
        elif stands.state == State.WAITING and message.pk in not_wanted:
            done.count(end(message, How.WITHDRAWN, at=at, words=not_wanted[message.pk]))


def _last_words(message: Message) -> str:
    said = [one.words for one in message.attempts.all() if one.words]
    return said[-1] if said else "its time was over"


def _is_resting(way: str, at: datetime) -> bool:
    """Whether the way has to be left alone: it asked for it, or failed the last times."""
    ends = MessageEnd.objects.filter(message__way=way)
    came = ends.filter(how=How.DELIVERED).order_by("-id").values_list("at", flat=True).first()
    failed = MessageAttempt.objects.filter(message__way=way, outcome=Outcome.NOT_YET)
    unsure = ends.filter(how=How.MAYBE)
    if came is not None:
        failed, unsure = failed.filter(at__gt=came), unsure.filter(at__gt=came)
    moments = [*failed.values_list("at", flat=True), *unsure.values_list("at", flat=True)]
    asked = failed.order_by("-id").values_list("again_at", flat=True).first()
    if asked is not None and at < asked:
        return True
    return bool(moments) and at < max(moments) + pause_after(len(moments))


def _due(way: str, at: datetime, most: int) -> list[Message]:
    """As many as the way takes in this minute, whoever else sends by it."""
    lately = MessageAttempt.objects.filter(
        message__way=way, outcome=Outcome.SENT, at__gt=at - MINUTE
    ).count()
    room = max(min(most, MOST_A_MINUTE[way] - lately), 0)
    waiting = open_messages().filter(way=way, due_at__lte=at)
    found: list[Message] = []
    for message in waiting.select_related("party").prefetch_related("attempts").iterator(500):
        if len(found) >= room:
            break
        stands = standing_of(message, at)
        is_due = stands.state == State.WAITING and stands.due_at and stands.due_at <= at
        if is_due and not is_quiet(message.party, at):
            found.append(message)
    return found


def _claim(message: Message, done: Sent, at: datetime) -> bool:
    """Whether it is ours to send: still open and due, still wanted, and nobody else took it."""
    with transaction.atomic():
        found = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
        if MessageEnd.objects.filter(message=found).exists():
            return False
        stands = standing_of(found, at)
        if stands.state != State.WAITING or stands.due_at is None or stands.due_at > at:
            return False
        if why := unwanted(found):
            done.count(end(found, How.WITHDRAWN, at=at, words=why))
            return False
        MessageAttempt.objects.create(message=found, outcome=Outcome.SENT, at=at)
    return True


def keep_answer(message: Message, answer: Answer, *, at: datetime) -> MessageEnd | None:
    """What the other side said; None where it is sent again later."""
    if isinstance(answer, NotYet):
        again_at = None if answer.again_s is None else at + timedelta(seconds=answer.again_s)
        with transaction.atomic():
            Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
            found = MessageEnd.objects.filter(message=message).first()
            if found is None:
                MessageAttempt.objects.create(
                    message=message, outcome=Outcome.NOT_YET, words=answer.words[:200],
                    again_at=again_at, at=at,
                )  # fmt: skip
        return found
    if isinstance(answer, Taken):
        return end(message, How.DELIVERED, at=at, words=answer.words)
    if isinstance(answer, Never):
        if answer.shut and message.way == Way.TELEGRAM:
            end_chats(number=int(message.address), reason=ChatEnd.Reason.BLOCKED, at=at)
        return end(message, How.GIVEN_UP, at=at, words=answer.words)
    return end(message, How.MAYBE, at=at, words=answer.words)


def listen(offset: int, *, at: datetime, patience_s: float = PATIENCE_S) -> int:
    """Hears what people wrote to the bot; answers the number from which to hear on."""
    if Way.TELEGRAM.value not in ways_out():
        return offset
    heard = telegram.hear(offset, patience_s)
    hear(heard, at=at)
    return max([offset, *(one.number + 1 for one in heard)])
