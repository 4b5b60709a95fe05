"""Telegram's Bot API over HTTP: sendMessage and getUpdates (core.telegram.org/bots/api).

The address is https://NAME:TOKEN@api.telegram.org/: the bot's name for the links that people
open, and its token, which stands in the path of every request and in no log of ours.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from ayil.members.messages.port import (
    LONGEST_WORDS,
    PATIENCE_S,
    Answer,
    Never,
    NotYet,
    Parcel,
    Reply,
    Taken,
    Unsure,
    by_status,
    post,
    seconds,
)

LONGEST_TEXT = 4096
START, STOP = "/start", "/stop"


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that somebody wrote to the bot, or that they blocked it (`is_gone`)."""

    number: int
    chat: int
    text: str
    is_gone: bool = False


def link(token: str) -> str:
    """What a person opens, or scans, to say that this chat is theirs."""
    return f"https://t.me/{bot_name()}?start={token}"


def bot_name() -> str:
    return unquote(urlsplit(settings.AYIL_TELEGRAM_URL).username or "")


def carry(parcel: Parcel, patience_s: float) -> Answer:
    """One message into one chat."""
    words = {"chat_id": parcel.to, "text": parcel.text[:LONGEST_TEXT]}
    said = _ask("sendMessage", words, patience_s)
    return said if isinstance(said, NotYet | Unsure) else read(said)


def read(reply: Reply) -> Answer:
    """What Telegram said of a message. 200 without its `ok` is no answer of Telegram's."""
    said = _decoded(reply.body)
    words = str(said.get("description") or f"Telegram answered {reply.status}")[:LONGEST_WORDS]
    if reply.status == 200:
        return Taken() if said.get("ok") is True else Unsure("200 and no answer of Telegram's")
    if reply.status == 429:
        asked = said.get("parameters")
        asked_s = asked.get("retry_after") if isinstance(asked, dict) else None
        return NotYet(words, seconds(asked_s) or reply.again_s)
    if reply.status == 403 and said.get("ok") is False:
        return Never(words, shut=True)
    if reply.status == 400 and said.get("ok") is False:
        return Never(words, shut="chat not found" in words.lower())
    return by_status(reply, words)


def hear(offset: int, patience_s: float = PATIENCE_S) -> Sequence[Heard]:
    """What was written to the bot from number `offset` on; nothing where nobody answers.

    Telegram forgets what stands before the offset that it is asked for, so that what was not
    worked off when a process stopped comes again.
    """
    asked = {"offset": offset, "timeout": 0, "allowed_updates": ["message", "my_chat_member"]}
    reply = _ask("getUpdates", asked, patience_s)
    if isinstance(reply, NotYet | Unsure) or reply.status != 200:
        return []
    found = _decoded(reply.body).get("result")
    return [one for one in map(_heard, found) if one] if isinstance(found, list) else []


def _heard(update: object) -> Heard | None:
    """None for what has no number. What we do not understand keeps its number, so that it is
    passed by."""
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        return None
    number = update["update_id"]
    if isinstance(member := update.get("my_chat_member"), dict):
        after = _part(member, "new_chat_member").get("status")
        return Heard(number, _chat(member), "", is_gone=after in {"kicked", "left"})
    message = _part(update, "message")
    return Heard(number, _chat(message), str(message.get("text") or ""))


def _chat(message: Mapping[str, Any]) -> int:
    """The chat's number where it is one person's; 0 for groups, which nobody links."""
    chat = _part(message, "chat")
    number = chat.get("id")
    return number if chat.get("type") == "private" and isinstance(number, int) else 0


def _part(whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = whole.get(name)
    return found if isinstance(found, dict) else {}


def _ask(method: str, words: Mapping[str, object], patience_s: float) -> Reply | NotYet | Unsure:
    parts = urlsplit(settings.AYIL_TELEGRAM_URL)
    host = parts.netloc.rpartition("@")[2]
    token = unquote(parts.password or "")
    url = f"{parts.scheme}://{host}{parts.path.rstrip('/')}/bot{token}/{method}"
    body = json.dumps(words, ensure_ascii=False).encode()
    return post(url, body, {"Content-Type": "application/json"}, patience_s)


def _decoded(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
