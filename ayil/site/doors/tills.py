"""Browsers that are the shop's own: an enrolled device, known by the token in its cookie."""

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from ayil.kit.clock import local_date, now
from ayil.members.models import User
from ayil.members.queries import party_roles
from ayil.shop.devices import device_of_token
from ayil.shop.models import Device

COOKIE, SALT = "ayil_device", "ayil.site.doors.tills"
YEAR_S = 365 * 24 * 60 * 60


def enrolled_device(request: HttpRequest) -> Device | None:
    """The shop's device that this browser is, if it is one that was not ended."""
    token = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=YEAR_S)
    return device_of_token(token) if token else None


def remember(response: HttpResponse, token: str) -> None:
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=SALT,
        max_age=YEAR_S,
        httponly=True,
        samesite="Lax",
        secure=settings.AYIL_HTTPS,
    )


def opens_office(request: HttpRequest, user: User) -> bool:
    """Whether this browser is a device of a shop in which the user holds an office."""
    device = enrolled_device(request)
    if device is None or user.party_id is None:
        return False
    here = party_roles(user.party_id, local_date(now()))
    return here.filter(Q(shop__isnull=True) | Q(shop=device.shop)).exists()
