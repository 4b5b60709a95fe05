"""Reads over complaints: until when one may be made, when its answer is due, what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ayil.decisions.models import Assembly, Complaint
from ayil.decisions.queries import assembly_terms_on


def complaints_until(assembly: Assembly) -> date:
    """The last day on which a complaint is taken, by the terms of the day of the call."""
    return assembly.complaints_until(assembly_terms_on(assembly.called_on))


def answer_due(complaint: Complaint) -> date:
    """An answer has as many days as the village had for complaining."""
    terms = assembly_terms_on(complaint.assembly.called_on)
    return complaint.on + timedelta(days=terms.complaint_days)


@dataclass(frozen=True)
class OpenComplaint:
    complaint: Complaint
    due: date

    def is_late(self, day: date) -> bool:
        return day > self.due


def open_complaints() -> list[OpenComplaint]:
    """All that wait for an answer, the most urgent first."""
    rows = Complaint.objects.filter(outcome__isnull=True).select_related("assembly__village")
    found = [OpenComplaint(row, answer_due(row)) for row in rows]
    return sorted(found, key=lambda one: (one.due, one.complaint.pk))


@dataclass(frozen=True)
class ComplaintCounts:
    """What everybody may read: how many came, and how they ended. No words, no names."""

    made: int
    waiting: int
    dismissed: int
    recounted: int
    annulled: int


def complaint_counts(assembly: Assembly) -> ComplaintCounts:
    ends = list(assembly.complaints.values_list("outcome__verdict", flat=True))
    return _counted(ends)


def _counted(ends: Sequence[str | None]) -> ComplaintCounts:
    return ComplaintCounts(
        made=len(ends),
        waiting=ends.count(None),
        dismissed=ends.count("dismiss"),
        recounted=ends.count("recount"),
        annulled=ends.count("annul"),
    )
