"""The ways out of this house, each with what carries a parcel by it."""

from collections.abc import Callable, Mapping

from django.conf import settings

from ayil.members.messages import gateway, mail, telegram
from ayil.members.messages.port import PATIENCE_S, Answer, Parcel
from ayil.members.models import Way

DUMMY = "django.core.mail.backends.dummy.EmailBackend"
_CARRIERS: Mapping[str, Callable[[Parcel, float], Answer]] = {
    Way.MAIL.value: mail.carry,
    Way.SMS.value: gateway.carry,
    Way.TELEGRAM.value: telegram.carry,
}


def ways_out() -> frozenset[str]:
    """The ways that this house can send by; a slip of paper needs no line and is not among them."""
    is_there = {
        Way.MAIL: settings.EMAIL_BACKEND != DUMMY,
        Way.SMS: bool(settings.AYIL_SMS_URL),
        Way.TELEGRAM: bool(settings.AYIL_TELEGRAM_URL),
    }
    return frozenset(way.value for way, can in is_there.items() if can)


def carry(way: str, parcel: Parcel, patience_s: float = PATIENCE_S) -> Answer:
    """Hands a parcel over by one of `ways_out`; never raises for what the other side does."""
    return _CARRIERS[way](parcel, patience_s)
