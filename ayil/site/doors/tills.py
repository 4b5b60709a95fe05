"""Browsers that are the shop's own open offices to cards: which offices, and of whom."""

from django.db.models import Q
from django.http import HttpRequest

from ayil.kit.clock import local_date, now
from ayil.members.models import User
from ayil.members.queries import party_roles
from ayil.shop.devices import enrolled_device


def opens_office(request: HttpRequest, user: User) -> bool:
    """Whether this browser is a device of a shop in which the user holds an office."""
    device = enrolled_device(request)
    if device is None or user.party_id is None:
        return False
    here = party_roles(user.party_id, local_date(now()))
    return here.filter(Q(shop__isnull=True) | Q(shop=device.shop)).exists()
