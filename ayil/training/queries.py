"""Reads over training: who can do what, and how many were reached."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from ayil.members.models import Party, Sex
from ayil.places.models import Place
from ayil.training.models import Attendance, Competency, Session


def attended() -> QuerySet[Attendance]:
    """Attendances that count: all that were not corrected."""
    return Attendance.objects.filter(correction__isnull=True)


def competencies_of(person: Party, on: date | None = None) -> QuerySet[Competency]:
    """What someone was taught until that day (until now, if None), with `last_on`, the last day."""
    taken = attended().filter(person=person)
    if on is not None:
        taken = taken.filter(session__held__on__lte=on)
    return (
        Competency.objects.filter(sessions__attendances__in=taken)
        .annotate(
            last_on=Max("sessions__held__on", filter=Q(sessions__attendances__in=taken)),
        )
        .distinct()
    )


def has_competency(person: Party, competency: Competency, on: date) -> bool:
    return (
        attended()
        .filter(person=person, session__competency=competency, session__held__on__lte=on)
        .exists()
    )


def planned_sessions(on: date, village: Place | None = None) -> QuerySet[Session]:
    """Sessions from that day on that are neither held nor cancelled."""
    planned = Session.objects.filter(
        held__isnull=True, cancelling__isnull=True, planned_on__gte=on
    ).select_related("competency", "village", "trainer")
    return planned if village is None else planned.filter(village=village)


def overdue_sessions(on: date) -> QuerySet[Session]:
    """Sessions whose day is over without a word whether they were held."""
    return Session.objects.filter(
        held__isnull=True, cancelling__isnull=True, planned_on__lt=on
    ).select_related("competency", "village", "trainer")


def sessions_for_lesson(reference: str) -> QuerySet[Session]:
    """The sessions that a lesson ("lesson:12") called for."""
    return Session.objects.filter(invited_by=reference)


@dataclass(frozen=True)
class Reached:
    """People who were at one session at least, each counted once."""

    sessions: int
    people: int
    women: int


def reached(*, since: date, until: date, village: Place | None = None) -> Reached:
    """How many were trained in a span of days, both included; of one village, if given."""
    taken = attended().filter(session__held__on__range=(since, until))
    if village is not None:
        taken = taken.filter(person__village=village)
    counts = taken.aggregate(
        sessions=Count("session", distinct=True),
        people=Count("person", distinct=True),
        women=Count("person", distinct=True, filter=Q(person__sex=Sex.WOMAN)),
    )
    return Reached(**counts)
