"""The association reports on a tranche; the donor accepts it or sends it back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.grants.actions.moving import lock
from ayil.grants.models import (
    EvidenceFile,
    Tranche,
    TrancheAcceptance,
    TrancheReceipt,
    TrancheReport,
    TrancheReportRefusal,
)
from ayil.grants.queries import report_figures
from ayil.kit.canonical import digest
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.members.own import is_one_of
from ayil.members.rights import Right, require

REPORT_DOMAIN = "ayil/grants/report/1"


def report_tranche(
    *, tranche: Tranche, on: date, paper: EvidenceFile, by: Party, at: datetime
) -> TrancheReport:
    """Freezes the figures of this moment, with their fingerprint; later ones do not change them."""
    require(by, Right.KEEP_GRANT, on=local_date(at))
    with transaction.atomic():
        tranche = lock(tranche)
        if not TrancheReceipt.objects.filter(tranche=tranche).exists():
            raise AyilError(
                _("Tranche %(tranche)s was not received: there is nothing to report.")
                % {"tranche": tranche}
            )
        if TrancheReport.objects.filter(tranche=tranche, refusal__isnull=True).exists():
            raise AyilError(
                _("Tranche %(tranche)s has a report that stands or waits for the donor.")
                % {"tranche": tranche}
            )
        figures = report_figures(tranche)
        return TrancheReport.objects.create(
            tranche=tranche,
            on=on,
            figures=figures,
            sha256=digest(REPORT_DOMAIN, figures),
            paper=paper,
            by=by,
            recorded_at=at,
        )


def accept_report(
    *, report: TrancheReport, on: date, letter: EvidenceFile, by: Party, at: datetime
) -> TrancheAcceptance:
    """By the donor's officer, with the letter; after it the next tranche may come."""
    with transaction.atomic():
        lock(report.tranche)
        _refuse_unless_donor(report, by, local_date(at))
        if TrancheReportRefusal.objects.filter(report=report).exists():
            raise AyilError(
                _("%(report)s was sent back. Wait for the new one.") % {"report": report}
            )
        return TrancheAcceptance.objects.create(
            report=report, on=on, letter=letter, by=by, recorded_at=at
        )


def refuse_report(
    *, report: TrancheReport, on: date, reason: str, by: Party, at: datetime
) -> TrancheReportRefusal:
    with transaction.atomic():
        lock(report.tranche)
        _refuse_unless_donor(report, by, local_date(at))
        if not reason.strip():
            raise AyilError(
                _("Sending %(report)s back needs the reason in writing.") % {"report": report}
            )
        if TrancheAcceptance.objects.filter(report=report).exists():
            raise AyilError(_("%(report)s was accepted before.") % {"report": report})
        return TrancheReportRefusal.objects.create(
            report=report, on=on, reason=reason.strip(), by=by, recorded_at=at
        )


def _refuse_unless_donor(report: TrancheReport, by: Party, on: date) -> None:
    if is_one_of(by, report.by):
        raise AyilError(
            _("%(by)s wrote %(report)s and cannot decide on it.") % {"by": by, "report": report}
        )
    donor = report.tranche.agreement.donor
    if by != donor:
        require(by, Right.ANSWER_REPORT, on=on, donor=donor)
