"""The signed list, photographed back in, and who said that the money came."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models import Party
from ayil.payouts.models.paying import Handover, PayoutRun


class PayoutPaper(models.Model):
    """A signed payout list, or a page of it, in AYIL_HOME/payout-papers under its SHA-256.

    Papers are added and never replaced: what was signed on Monday stays beside Friday's.
    """

    run = models.ForeignKey(PayoutRun, on_delete=models.PROTECT, related_name="papers")
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    size_bytes = models.BigIntegerField()
    words = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "sha256"], name="one_paper_once_a_list"),
            models.CheckConstraint(name="paper_not_empty", condition=Q(size_bytes__gt=0)),
            models.CheckConstraint(
                name="paper_has_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} paper {self.sha256[:12]}"

    @staticmethod
    def folder() -> Path:
        return Path(settings.AYIL_HOME) / "payout-papers"

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


class Acknowledgement(models.Model):
    """The money was received, says the one who received it or the consignor.

    Where they said so on a paper, `paper` shows their sign and `recorded_by` found it there:
    neither who paid nor who approved.
    """

    class How(models.TextChoices):
        SIGNATURE = "signature", _("signature")
        FINGERPRINT = "finger", _("fingerprint")
        MESSAGE = "message", _("answer to a message")
        PAGE = "page", _("on one's own page")

    handover = models.OneToOneField(
        Handover, on_delete=models.PROTECT, related_name="acknowledgement"
    )
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=How)
    paper = models.ForeignKey(
        PayoutPaper, null=True, blank=True, on_delete=models.PROTECT, related_name="signed"
    )
    recorded_by = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="acknowledged_for_another_on_paper",
                condition=Q(recorded_by__isnull=True)
                | (Q(paper__isnull=False) & ~Q(recorded_by=F("by"))),
            )
        ]

    def __str__(self) -> str:
        return f"{self.handover_id} acknowledged"


guards.append_only(PayoutPaper, Acknowledgement)
guards.rule(
    "payer_does_not_acknowledge",
    Acknowledgement,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM payouts_handover h WHERE h.id = NEW.handover_id "
        "AND NEW.by_id NOT IN (h.paid_by_id, h.approved_by_id) "
        "AND coalesce(NEW.recorded_by_id, 0) NOT IN (h.paid_by_id, h.approved_by_id))"
    ),
    words="who paid or approved does not acknowledge the receipt, nor write it down",
)
guards.rule(
    "acknowledged_on_a_paper_of_its_list",
    Acknowledgement,
    broken_when=(
        "NEW.paper_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payouts_handover h "
        "JOIN payouts_payout p ON p.id = h.payout_id "
        "JOIN payouts_payoutpaper e ON e.run_id = p.run_id "
        "WHERE h.id = NEW.handover_id AND e.id = NEW.paper_id)"
    ),
    words="a receipt is signed on a paper of its own payout list",
)
