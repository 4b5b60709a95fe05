"""Consent by purpose, looks at personal data, two records of one person, erasure."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models.party import Party


class Purpose(models.TextChoices):
    MEMBERSHIP = "membership", _("membership")
    PUBLIC_PAGE = "public", _("public page and photo")
    MESSAGES = "messages", _("messages")
    RESEARCH = "research", _("research")


class ConsentEvent(models.Model):
    """A consent given or withdrawn; the last one for a purpose holds."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=10, choices=Purpose)
    given = models.BooleanField()
    language = models.CharField(max_length=2)
    witness = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["party_id", "id"]

    def __str__(self) -> str:
        return f"{self.party_id} {self.purpose} {'given' if self.given else 'withdrawn'}"


class Look(models.Model):
    """Somebody of the staff looked at a person's personal data; the person may read this.

    `at` may be deleted by the rule of retention, never changed.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="looks")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.by_id} looked at {self.party_id}"


class Merge(models.Model):
    """`double` is another record of `kept`: both stand as they are, and are read as one."""

    kept = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="merges")
    double = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="merged_into")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="merge_needs_two", condition=~Q(kept=F("double"))),
            models.CheckConstraint(name="merge_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.double_id} is {self.kept_id}"


class MergeEnd(models.Model):
    """The two were two after all; nothing had been moved, so nothing has to be put back."""

    merge = models.OneToOneField(Merge, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.merge_id} undone"


class Erasure(models.Model):
    """A person's name and contacts were replaced by a pseudonym; accounts and votes stand."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="erasure")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.party_id} erased"


guards.append_only(ConsentEvent, Merge, MergeEnd, Erasure)
guards.append_only(Look, delete=False)
