"""Doors lock after wrong passwords, PINs and codes: by the name that was tried, and more widely by
the address it was tried from. Counted in the database, so that all processes count together."""

import math
from collections.abc import Mapping
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayil.kit.addresses import address_of
from ayil.kit.clock import now
from ayil.members.doors_rules import ADDRESSES_MAY_BE_WRONG, LOCK
from ayil.site.pages import Refusal, refuse

TOO_MANY = 429


class DoorHandler(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts a name's wrong tries from everywhere; an address may be wrong ten times as often."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        by_name, by_address = (
            attempts.aggregate(wrong=Sum("failures_since_start"))["wrong"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        return int(max(by_name, by_address // ADDRESSES_MAY_BE_WRONG))


def name_of(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """What is counted: a user's name, or a word with a colon, which no user's name may contain."""
    given = credentials or {}
    return f"card:{given['card']}" if given.get("card") else str(given.get("username") or "")


def is_open(request: HttpRequest, name: str) -> bool:
    """Whether `name` may be tried; where not, the answer becomes the page that says so."""
    credentials = {"username": name}
    if AxesProxyHandler.is_allowed(request, credentials):
        return True
    request.axes_locked_out = True  # type: ignore[attr-defined]
    request.axes_credentials = credentials  # type: ignore[attr-defined]
    return False


def count_wrong(request: HttpRequest, name: str) -> None:
    AxesProxyHandler.user_login_failed(__name__, {"username": name}, request)


def forget(name: str) -> None:
    """After a right try, the wrong ones before it count no more; those of the address still do."""
    AccessAttempt.objects.filter(username=name).delete()


def locked_page(
    request: HttpRequest, response: HttpResponse, credentials: Mapping[str, Any] | None
) -> HttpResponse:
    """Says that the door is locked, for how long, and who can help meanwhile."""
    minutes = _minutes_left(request, name_of(request, credentials))
    words = ngettext(
        "It opens again in %(minutes)d minute. If it was not you who tried, "
        "or you do not remember, the association can help.",
        "It opens again in %(minutes)d minutes. If it was not you who tried, "
        "or you do not remember, the association can help.",
        minutes,
    ) % {"minutes": minutes}
    return refuse(request, Refusal(TOO_MANY, _("Too many wrong tries: this door is locked"), words))


def _minutes_left(request: HttpRequest, name: str) -> int:
    tries = AccessAttempt.objects.filter(username=name) | AccessAttempt.objects.filter(
        ip_address=address_of(request)
    )
    last = tries.aggregate(last=Max("attempt_time"))["last"]
    left = (last + LOCK - now()) if last else LOCK
    return max(1, math.ceil(left.total_seconds() / 60))
