"""What waits of goods on trust: what was announced, agreements that run out or have run out."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from ayil.consignment.models import Agreement, ConsignmentNote, Lot, NoteLine
from ayil.consignment.queries import standing_on
from ayil.consignment.rules import SOON
from ayil.consignment.stock_waits import stock_waiting
from ayil.members.models import User
from ayil.members.rights import Right
from ayil.members.waiting import Waiting, shops_in_sight


def goods_waiting(user: User, day: date) -> list[Waiting]:
    return [
        _to_count(user, day),
        _runs_out(user, day),
        _ran_out(user, day),
        *stock_waiting(user, day),
    ]


def _to_count(user: User, day: date) -> Waiting:
    """Notes with a line that shop and consignor have not counted together yet."""
    shops = shops_in_sight(user, Right.RECEIVE_GOODS, day)
    uncounted = NoteLine.objects.filter(note=OuterRef("pk"), count__isnull=True)
    notes = ConsignmentNote.objects.filter(
        Exists(uncounted), agreement__shop__in=shops, withdrawal__isnull=True
    )
    count, first = _first(notes.order_by("declared_on", "id"), "declared_on", "agreement__shop")
    what = ngettext(
        "%(count)s consignment note is declared and not counted",
        "%(count)s consignment notes are declared and not counted",
        count,
    )
    return _waiting(what, count, first, "deliveries", Right.RECEIVE_GOODS)


def _runs_out(user: User, day: date) -> Waiting:
    """In force, without an end or a follower, and over within sixty days."""
    ending = standing_on(_agreements(user, day), day).filter(until__lte=day + SOON)
    count, first = _first(ending.order_by("until", "id"), "until", "shop")
    what = ngettext(
        "%(count)s agreement runs out within two months",
        "%(count)s agreements run out within two months",
        count,
    )
    # The day on which it runs out is to come: nothing has waited since then.
    since = (None, first[1]) if first else None
    return _waiting(what, count, since, "agreements", Right.AGREE)


def _ran_out(user: User, day: date) -> Waiting:
    """Over by its own term, while the owner's goods stand on the shelf and no other holds."""
    others = standing_on(Agreement.objects.all(), day)
    same = {"shop": OuterRef("shop"), "consignor": OuterRef("consignor")}
    over = _agreements(user, day).filter(
        ~Exists(others.filter(**same)),
        Exists(Lot.objects.filter(**same, balance__on_shelf__gt=0)),
        until__lt=day,
    )
    count, first = _first(over.order_by("until", "id"), "until", "shop")
    what = ngettext(
        "%(count)s agreement is over, and goods of it are on the shelf",
        "%(count)s agreements are over, and goods of them are on the shelf",
        count,
    )
    since = (first[0] + timedelta(days=1), first[1]) if first else None
    return _waiting(what, count, since, "agreements", Right.AGREE, more="&all=1")


def _agreements(user: User, day: date) -> QuerySet[Agreement]:
    shops = shops_in_sight(user, Right.AGREE, day)
    return Agreement.objects.filter(
        Q(end__isnull=True), shop__in=shops, until__isnull=False, renewal__isnull=True
    )


def _first(rows: QuerySet[Any], since: str, shop: str) -> tuple[int, Any]:
    """How many, and of the first the day and the shop's code."""
    count = rows.count()
    return count, rows.values_list(since, f"{shop}__code").first() if count else None


def _waiting(
    what: str, count: int, first: Any, route: str, right: Right, *, more: str = ""
) -> Waiting:
    return Waiting(
        what=what % {"count": count},
        count=count,
        oldest=first[0] if first else None,
        address=f"{reverse(route)}?shop={first[1]}{more}" if first else "",
        right=right,
    )
