"""Furnishes the shop of `tests/rig/till_house.py`; run as a process of its own in that home.

    python -m tests.rig.furnish LOTS PIECES

prints one JSON object: the shop, its people, its goods by label, and an enrolled till.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.cast import Cast

PRICES = (45_000, 12_000)  # as the cast's makers set them, minor units


def furnish(lots: int, pieces: int) -> dict[str, Any]:
    """Makers, a clerk, a manager with an enrolled till, and this many lots of two goods."""
    from django.db import transaction

    from ayil.kit.clock import now
    from tests.cast import assemble

    at = now()
    with transaction.atomic():
        cast = assemble()
        people = _people(cast, at)
        goods = [_deliver(cast, number, pieces, at.date()) for number in range(lots)]
    return {
        "code": cast.shop.code,
        "people": people,
        "goods": goods,
        "till": _enrol(cast, "karakol-9", people["manager"]["uid"], at),
    }


def _people(cast: Cast, at: datetime) -> dict[str, Any]:
    """Both offices of a counter, each with the PIN that the till asks for."""
    from ayil.members.actions import grant_role
    from ayil.members.doors import set_pin
    from ayil.members.models import Role
    from tests.cast import DAY, person
    from tests.rig.till_house import CLERK_PIN, MANAGER_PIN

    manager = person("Bakyt Osmonov")
    told = {}
    for name, party, role, pin in (
        ("clerk", cast.aigul, Role.CLERK, CLERK_PIN),
        ("manager", manager, Role.MANAGER, MANAGER_PIN),
    ):
        grant_role(party=party, role=role, shop=cast.shop, since=DAY, by=cast.officer)
        set_pin(party=party, pin=pin, by=party, at=at)
        told[name] = {"uid": str(party.uid), "name": party.name, "pin": pin}
    return told


def _deliver(cast: Cast, number: int, pieces: int, today: date) -> dict[str, Any]:
    """Slippers and jam in turn; the jam is good for a year from today."""
    variant = (cast.slippers, cast.jam)[number % 2]
    dated = {"best_before": today + timedelta(days=365)} if number % 2 else {}
    lot = cast.deliver(variant, pieces, **dated)
    product = variant.product
    return {
        "label": lot.label,
        "price": PRICES[number % 2],
        "ky": product.name_ky,
        "en": product.name_en,
    }


def _enrol(cast: Cast, code: str, manager: str, at: datetime) -> dict[str, str]:
    """As the manager does it on the page, with the cookie that the page leaves behind."""
    from django.http import HttpResponse

    from ayil.members.models import Party
    from ayil.shop.devices import COOKIE, enrol_device, remember

    by = Party.objects.get(uid=manager)
    _device, token = enrol_device(shop=cast.shop, code=code, by=by, at=at)
    response = HttpResponse()
    remember(response, token)
    return {"code": code, "cookie": response.cookies[COOKIE].value, "token": token}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(furnish(int(sys.argv[1]), int(sys.argv[2])), ensure_ascii=False))
