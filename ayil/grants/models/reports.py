"""What the association reported on a tranche, and what the donor said to it."""

from django.db import models
from django.db.models import Q

from ayil.grants.models.agreements import Tranche
from ayil.grants.models.evidence import EvidenceFile
from ayil.kit import guards
from ayil.members.models import Party


class TrancheReport(models.Model):
    """What the association reported; `figures` are frozen and `sha256` is their fingerprint."""

    tranche = models.ForeignKey(Tranche, on_delete=models.PROTECT, related_name="reports")
    on = models.DateField()
    figures = models.JSONField()
    sha256 = models.BinaryField(max_length=32)
    paper = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["tranche_id", "id"]

    def __str__(self) -> str:
        return f"{self.tranche_id} reported {self.on}"


class TrancheAcceptance(models.Model):
    """The donor accepted a report, by letter."""

    report = models.OneToOneField(
        TrancheReport, on_delete=models.PROTECT, related_name="acceptance"
    )
    on = models.DateField()
    letter = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report_id} accepted {self.on}"


class TrancheReportRefusal(models.Model):
    """The donor sent a report back, with the reason."""

    report = models.OneToOneField(TrancheReport, on_delete=models.PROTECT, related_name="refusal")
    on = models.DateField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="report_refusal_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.report_id} refused {self.on}"


guards.append_only(TrancheReport, TrancheAcceptance, TrancheReportRefusal)
for _table, _name in (
    (TrancheAcceptance, "acceptance_by_another"),
    (TrancheReportRefusal, "report_refusal_by_another"),
):
    guards.rule(
        _name,
        _table,
        broken_when=(
            "NEW.by_id = (SELECT r.by_id FROM grants_tranchereport r WHERE r.id = NEW.report_id)"
        ),
        words="a report is accepted or refused by another person than its author",
    )
guards.rule(
    "report_decided_once",
    TrancheAcceptance,
    broken_when=(
        "EXISTS (SELECT 1 FROM grants_tranchereportrefusal f WHERE f.report_id = NEW.report_id)"
    ),
    words="a refused report is not accepted: a new one is handed in",
)
guards.rule(
    "report_refused_unless_accepted",
    TrancheReportRefusal,
    broken_when=(
        "EXISTS (SELECT 1 FROM grants_trancheacceptance f WHERE f.report_id = NEW.report_id)"
    ),
    words="an accepted report is not refused afterwards",
)
