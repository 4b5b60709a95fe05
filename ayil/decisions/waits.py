"""What waits in the villages: a decision of their own, and the yearly look at it."""

from datetime import date

from django.db.models import DateField, Exists, Max, OuterRef
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext

from ayil.decisions.models import Decision
from ayil.decisions.queries import standing_decisions
from ayil.members.models import User
from ayil.members.rights import Right
from ayil.members.waiting import Waiting
from ayil.places.queries import villages


def decisions_waiting(_user: User, day: date) -> list[Waiting]:
    """The same for all: what villages decided is public."""
    return [_undecided(day), _reviews_due(day)]


def _undecided(day: date) -> Waiting:
    standing = standing_decisions(day).filter(village=OuterRef("pk"))
    rows = villages().filter(~Exists(standing))
    count = rows.count()
    first = rows.values_list("code", flat=True).first()
    what = ngettext(
        "%(count)s village has no standing decision",
        "%(count)s villages have no standing decision",
        count,
    )
    address = reverse("catalogue:village", args=[first]) if first else ""
    return Waiting(what % {"count": count}, count, None, address, Right.CARE_FOR_VILLAGES)


def _reviews_due(day: date) -> Waiting:
    """Standing decisions that nobody looked at for a year; the 29th of February counts as the
    28th, as on the village's page."""
    try:
        a_year_ago = day.replace(year=day.year - 1)
    except ValueError:
        a_year_ago = day.replace(year=day.year - 1, day=28)
    looked_at: Coalesce = Coalesce(Max("reviews__on"), "on", output_field=DateField())
    rows = (
        Decision.objects.filter(pk__in=standing_decisions(day).values("pk"))
        .annotate(looked_at=looked_at)
        .filter(looked_at__lte=a_year_ago)
        .order_by("looked_at", "id")
    )
    count = rows.count()
    first = rows.values_list("looked_at", "village__code").first()
    what = ngettext(
        "%(count)s village's decision is due for its yearly look",
        "%(count)s villages' decisions are due for their yearly look",
        count,
    )
    address = reverse("catalogue:village", args=[first[1]]) if first else ""
    oldest = first[0] if first else None
    return Waiting(what % {"count": count}, count, oldest, address, Right.CARE_FOR_VILLAGES)
