"""Furnishes the shop of `tests/rig/till_house.py`; run as a process of its own in that home.

    python -m tests.rig.furnish LOTS PIECES [MORE_LOTS]

puts MORE_LOTS of other goods on the shelf, whose stock nobody counted, as with imported trade. It
prints one JSON object: the shop, its people, its goods by label, and an enrolled till.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.cast import Cast

LOTS_A_GOOD = 50
PRICES = (45_000, 12_000)  # as the cast's makers set them, minor units


def furnish(lots: int, pieces: int, more_lots: int = 0) -> dict[str, Any]:
    """Makers, a clerk, a manager with an enrolled till, and this many lots of two goods."""
    from django.db import transaction

    from ayil.kit.clock import now
    from tests.cast import assemble

    at = now()
    with transaction.atomic():
        cast = assemble()
        people = _people(cast, at)
        goods = [_deliver(cast, number, pieces, at.date()) for number in range(lots)]
        more = _fill(cast, more_lots, at.date())
    return {
        "code": cast.shop.code,
        "people": people,
        "goods": goods,
        "more": more,
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


def _fill(cast: Cast, count: int, today: date) -> list[str]:
    """So many lots, fifty of each good, at once; their labels."""
    from ayil.consignment.models import Lot
    from ayil.consignment.rules import ean13
    from ayil.products.actions import enter_product
    from ayil.products.models import Price, ProductKind

    owner, lots, prices = cast.jyldyz, [], []
    for good in range(-(-count // LOTS_A_GOOD)):
        names = (f"Felt toy {good}", f"Игрушка из войлока {good}", f"Кийиз оюнчук {good}")
        forms = [("std", f"{good % 40 + 5} cm")]
        product = enter_product(owner=owner, kind=ProductKind.CRAFT, names=names, forms=forms)
        variant = product.variants.get()
        asked = {"amount_minor": 8_000 + good % 200 * 100, "currency": "KGS", "set_by": owner}
        days = {"valid_from": today, "set_on": today}
        prices.append(Price(variant=variant, typed_by=owner, **asked, **days))
        lots += [
            Lot(
                shop=cast.shop,
                label=ean13(10_000_000 + number),
                variant=variant,
                consignor=owner,
                commission_bp=2000,
                accepted_on=today,
            )
            for number in range(good * LOTS_A_GOOD, min(count, (good + 1) * LOTS_A_GOOD))
        ]
    Price.objects.bulk_create(prices)
    Lot.objects.bulk_create(lots, batch_size=1000)
    return [lot.label for lot in lots]


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
    print(json.dumps(furnish(*map(int, sys.argv[1:])), ensure_ascii=False))
