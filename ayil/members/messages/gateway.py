"""A gateway of text messages: a POST of `to` and `text`, as most of them take it."""

import base64
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit

from django.conf import settings

from ayil.members.messages.port import Answer, NotYet, Parcel, Unsure, by_status, post


def carry(parcel: Parcel, patience_s: float) -> Answer:
    """A 2xx says that the gateway has it; whether the telephone was on, nobody tells us."""
    parts = urlsplit(settings.AYIL_SMS_URL)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    plain = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    body = urlencode({"to": parcel.to, "text": parcel.text}).encode()
    said = post(plain, body, headers, patience_s)
    if isinstance(said, NotYet | Unsure):
        return said
    return by_status(said, f"the gateway answered {said.status}")
