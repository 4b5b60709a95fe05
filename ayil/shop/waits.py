"""What waits in the shops: what the till's log could not apply, tills that say nothing, and
goods that stand too long."""

from dataclasses import replace
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import ngettext

from ayil.consignment.ageing import expires_soon, stands_too_long
from ayil.consignment.models import Lot
from ayil.consignment.stock_queries import STOCK_IS_KNOWN
from ayil.kit.clock import now
from ayil.members.models import User
from ayil.members.rights import Right, has_right
from ayil.members.waiting import Waiting, shops_in_sight
from ayil.shop.fiscal.page import for_a_person
from ayil.shop.models import TillEvent
from ayil.shop.tills import SILENT_AFTER, standing_tills
from ayil.shop.today import exceptions_of


def shops_waiting(user: User, day: date) -> list[Waiting]:
    """Without an address for who has no page of the shop's day."""
    shops = shops_in_sight(user, Right.RECEIVE_GOODS, day)
    lots = Lot.objects.filter(STOCK_IS_KNOWN, shop__in=shops, balance__on_shelf__gt=0)
    found = [
        _exceptions(user, day),
        _silent_tills(user, day),
        _fiscal(user, day),
        _below_nought(Lot.objects.filter(STOCK_IS_KNOWN, shop__in=shops, balance__on_shelf__lt=0)),
        _expiring(lots.filter(expires_soon(day))),
        _standing(lots.filter(stands_too_long(day))),
    ]
    if has_right(user, Right.SEE_TODAY, day=day):
        return found
    of_the_day = reverse("today")
    return [
        replace(one, address="") if one.address.startswith(of_the_day) else one for one in found
    ]


def _today(shop_code: str | None, part: str = "") -> str:
    return f"{reverse('today')}?shop={shop_code}{part}" if shop_code else reverse("today")


def _exceptions(user: User, day: date) -> Waiting:
    rows = exceptions_of(shops_in_sight(user, Right.CLEAR_EXCEPTION, day))
    count = rows.count()
    first = rows.values_list("raised_at__date", "device__shop__code").first()
    return Waiting(
        what=ngettext(
            "%(count)s event of a till to be looked at",
            "%(count)s events of tills to be looked at",
            count,
        )
        % {"count": count},
        count=count,
        oldest=first[0] if first else None,
        address=_today(first[1] if first else None, "#exceptions"),
        right=Right.CLEAR_EXCEPTION,
    )


def _silent_tills(user: User, day: date) -> Waiting:
    """A shop sells on most days; a till that kept its sales for longer may be broken."""
    events = TillEvent.objects.filter(device=OuterRef("pk")).order_by("-epoch", "-seq")
    shops = shops_in_sight(user, Right.ENROL_DEVICE, day)
    tills = standing_tills(shops).annotate(heard=Subquery(events.values("received_at__date")[:1]))
    silent = tills.filter(heard__lt=day - SILENT_AFTER)
    count = silent.count()
    first = silent.order_by("heard").values_list("heard", flat=True).first()
    return Waiting(
        what=ngettext(
            "%(count)s till has sent nothing for more than 3 days",
            "%(count)s tills have sent nothing for more than 3 days",
            count,
        )
        % {"count": count},
        count=count,
        oldest=first,
        address=reverse("devices"),
        right=Right.ENROL_DEVICE,
    )


def _fiscal(user: User, day: date) -> Waiting:
    asked = for_a_person(shops_in_sight(user, Right.CLEAR_EXCEPTION, day), now())
    count = len(asked)
    return Waiting(
        what=ngettext(
            "%(count)s receipt lacks its number of the fiscal register",
            "%(count)s receipts lack their number of the fiscal register",
            count,
        )
        % {"count": count},
        count=count,
        oldest=asked[0].date if asked else None,
        address=reverse("fiscal", args=[asked[0].request.shop.code]) if asked else _today(None),
        right=Right.CLEAR_EXCEPTION,
    )


def _below_nought(lots: QuerySet[Lot]) -> Waiting:
    what = ngettext(
        "%(count)s lot to count: its books read below nought",
        "%(count)s lots to count: their books read below nought",
        count := lots.count(),
    )
    found = _of_lots(lots.order_by("accepted_on"), "accepted_on", what, count, "#below")
    first = lots.order_by("accepted_on").values_list("shop__code", flat=True).first()
    return replace(found, address=f"{reverse('counts')}?shop={first}" if first else "")


def _expiring(lots: QuerySet[Lot]) -> Waiting:
    what = ngettext(
        "%(count)s lot expires within 30 days or has expired",
        "%(count)s lots expire within 30 days or have expired",
        count := lots.count(),
    )
    return _of_lots(lots.order_by("best_before"), "best_before", what, count)


def _standing(lots: QuerySet[Lot]) -> Waiting:
    what = ngettext(
        "%(count)s lot stands too long: food over 60 days, crafts over 120",
        "%(count)s lots stand too long: food over 60 days, crafts over 120",
        count := lots.count(),
    )
    return _of_lots(lots.order_by("accepted_on"), "accepted_on", what, count)


def _of_lots(lots: QuerySet[Lot], since: str, what: str, count: int, part: str = "") -> Waiting:
    """On a `part` of the shop's day; without one, where their owners are asked what to do."""
    first = lots.values_list(since, "shop__code").first()
    shop = first[1] if first else ""
    return Waiting(
        what=what % {"count": count},
        count=count,
        oldest=first[0] if first else None,
        address=_today(shop, part) if part else f"{reverse('ageing')}?shop={shop}",
        right=Right.RECEIVE_GOODS,
    )
