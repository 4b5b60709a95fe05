"""The papers behind the figures, kept by their own hash outside the web root."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from ayil.kit import guards, search
from ayil.members.models import Party


class EvidenceFile(models.Model):
    """One file in AYIL_HOME/evidence, under the name of its SHA-256 (64 hex digits)."""

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=40)
    size_bytes = models.BigIntegerField()
    name = models.CharField(max_length=160)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="evidence_not_empty", condition=Q(size_bytes__gt=0)),
            models.CheckConstraint(
                name="evidence_has_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.sha256[:12]})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            search.remember(self, self.name)

    @property
    def path(self) -> Path:
        return Path(settings.AYIL_HOME) / "evidence" / self.sha256


guards.append_only(EvidenceFile)
