"""From a posting to the page of what is behind it."""

import re
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from ayil.members.models import Shop
from ayil.shop.models import MoneyMove, Sale

_STATED = re.compile(r"(payout|dispute):([^/]+)/([0-9a-f-]{36})/(\d+)\.\d+")
_MONEY = re.compile(r"money:([^/]+)/(\d+)")
_EVENT = re.compile(r"event:([0-9a-f]{64})")

Place = tuple[str, str]  # words, and an address or nothing


def places_of(shop: Shop, documents: Iterable[str]) -> dict[str, Place]:
    """What each document is called, and where it is looked at; in two queries."""
    asked = set(documents)
    return {one: _stated(one) for one in asked} | _receipts(shop, asked) | _moves(shop, asked)


def _stated(document: str) -> Place:
    found = _STATED.fullmatch(document)
    if found is None:
        return document, ""
    what, shop, uid, number = found.groups()
    words = (
        _("Payout of statement %(number)s")
        if what == "payout"
        else _("Dispute about statement %(number)s")
    )
    return words % {"number": number}, reverse("statement", args=[shop, uid, number])


def _receipts(shop: Shop, asked: set[str]) -> dict[str, Place]:
    hashes = [bytes.fromhex(found[1]) for one in asked if (found := _EVENT.fullmatch(one))]
    sales = Sale.objects.filter(event__hash__in=hashes).select_related("event")
    today = reverse("today")
    return {
        f"event:{bytes(sale.event.hash).hex()}": (
            _("Receipt %(number)s") % {"number": sale.receipt},
            f"{today}?shop={shop.code}&day={sale.date:%Y-%m-%d}",
        )
        for sale in sales
    }


def _moves(shop: Shop, asked: set[str]) -> dict[str, Place]:
    numbers = [int(found[2]) for one in asked if (found := _MONEY.fullmatch(one))]
    moves = MoneyMove.objects.filter(shop=shop, number__in=numbers).select_related("shop")
    return {
        move.document: (
            _("Slip %(number)s") % {"number": move.number},
            reverse("money-move", args=[move.pk]),
        )
        for move in moves
    }
