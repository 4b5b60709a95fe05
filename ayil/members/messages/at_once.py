"""A word that cannot wait for the queue: a link to sign in.

A failed sending is an outcome that is kept, not an error: the gateway's bad day must not stop
whoever asked.
"""

from dataclasses import dataclass
from datetime import datetime

from ayil.members.messages.carriers import carry
from ayil.members.messages.port import Parcel, Taken
from ayil.members.models import MessageOutcome, OutgoingMessage, Party, Way


@dataclass(frozen=True)
class Words:
    """What is sent; `what` names its kind in the log, which keeps nothing else of it."""

    what: str
    subject: str
    text: str


def send(*, party: Party, to: str, way: Way, words: Words, at: datetime) -> MessageOutcome:
    """Sends, and keeps that it was sent and what the gateway said."""
    message = OutgoingMessage.objects.create(party=party, way=way, what=words.what, at=at)
    answer = carry(way, Parcel(to, words.subject, words.text))
    return MessageOutcome.objects.create(
        message=message, taken=isinstance(answer, Taken), words=answer.words, at=at
    )
