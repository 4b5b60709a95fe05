"""The association reports on a tranche; the donor accepts it or sends it back."""

from datetime import date, datetime

from django.db import transaction

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
from ayil.kit.errors import AyilError
from ayil.members.models import Party, Role
from ayil.members.queries import party_roles

REPORT_DOMAIN = "ayil/grants/report/1"


def report_tranche(
    *, tranche: Tranche, on: date, paper: EvidenceFile, by: Party, at: datetime
) -> TrancheReport:
    """Freezes the figures of this moment, with their fingerprint; later ones do not change them."""
    with transaction.atomic():
        tranche = lock(tranche)
        if not TrancheReceipt.objects.filter(tranche=tranche).exists():
            raise AyilError(f"Tranche {tranche} was not received: there is nothing to report.")
        if TrancheReport.objects.filter(tranche=tranche, refusal__isnull=True).exists():
            raise AyilError(f"Tranche {tranche} has a report that stands or waits for the donor.")
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
        _refuse_unless_donor(report, by, on)
        if TrancheReportRefusal.objects.filter(report=report).exists():
            raise AyilError(f"{report} was sent back. Wait for the new one.")
        return TrancheAcceptance.objects.create(
            report=report, on=on, letter=letter, by=by, recorded_at=at
        )


def refuse_report(
    *, report: TrancheReport, on: date, reason: str, by: Party, at: datetime
) -> TrancheReportRefusal:
    with transaction.atomic():
        lock(report.tranche)
        _refuse_unless_donor(report, by, on)
        if not reason.strip():
            raise AyilError(f"Sending {report} back needs the reason in writing.")
        if TrancheAcceptance.objects.filter(report=report).exists():
            raise AyilError(f"{report} was accepted before.")
        return TrancheReportRefusal.objects.create(
            report=report, on=on, reason=reason.strip(), by=by, recorded_at=at
        )


def _refuse_unless_donor(report: TrancheReport, by: Party, on: date) -> None:
    if by.pk == report.by_id:
        raise AyilError(f"{by} wrote {report} and cannot decide on it.")
    is_donor = by.pk == report.tranche.agreement.donor_id
    if not is_donor and not party_roles(by.pk, on).filter(role=Role.DONOR).exists():
        raise AyilError(f"{by} is not the donor's officer on {on}; only the donor decides.")
