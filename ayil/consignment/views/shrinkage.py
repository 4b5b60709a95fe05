"""What was lost, by cause: for whoever keeps a shop's books."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ayil.consignment.models import Cause
from ayil.consignment.shrinkage import ESTIMATED_BP, FEWEST_MAKERS, TOGETHER, Lost, shrinkage_of
from ayil.kit.clock import local_date, now
from ayil.members.choosing import chosen_shop
from ayil.members.rights import Right, may
from ayil.places.models import Place
from ayil.products.models import ProductKind

A_YEAR = timedelta(days=365)


@may(Right.KEEP_BOOKS)
@require_safe
def shrinkage(request: HttpRequest) -> HttpResponse:
    """`?since=`, `?upto=`: the span, the last year where none is said."""
    chosen = chosen_shop(request, Right.KEEP_BOOKS)
    by = "village" if request.GET.get("by") == "village" else "kind"
    upto = _day(request, "upto") or local_date(now())
    since = _day(request, "since") or max(upto, date.min + A_YEAR) - A_YEAR
    if since > upto:
        since, upto = upto, since
    found = shrinkage_of(chosen.shop, since, upto, by)
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "by": by,
        "since": since,
        "upto": upto,
        "found": found,
        "total": _told(found.total),
        "food": _told(found.food),
        "groups": [(name, group.causes, group) for name, group in _named(found.groups, by)],
        "causes": [label for _value, label in Cause.choices],
        "fewest": FEWEST_MAKERS,
    }
    return render(request, "consignment/shrinkage.html", context)


def _told(lost: Lost) -> list[tuple[str, int, int | None, int | None]]:
    """Each cause with pieces, share, and FIELD's estimate of it (E), where there is one."""
    values = [value for value, _label in Cause.choices]
    return [
        (label, pieces, share, ESTIMATED_BP.get(value))
        for value, (label, pieces, share) in zip(values, lost.causes, strict=True)
    ]


def _named(listed: Sequence[Lost], by: str) -> list[tuple[str, Lost]]:
    names: dict[str, str] = {str(value): str(label) for value, label in ProductKind.choices}
    if by == "village":
        keys = [group.group for group in listed if group.group.isdecimal()]
        names = {str(place.pk): place.name for place in Place.objects.filter(pk__in=keys)}
    names[TOGETHER] = _("All groups of fewer makers together")
    return [(names.get(group.group, _("without a village")), group) for group in listed]


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:
        return None
