"""The association says what it asks of every assembly."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from ayil.decisions.models import AssemblyTerms
from ayil.decisions.queries import assembly_terms_on
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.members.rights import Right, require


def set_assembly_terms(
    *,
    notice_days: int,
    posting_days: int,
    complaint_days: int,
    quorum: tuple[int, int],
    since: date,
    by: Party,
    at: datetime,
) -> AssemblyTerms:
    """New terms from `since` on, today or later; saying the same again is no new row."""
    today = local_date(at)
    require(by, Right.SET_TERMS, on=today)
    if since < today:
        raise AyilError(_("Terms begin today or later: what was decided stands as it was."))
    said = {
        "notice_days": notice_days,
        "posting_days": posting_days,
        "complaint_days": complaint_days,
        "quorum_numerator": quorum[0],
        "quorum_denominator": quorum[1],
    }
    held = assembly_terms_on(since)
    if held.pk and all(getattr(held, name) == value for name, value in said.items()):
        return held
    return AssemblyTerms.objects.create(since=since, by=by, at=at, **said)
