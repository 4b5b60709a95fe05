"""Reads over consignors; whose income a user may see is decided here (invariant 12)."""

from datetime import date

from django.db.models import Q, QuerySet

from ayil.consignment.models import ConsignorAccount
from ayil.members.own import own_parties
from ayil.members.queries import AnyUser
from ayil.members.rights import Right, shops_with


def own_accounts(user: AnyUser, on: date) -> QuerySet[ConsignorAccount]:
    """The user's own, and those of the communities that they lead or answer for."""
    own = own_parties(user, on)
    return ConsignorAccount.objects.filter(consignor__in=own).order_by("consignor_id", "shop_id")


def accounts_visible_to(user: AnyUser, on: date) -> QuerySet[ConsignorAccount]:
    """Own accounts, and all accounts of the shops whose books the user keeps."""
    kept = shops_with(user, Right.KEEP_BOOKS, day=on)
    own = own_accounts(user, on).order_by().values("pk")
    return ConsignorAccount.objects.filter(Q(pk__in=own) | Q(shop__in=kept)).order_by("id")
