"""Tills are enrolled at a shop and known by a token, of which only the hash is kept."""

import hashlib
import secrets
from datetime import datetime

from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.members.models import Party, Shop
from ayil.shop.models import Device, DeviceEnd


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


def device_of_token(token: str) -> Device | None:
    return (
        Device.objects.filter(token_hash=_hash(token), end__isnull=True)
        .select_related("shop__fund")
        .first()
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
