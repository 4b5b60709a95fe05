"""Words to one person, by e-mail or as a text message: a small port with two ways out.

A failed sending is an outcome that is kept, not an error: the gateway's bad day must not stop
whoever asked.
"""

import base64
import smtplib
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.core.mail import send_mail

from ayil.members.models import MessageOutcome, OutgoingMessage, Party

Way = OutgoingMessage.Way
DUMMY = "django.core.mail.backends.dummy.EmailBackend"
TIMEOUT_S = 10
LONGEST_WORDS = 200


@dataclass(frozen=True)
class Words:
    """What is sent; `what` names its kind in the log, which keeps nothing else of it."""

    what: str
    subject: str
    text: str


def ways_out() -> frozenset[str]:
    """The ways that this house can send by."""
    mail = {Way.MAIL.value} if settings.EMAIL_BACKEND != DUMMY else set()
    return frozenset(mail | ({Way.SMS.value} if settings.AYIL_SMS_URL else set()))


def send(*, party: Party, to: str, way: Way, words: Words, at: datetime) -> MessageOutcome:
    """Sends, and keeps that it was sent and what the gateway said."""
    message = OutgoingMessage.objects.create(party=party, way=way, what=words.what, at=at)
    try:
        if way == Way.MAIL:
            send_mail(words.subject, words.text, None, [to])
        else:
            _post_sms(settings.AYIL_SMS_URL, to, words.text)
        refusal = ""
    except (OSError, smtplib.SMTPException) as error:
        refusal = f"{type(error).__name__}: {error}"[:LONGEST_WORDS]
    return MessageOutcome.objects.create(message=message, taken=not refusal, words=refusal, at=at)


def _post_sms(url: str, to: str, text: str) -> None:
    parts = urlsplit(url)
    plain = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    # The settings take http and https alone.
    request = urllib.request.Request(plain, urlencode({"to": to, "text": text}).encode())  # noqa: S310
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        request.add_header("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}")
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 # nosec B310
        answer.read(1)
