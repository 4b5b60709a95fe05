"""What waits in the villages: a decision of their own, and the yearly look at it."""

from datetime import date

from django.db.models import Count, DateField, Exists, Max, OuterRef
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext

from ayil.decisions.complaints import OpenComplaint, open_complaints
from ayil.decisions.models import Decision, RollObjection
from ayil.decisions.proposal_waits import proposals_waiting
from ayil.decisions.queries import standing_decisions
from ayil.decisions.rules import SIGNATURES
from ayil.kit.clock import local_date
from ayil.members.models import User
from ayil.members.rights import Right
from ayil.members.waiting import Waiting
from ayil.places.queries import villages


def decisions_waiting(_user: User, day: date) -> list[Waiting]:
    """The same for all: what villages decided is public."""
    return [
        _undecided(day),
        _reviews_due(day),
        _objections(day),
        proposals_waiting(day),
        _unsealed(),
        *_complaints(day),
    ]


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
    first = rows.values_list("looked_at", "assembly__uid").first()
    what = ngettext(
        "%(count)s village's decision is due for its yearly look",
        "%(count)s villages' decisions are due for their yearly look",
        count,
    )
    address = reverse("decision-review", args=[first[1]]) if first else ""
    oldest = first[0] if first else None
    return Waiting(what % {"count": count}, count, oldest, address, Right.CARE_FOR_VILLAGES)


def _objections(day: date) -> Waiting:
    """To rolls of assemblies that are still to come: a roll is frozen once all are answered."""
    rows = RollObjection.objects.filter(
        answer__isnull=True, assembly__freezing__isnull=True, assembly__held_on__gte=day
    ).order_by("recorded_at", "id")
    found = list(rows.values_list("recorded_at", "assembly__uid"))
    count, first = len(found), found[0] if found else None
    what = ngettext(
        "%(count)s objection to a roll has no answer yet",
        "%(count)s objections to rolls have no answer yet",
        count,
    )
    address = reverse("assembly-roll", args=[first[1]]) if first else ""
    oldest = local_date(first[0]) if first else None
    return Waiting(what % {"count": count}, count, oldest, address, Right.CARE_FOR_VILLAGES)


def _unsealed() -> Waiting:
    """Signed by all three while the key was not at its place."""
    rows = (
        Decision.objects.annotate(signed=Count("signings"))
        .filter(signed=SIGNATURES, seal__isnull=True, annulment__isnull=True)
        .order_by("on", "id")
    )
    found = list(rows.values_list("on", "assembly__uid"))
    count, first = len(found), found[0] if found else None
    what = ngettext(
        "%(count)s signed decision waits for its seal",
        "%(count)s signed decisions wait for their seal",
        count,
    )
    address = reverse("assembly-minutes", args=[first[1]]) if first else ""
    oldest = first[0] if first else None
    return Waiting(what % {"count": count}, count, oldest, address, Right.CARE_FOR_VILLAGES)


def _complaints(day: date) -> list[Waiting]:
    """Those whose answer is late apart from the others."""
    found = open_complaints()
    late = [one for one in found if one.is_late(day)]
    in_time = [one for one in found if not one.is_late(day)]
    words = ngettext(
        "%(count)s complaint about an assembly to answer",
        "%(count)s complaints about assemblies to answer",
        len(in_time),
    )
    overdue = ngettext(
        "%(count)s complaint about an assembly is overdue for its answer",
        "%(count)s complaints about assemblies are overdue for their answers",
        len(late),
    )
    return [_of_complaints(overdue, late, is_late=True), _of_complaints(words, in_time)]


def _of_complaints(words: str, found: list[OpenComplaint], *, is_late: bool = False) -> Waiting:
    what, right = words % {"count": len(found)}, Right.CARE_FOR_VILLAGES
    if not found:
        return Waiting(what, 0, None, "", right)
    first = found[0].complaint
    address = reverse("complaint", args=[first.uid])
    return Waiting(what, len(found), first.on, address, right, is_late=is_late)
