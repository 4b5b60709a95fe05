"""The port: what is handed over, the four answers that come back, and one POST of ours.

The difference between NotYet and Unsure is the point of it: only what certainly did not
arrive may be sent again.
"""

import http.client
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

PATIENCE_S = 20
MAX_ANSWER_BYTES = 256 * 1024
LONGEST_WORDS = 200
# Answers of a server that say that nothing was taken. A proxy's 502 and 504 do not: behind it the
# message may have gone out.
BUSY = frozenset({408, 429, 500, 503})
# Our own keys or address are wrong: nobody's message arrives, and it is no fault of theirs.
OURS = frozenset({301, 302, 303, 307, 308, 401, 403, 404, 405})


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is handed over: to whom, and the words. `title` is an e-mail's alone."""

    to: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The other side has it."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class NotYet:
    """It certainly did not arrive; `again_s` is how long the other side asks us to wait."""

    words: str
    again_s: int | None = None


@dataclass(frozen=True, slots=True)
class Never:
    """It did not arrive and will not: the address is wrong, or its owner has shut it."""

    words: str
    shut: bool = False


@dataclass(frozen=True, slots=True)
class Unsure:
    """It was handed over and the answer got lost: it may have arrived."""

    words: str


Answer = Taken | NotYet | Never | Unsure


@dataclass(frozen=True, slots=True)
class Reply:
    """What a web server said: its status, the body, and how long it asks us to wait."""

    status: int
    body: bytes
    again_s: int | None


def post(
    url: str, body: bytes, headers: Mapping[str, str], patience_s: float
) -> Reply | NotYet | Unsure:
    """One POST, followed nowhere. Before the line stands, nothing was said: NotYet. After it,
    whatever breaks may have broken behind the message: Unsure."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    line = kind(parts.hostname or "", parts.port, timeout=patience_s / 3)
    try:
        try:
            line.connect()
        except (OSError, ssl.SSLError) as error:
            return NotYet(named(error))
        until = time.monotonic() + patience_s
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        line.request("POST", path, body, dict(headers))
        answer = line.getresponse()
        return Reply(
            answer.status, _within(answer, until), seconds(answer.headers.get("Retry-After"))
        )
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Unsure(named(error))
    finally:
        line.close()


def _within(answer: http.client.HTTPResponse, until: float) -> bytes:
    """The body, within a size and a time: bytes that drip are cut off."""
    found = b""
    while piece := answer.read1(8192):
        found += piece
        if len(found) > MAX_ANSWER_BYTES or time.monotonic() > until:
            raise ValueError("the answer is too long, or too slow")
    if answer.length:
        raise http.client.IncompleteRead(found, answer.length)
    return found


def named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:LONGEST_WORDS]


def seconds(said: object) -> int | None:
    """A whole number of seconds within a day, as gateways write it."""
    text = str(said or "").strip()
    return min(int(text), 86_400) if text.isascii() and text.isdigit() else None


def by_status(reply: Reply, words: str) -> Answer:
    """What a status means where the body says no more."""
    if 200 <= reply.status < 300:
        return Taken()
    if reply.status in BUSY:
        return NotYet(words, reply.again_s)
    if reply.status in OURS:
        return NotYet(words)
    return Never(words) if 400 <= reply.status < 500 else Unsure(words)
