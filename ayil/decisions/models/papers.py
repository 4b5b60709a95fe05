"""Papers of an assembly, photographed and kept under their hash."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayil.decisions.models.assemblies import Assembly
from ayil.kit import guards
from ayil.members.models import Party


class DecisionPaper(models.Model):
    """One page as it was written and signed, in AYIL_HOME/decision-papers under its SHA-256.

    Papers are added and never replaced. A ballot paper is none of them: those stay in their bag.
    """

    class Kind(models.TextChoices):
        PROTOCOL = "protocol", _("protocol of the assembly")
        ROLL = "roll", _("posted roll")
        TICKING = "ticking", _("roll that was ticked")
        PROVISIONAL = "provisional", _("provisional list")
        SHEET = "sheet", _("counting sheet")
        LOT = "lot", _("record of the lot")
        COMPLAINT = "complaint", _("complaint")

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=11, choices=Kind)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    size_bytes = models.BigIntegerField()
    words = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["assembly_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "sha256"], name="one_paper_an_assembly"),
            models.CheckConstraint(
                name="decision_paper_has_hash",
                condition=Q(size_bytes__gt=0, sha256__regex=r"^[0-9a-f]{64}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sha256[:12]}"

    @staticmethod
    def folder() -> Path:
        return Path(settings.AYIL_HOME) / "decision-papers"

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


guards.append_only(DecisionPaper)
