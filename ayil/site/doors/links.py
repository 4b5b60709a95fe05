"""A link to whoever asks for one: the same answer, at the same price, whoever they are."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ayil.members.doors import make_link
from ayil.members.doors_rules import (
    LINK_BY_PAGE,
    LINK_REQUESTS_AN_HOUR,
    LINKS_AN_HOUR,
    phone_spellings,
)
from ayil.members.messages.at_once import Words, send
from ayil.members.messages.carriers import ways_out
from ayil.members.models import LinkRequest, Party, SignInLink, Way

HOUR = timedelta(hours=1)
# A family shares a telephone; a whole village does not.
PEOPLE_BEHIND_ONE_PHONE = 5


class AnswerFirst(HttpResponseRedirect):
    """Goes out before the work begins, so that its time says nothing about what there was to do."""

    def __init__(self, to: str, work: Callable[[], object], *args: Any, **kwargs: Any) -> None:
        super().__init__(to, *args, **kwargs)
        self._work = work

    def close(self) -> None:
        self._work()
        super().close()


def may_ask(address: str, at: datetime) -> bool:
    """Counts a request from this address; False where there were too many in the hour."""
    asked = LinkRequest.objects.filter(address=address, at__gt=at - HOUR).count()
    if asked >= LINK_REQUESTS_AN_HOUR:
        return False
    LinkRequest.objects.create(address=address, at=at)
    return True


def send_links(reach: str, at: datetime) -> None:
    """A link to each person who can be reached so; to nobody where there is none."""
    way = Way.MAIL if "@" in reach else Way.SMS
    if way.value not in ways_out():
        return
    for party in _behind(reach, way)[:PEOPLE_BEHIND_ONE_PHONE]:
        if _links_in_the_hour(party, at) < LINKS_AN_HOUR:
            token = make_link(party=party, by=None, at=at)
            to = party.user.email if way == Way.MAIL else party.phone
            with translation.override(party.language):
                words = _words(party, token)
            send(party=party, to=to, way=way, words=words, at=at)


def _behind(reach: str, way: Way) -> QuerySet[Party]:
    people = Party.objects.filter(user__is_active=True).select_related("user")
    if way == Way.MAIL:
        return people.filter(user__email__iexact=reach)
    return people.filter(phone__in=phone_spellings(reach))


def _links_in_the_hour(party: Party, at: datetime) -> int:
    return SignInLink.objects.filter(party=party, by__isnull=True, made_at__gt=at - HOUR).count()


def _words(party: Party, token: str) -> Words:
    """Names the person: on a shared telephone several links may arrive."""
    address = settings.AYIL_ADDRESS + reverse("use-link", args=[token])
    minutes = int(LINK_BY_PAGE.total_seconds() // 60)
    text = _("%(name)s: sign in to Ayil within %(minutes)d minutes, once: %(address)s") % {
        "name": party.name, "minutes": minutes, "address": address,
    }  # fmt: skip
    return Words(what="sign-in link", subject=_("Your way into Ayil"), text=text)
