"""Disputes on the desk: those whose answer is late apart from the others."""

from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext

from ayil.members.models import User
from ayil.members.rights import Right
from ayil.members.waiting import Waiting, shops_in_sight
from ayil.payouts.models import Dispute
from ayil.payouts.queries import Clocked, clocked


def disputes_waiting(user: User, day: date) -> list[Waiting]:
    """Two rows; the clock is the association's terms of the day each was raised."""
    shops = shops_in_sight(user, Right.DECIDE_DISPUTE, day)
    rows = Dispute.objects.filter(outcome__isnull=True, statement__shop__in=shops)
    found = clocked(rows.select_related("statement__shop").order_by("id"))
    late = [one for one in found if one.is_late(day)]
    in_time = [one for one in found if not one.is_late(day)]
    words = ngettext("%(count)s dispute to answer", "%(count)s disputes to answer", len(in_time))
    overdue = ngettext(
        "%(count)s dispute is overdue: the maker waits longer than the association allows",
        "%(count)s disputes are overdue: the makers wait longer than the association allows",
        len(late),
    )
    return [_waiting(overdue, late, is_late=True), _waiting(words, in_time)]


def _waiting(words: str, found: list[Clocked], *, is_late: bool = False) -> Waiting:
    what = words % {"count": len(found)}
    if not found:
        return Waiting(what, 0, None, "", Right.DECIDE_DISPUTE)
    first = min(found, key=lambda one: (one.due, one.dispute.pk))
    address = f"{reverse('disputes')}?shop={first.dispute.statement.shop.code}"
    return Waiting(
        what, len(found), first.raised_on, address, Right.DECIDE_DISPUTE, is_late=is_late
    )
