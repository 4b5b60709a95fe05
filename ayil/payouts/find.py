"""Statements: by the consignor's name and the number, or by the seal that is printed on them."""

import re
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ayil.kit.search import SHOWN, Asked, Found, Hit, matching
from ayil.members.models import Party
from ayil.members.queries import AnyUser
from ayil.payouts.models import Statement
from ayil.payouts.queries import statements_visible_to

# Labels and cards are digits alone: what has no letter, or few signs, is no seal.
_SEAL = re.compile(r"(?=.*[a-f])[0-9a-f]{16,64}", re.IGNORECASE)
_NAME_AND_NUMBER = re.compile(r"(?P<name>.*\D)\s*\b(?P<number>\d{1,5})")


def find_statements(asked: Asked, user: AnyUser, day: date) -> Found:
    """ "Асанова 12" is the twelfth statement of everybody of that name whom the user may see."""
    wanted = _asked_for(asked)
    if wanted is None:
        return Found()
    statements = statements_visible_to(user, day=day).filter(wanted)
    rows = statements.select_related("shop", "consignor").order_by("consignor__sort_key", "-id")
    first = list(rows[: SHOWN + 1])
    return Found([_hit(statement) for statement in first[:SHOWN]], len(first) > SHOWN)


def _asked_for(asked: Asked) -> Q | None:
    text = asked.text.strip()
    if _SEAL.fullmatch(text):
        low = bytes.fromhex(text[: len(text) // 2 * 2])
        return Q(hash__gte=low, hash__lte=low.ljust(32, b"\xff"))
    named = _NAME_AND_NUMBER.fullmatch(text)
    if named is None:
        return None
    owners = matching(Party, named["name"])
    return Q(number=int(named["number"]), consignor__in=owners)


def _hit(statement: Statement) -> Hit:
    return Hit(
        title=_("Statement %(number)s") % {"number": statement.number},
        note=f"{statement.consignor} · {statement.shop}",
        address=reverse(
            "statement", args=[statement.shop.code, statement.consignor.uid, statement.number]
        ),
    )
