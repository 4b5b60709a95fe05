"""What waits of a grant: spending to approve, tranches to ask for, reports to answer."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import ngettext

from ayil.grants.models import Agreement, Expenditure, Tranche, TrancheReport
from ayil.grants.queries import visible_to
from ayil.members.models import User
from ayil.members.rights import Right
from ayil.members.waiting import Waiting

ASKED_FOR_BEFORE = timedelta(days=30)


def grants_waiting(user: User, day: date) -> list[Waiting]:
    """Of the agreements that the user may open."""
    agreements = list(visible_to(user, day))
    return [
        _spending_to_approve(agreements),
        _tranches_to_ask_for(agreements, day),
        _tranches_to_report(agreements),
        _reports_to_answer(agreements),
    ]


def _page(code: str | None) -> str:
    return reverse("grant-of", args=[code]) if code else ""


def _spending_to_approve(agreements: list[Agreement]) -> Waiting:
    rows = Expenditure.objects.filter(
        tranche__agreement__in=agreements, approval__isnull=True, refusal__isnull=True
    )
    count = rows.count()
    first = rows.values_list("recorded_at__date", "tranche__agreement__code").first()
    what = ngettext(
        "%(count)s payment from a grant to approve",
        "%(count)s payments from a grant to approve",
        count,
    )
    oldest, code = first or (None, None)
    return Waiting(what % {"count": count}, count, oldest, _page(code), Right.APPROVE_SPENDING)


def _tranches_to_ask_for(agreements: list[Agreement], day: date) -> Waiting:
    """Planned for a day that is near or past, and nobody has asked the donor for it."""
    rows = Tranche.objects.filter(
        agreement__in=agreements, request__isnull=True, planned_on__lte=day + ASKED_FOR_BEFORE
    ).order_by("planned_on")
    count = rows.count()
    first = rows.values_list("planned_on", "agreement__code").first()
    what = ngettext(
        "%(count)s tranche to ask the donor for",
        "%(count)s tranches to ask the donor for",
        count,
    )
    oldest, code = first or (None, None)
    return Waiting(what % {"count": count}, count, oldest, _page(code), Right.KEEP_GRANT)


def _tranches_to_report(agreements: list[Agreement]) -> Waiting:
    """Its money came, and no report on it stands that the donor has not sent back."""
    standing = TrancheReport.objects.filter(refusal__isnull=True).values("tranche")
    rows = (
        Tranche.objects.filter(agreement__in=agreements, receipt__isnull=False)
        .exclude(pk__in=standing)
        .order_by("receipt__on")
    )
    count = rows.count()
    first = rows.values_list("receipt__on", "agreement__code").first()
    what = ngettext(
        "%(count)s tranche was received and not reported yet",
        "%(count)s tranches were received and not reported yet",
        count,
    )
    oldest, code = first or (None, None)
    return Waiting(what % {"count": count}, count, oldest, _page(code), Right.KEEP_GRANT)


def _reports_to_answer(agreements: list[Agreement]) -> Waiting:
    rows = TrancheReport.objects.filter(
        Q(acceptance__isnull=True), Q(refusal__isnull=True), tranche__agreement__in=agreements
    ).order_by("on")
    count = rows.count()
    first = rows.values_list("on", "tranche__agreement__code").first()
    what = ngettext(
        "%(count)s report waits for the donor's answer",
        "%(count)s reports wait for the donor's answer",
        count,
    )
    oldest, code = first or (None, None)
    return Waiting(what % {"count": count}, count, oldest, _page(code), Right.ANSWER_REPORT)
