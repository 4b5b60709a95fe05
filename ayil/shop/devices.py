"""Tills are enrolled at a shop and known by a token, of which only the hash is kept.

A browser keeps its token in a signed cookie that no script reads; another programme shows it as
`Authorization: Bearer …`.
"""

import hashlib
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.members.models import Party, Shop
from ayil.shop.models import Device, DeviceEnd, DeviceStart, TillEvent

COOKIE, SALT = "ayil_device", "ayil.shop.devices"
YEAR_S = 365 * 24 * 60 * 60


def enrol_device(*, shop: Shop, code: str, by: Party | None, at: datetime) -> tuple[Device, str]:
    """The device and its token, which is shown this once."""
    if Device.objects.filter(code=code).exists():
        raise AyilError(
            _("A till named %(code)s is enrolled already. Choose another name.") % {"code": code}
        )
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        shop=shop, code=code, token_hash=_hash(token), enrolled_at=at, enrolled_by=by
    )
    return device, token


def end_device(*, device: Device, by: Party, at: datetime) -> DeviceEnd:
    """From now on this till's token opens nothing; what it sent stays."""
    return DeviceEnd.objects.create(device=device, by=by, at=at)


def start_epoch(*, device: Device, public_key: bytes, at: datetime) -> DeviceStart:
    """A new epoch of this till, above every one that it was ever heard of in.

    `public_key` is the raw point of P-256 that checks its receipts, or empty. Asked again with the
    same key before anything came in that epoch, it is the same one: an answer may get lost.
    """
    _check_key(public_key)
    with transaction.atomic():
        Device.objects.select_for_update().get(pk=device.pk)
        events = TillEvent.objects.filter(device=device)
        last = device.starts.order_by("-epoch").first()
        heard = events.aggregate(last=Max("epoch"))["last"] or 0
        if last is not None and last.epoch > heard and bytes(last.public_key) == public_key != b"":
            return last
        epoch = max(heard, last.epoch if last else 0) + 1
        return DeviceStart.objects.create(
            device=device, epoch=epoch, public_key=public_key, started_at=at
        )


def _check_key(public_key: bytes) -> None:
    if not public_key:
        return
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_key)
    except ValueError:
        pass
    else:
        if len(public_key) == 65:
            return
    raise AyilError(
        _("This is no key of a till: it must be the 65 bytes of a point of the curve P-256.")
    )


def device_of_token(token: str) -> Device | None:
    return (
        Device.objects.filter(token_hash=_hash(token), end__isnull=True)
        .select_related("shop__fund")
        .first()
    )


def token_of(request: HttpRequest) -> str:
    """What this browser's cookie holds; empty where it has none, or one that was changed."""
    return str(request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=YEAR_S) or "")


def enrolled_device(request: HttpRequest) -> Device | None:
    """The shop's device that this browser is, if it is one that was not ended."""
    token = token_of(request)
    return device_of_token(token) if token else None


def remember(response: HttpResponse, token: str) -> None:
    """The browser is the device of this token for a year from now."""
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=SALT,
        max_age=YEAR_S,
        httponly=True,
        samesite="Lax",
        secure=settings.AYIL_HTTPS,
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
