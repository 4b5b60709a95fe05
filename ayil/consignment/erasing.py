"""A person cannot be erased while their goods stand in a shop or money moves on their account."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from ayil.consignment.models import ConsignorAccount, GoodsReturn, Lot, TransferLine
from ayil.members.models import Party


def has_goods_on_the_shelf(party: Party, day: date) -> Iterator[str]:
    lots = Lot.objects.filter(consignor=party)
    pieces = lots.aggregate(pieces=Sum("balance__on_shelf"))["pieces"]
    if pieces:
        yield _("Their goods are on the shelf (%(pieces)s): give them back first.") % {
            "pieces": pieces
        }


def has_goods_on_the_way(party: Party, day: date) -> Iterator[str]:
    """Packed and not taken over, or sent to another shop and not counted there."""
    packed = GoodsReturn.objects.filter(consignor=party, handover__isnull=True).exists()
    sent = TransferLine.objects.filter(
        movement__lot__consignor=party, transfer__arrival__isnull=True
    ).exists()
    if packed or sent:
        yield _("Their goods are on the way: wait until they are handed over or counted.")


def is_owed_money(party: Party, day: date) -> Iterator[str]:
    accounts = ConsignorAccount.objects.filter(consignor=party).select_related("account", "shop")
    for kept in accounts.exclude(account__balance_minor=0):
        yield _("%(shop)s has not settled with them: pay out what is owed first.") % {
            "shop": kept.shop
        }


OBSTACLES = [has_goods_on_the_shelf, has_goods_on_the_way, is_owed_money]
