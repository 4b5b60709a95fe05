"""Which chat with our bot is whose: a link that works once, and what people write to the bot."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.members.identities import identities_of
from ayil.members.messages.carriers import ways_out
from ayil.members.messages.telegram import START, STOP, Heard, link
from ayil.members.models import Chat, ChatEnd, ChatInvitation, Party, Way

INVITED_FOR = timedelta(hours=24)
Reason = ChatEnd.Reason


def invite(*, party: Party, by: Party, at: datetime) -> str:
    """The address of our bot with a token that links one chat, once, within a day.

    Only the person asks for it: whoever opens it reads what is theirs.
    """
    if Way.TELEGRAM.value not in ways_out():
        raise AyilError(_("This house has no Telegram bot. Choose another way."))
    if by.pk not in identities_of(party):
        raise AyilError(_("Only %(party)s links a chat of their own.") % {"party": party})
    token = secrets.token_urlsafe(24)
    ChatInvitation.objects.create(
        party=party, token_hash=_hash(token), made_at=at, ends_at=at + INVITED_FOR, by=by
    )
    return link(token)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def hear(heard: Sequence[Heard], *, at: datetime) -> list[Chat]:
    """Links and unlinks what was written to the bot; answers the chats that were linked.

    Safe to repeat: a token that was used links nothing, and a chat that ended has ended.
    """
    linked = []
    for one in heard:
        word, _space, token = one.text.strip().partition(" ")
        if not one.chat:
            continue
        if one.is_gone or word == STOP:
            end_chats(number=one.chat, reason=Reason.BLOCKED if one.is_gone else Reason.STOPPED,
                      at=at)  # fmt: skip
        elif word == START and token:
            chat = _link(one.chat, token.strip(), at)
            linked += [chat] if chat else []
    return linked


def _link(number: int, token: str, at: datetime) -> Chat | None:
    """A newer chat of the person takes the place of the earlier one; a family may share one."""
    with transaction.atomic():
        invitation = (
            ChatInvitation.objects.select_for_update(of=("self",))
            .filter(token_hash=_hash(token), ends_at__gt=at)
            .first()
        )
        if invitation is None or Chat.objects.filter(invitation=invitation).exists():
            return None
        mine = identities_of(invitation.party)
        for earlier in Chat.objects.filter(party__in=mine, end__isnull=True):
            ChatEnd.objects.create(chat=earlier, reason=Reason.ANOTHER, at=at)
        return Chat.objects.create(
            party=invitation.party, number=number, invitation=invitation, at=at
        )


def end_chats(*, number: int, reason: ChatEnd.Reason, at: datetime) -> int:
    """Whoever is behind this chat is not written to there any more."""
    with transaction.atomic():
        standing = list(
            Chat.objects.select_for_update(of=("self",)).filter(number=number, end__isnull=True)
        )
        for chat in standing:
            ChatEnd.objects.create(chat=chat, reason=reason, at=at)
    return len(standing)


def unlink(*, party: Party, by: Party, at: datetime) -> int:
    """The person ends their own chat from their page."""
    if by.pk not in identities_of(party):
        raise AyilError(_("Only %(party)s links a chat of their own.") % {"party": party})
    numbers = Chat.objects.filter(party__in=identities_of(party), end__isnull=True)
    ended = 0
    for chat in numbers:
        ChatEnd.objects.create(chat=chat, reason=Reason.STOPPED, at=at)
        ended += 1
    return ended
