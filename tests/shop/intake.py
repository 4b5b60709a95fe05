"""A counter at which goods are counted jointly: who signs, and what a till writes of it."""

import secrets
from datetime import timedelta
from typing import Any

from ayil.consignment.actions import agree, declare_note
from ayil.consignment.models import ConsignmentNote, NoteLine
from ayil.consignment.rules import ean13_check
from ayil.kit.invariants import collected
from ayil.members.actions import grant_role
from ayil.members.doors import set_pin
from ayil.members.models import Party, Role
from ayil.products.actions import enter_product
from ayil.products.models import ProductKind, Variant
from ayil.shop.log import Answer
from ayil.shop.models import EventException
from tests.cast import AT, DAY, Cast, Till, assemble, person
from tests.shop.sealing import lay_key, sealed_pin

PIN = "482617"
BEFORE = AT - timedelta(days=1)
DRAWN = [[100, 50, 300, 120, 500, 40], [520, 90, 610, 95]]


def counter() -> Cast:
    """The cast, with Aigul as a clerk and Nurlan as the manager."""
    cast = assemble()
    grant_role(party=cast.aigul, role=Role.CLERK, since=DAY, by=cast.officer, shop=cast.shop)
    grant_role(party=cast.officer, role=Role.MANAGER, since=DAY, by=cast.officer, shop=cast.shop)
    return cast


def maker(cast: Cast, kind: ProductKind, **agreed: Any) -> tuple[Party, Variant]:
    """Somebody new, with one thing of that kind and one agreement, made as `agreed` says."""
    party = person("Аида Токтосунова", cast.tamga)
    agree(shop=cast.shop, consignor=party, number=f"A-{party.pk}", by=cast.officer, **agreed)
    product = enter_product(owner=party, kind=kind, names=("Wool", "", ""), forms=[("1", "")])
    return party, product.variants.get()


def new_label() -> str:
    """As a till makes one: 29, ten digits drawn, the check digit."""
    digits = f"29{secrets.randbelow(10**10):010d}"
    return digits + ean13_check(digits)


def declared(cast: Cast, *lines: tuple[Variant, int], number: str = "Н-7") -> ConsignmentNote:
    owner = lines[0][0].product.owner
    return declare_note(
        agreement=owner.agreements.get(shop=cast.shop),
        number=number,
        on=DAY,
        by=owner,
        lines=[NoteLine(variant=variant, declared=count) for variant, count in lines],
    )


def line(variant: Variant, accepted: int, **changed: Any) -> dict[str, Any]:
    """Goods that nobody declared, accepted whole under a fresh label."""
    food = variant.product.kind == ProductKind.FOOD
    return {
        "line": None,
        "variant": variant.pk,
        "declared": accepted or 1,
        "accepted": accepted,
        "refused": 0,
        "reason": "",
        "label": new_label() if accepted else "",
        "batch": "2012-06" if food else "",
        "best_before": "2013-06-01" if food else None,
    } | changed


def of_note(note_line: NoteLine, accepted: int, **changed: Any) -> dict[str, Any]:
    given = {"line": note_line.pk, "declared": note_line.declared}
    return line(note_line.variant, accepted) | given | changed


def by_pin(party: Party, nonce: str, pin: str = "") -> dict[str, Any]:
    """Their own PIN, which they get here, or another one."""
    lay_key()
    if not party.pins.exists():
        set_pin(party=party, pin=PIN, by=party, at=BEFORE)
    sealed = sealed_pin(pin or PIN, party.uid, nonce)
    return {"by": str(party.uid), "way": "pin", "sealed": sealed}


def drawn(party: Party) -> dict[str, Any]:
    return {"by": str(party.uid), "way": "drawn", "strokes": DRAWN}


def written(
    cast: Cast, *lines: dict[str, Any], owner: Party | None = None, till: Till | None = None,
    nonce: str = "", **changed: Any,
) -> bytes:  # fmt: skip
    """The event of a count, signed by hand by Aigul, and by Burul or the owner."""
    owner = owner or cast.community
    nonce = nonce or secrets.token_hex(16)
    payload = {
        "kind": "intake",
        "agreement": f"A-{owner.pk}",
        "consignor": str(owner.uid),
        "note": f"T-{nonce[:8]}",
        "lines": list(lines),
        "for_shop": drawn(cast.aigul),
        "for_consignor": drawn(owner if owner != cast.community else cast.burul),
    }
    return (till or cast.till).write(payload | changed, nonce=nonce)


def take(cast: Cast, *lines: dict[str, Any], till: Till | None = None, **changed: Any) -> Answer:
    till = till or cast.till
    return till.send(written(cast, *lines, till=till, **changed))


def codes(answer: Answer) -> list[str]:
    return [fault.code for fault in answer.exceptions]


def waiting() -> EventException:
    return EventException.objects.get(code="intake-waits", clearing__isnull=True)


def broken() -> list[str]:
    return [words for check in collected() for words in check.find()]
