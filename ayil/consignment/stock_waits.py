"""What waits of the shelf: acts to sign, goods to hand over or to count on arrival, open sheets."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from ayil.consignment.models import CountSheet, GoodsReturn, ShopTransfer, WriteOffAct
from ayil.members.models import User
from ayil.members.rights import Right
from ayil.members.waiting import Waiting, shops_in_sight


def stock_waiting(user: User, day: date) -> Iterable[Waiting]:
    return [
        _acts(user, day),
        _returns(user, day),
        _arrivals(user, day),
        _sheets(user, day),
    ]


def _acts(user: User, day: date) -> Waiting:
    """Drafts without a second signature."""
    drafts = WriteOffAct.objects.filter(
        shop__in=shops_in_sight(user, Right.SIGN_WRITE_OFF, day),
        signing__isnull=True,
        withdrawal__isnull=True,
    )
    words = ngettext(
        "%(count)s write-off act waits for a second signature",
        "%(count)s write-off acts wait for a second signature",
        count := drafts.count(),
    )
    return _waiting(words, count, drafts, "drafted_on", "shop", "acts", Right.SIGN_WRITE_OFF)


def _returns(user: User, day: date) -> Waiting:
    shops = shops_in_sight(user, Right.RECEIVE_GOODS, day)
    packed = GoodsReturn.objects.filter(shop__in=shops, handover__isnull=True)
    words = ngettext(
        "%(count)s return note is packed, and its owner has not come",
        "%(count)s return notes are packed, and their owners have not come",
        count := packed.count(),
    )
    return _waiting(words, count, packed, "returned_on", "shop", "returns", Right.RECEIVE_GOODS)


def _arrivals(user: User, day: date) -> Waiting:
    shops = shops_in_sight(user, Right.RECEIVE_GOODS, day)
    coming = ShopTransfer.objects.filter(receiver__in=shops, arrival__isnull=True)
    words = ngettext(
        "%(count)s transfer from another shop is not counted yet",
        "%(count)s transfers from other shops are not counted yet",
        count := coming.count(),
    )
    return _waiting(words, count, coming, "sent_on", "receiver", "transfers", Right.RECEIVE_GOODS)


def _sheets(user: User, day: date) -> Waiting:
    shops = shops_in_sight(user, Right.RECEIVE_GOODS, day)
    opened = CountSheet.objects.filter(shop__in=shops, closing__isnull=True)
    words = ngettext(
        "%(count)s count of the shelf is open",
        "%(count)s counts of the shelf are open",
        count := opened.count(),
    )
    return _waiting(words, count, opened, "opened_on", "shop", "counts", Right.RECEIVE_GOODS)


def _waiting(
    words: str,
    count: int,
    rows: QuerySet[Any],
    since: str,
    shop: str,
    route: str,
    right: Right,
) -> Waiting:
    first = rows.order_by(since, "id").values_list(since, f"{shop}__code").first()
    return Waiting(
        what=words % {"count": count},
        count=count,
        oldest=first[0] if first else None,
        address=f"{reverse(route)}?shop={first[1]}" if first else "",
        right=right,
    )
