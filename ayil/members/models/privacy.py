"""Consent by purpose, looks at personal data, erasure."""

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
    """A consent given or withdrawn; the last one for a purpose holds.

    `by` recorded it: the person themselves, or somebody of the staff with the number of the
    signed paper, or with a witness for who cannot read.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=10, choices=Purpose)
    given = models.BooleanField()
    language = models.CharField(max_length=2)
    witness = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paper = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["party_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="nobody_witnesses_their_own_consent",
                condition=Q(witness__isnull=True) | ~Q(witness=F("party")),
            )
        ]

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


class ErasureRequest(models.Model):
    """A person asks that their name be replaced by a pseudonym."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="erasure_requests")
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.party_id} asks to be erased"


class ErasureRequestEnd(models.Model):
    """The request was taken back, or answered without an erasure, with its reason."""

    request = models.OneToOneField(ErasureRequest, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.request_id} ended"


class Erasure(models.Model):
    """A person's name and contacts were replaced by a pseudonym; accounts and votes stand."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="erasure")
    request = models.OneToOneField(
        ErasureRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="erasure"
    )
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="erasure_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="nobody_erases_themselves", condition=~Q(party=F("by"))),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} erased"


class ErasureMention(models.Model):
    """A text that may not be changed still speaks of the erased person: its table, row and
    column, never the name, so that a person may find the paper behind it."""

    erasure = models.ForeignKey(Erasure, on_delete=models.PROTECT, related_name="mentions")
    table = models.CharField(max_length=60)
    row = models.CharField(max_length=40)
    column = models.CharField(max_length=60)

    class Meta:
        ordering = ["erasure_id", "id"]

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.column}"


class RetentionRun(models.Model):
    """The rule of retention was carried out: how many rows of each kind were deleted."""

    at = models.DateTimeField()
    counts = models.JSONField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"retention of {self.at:%Y-%m-%d}"


guards.append_only(ConsentEvent)
guards.append_only(ErasureRequest, ErasureRequestEnd, Erasure, ErasureMention, RetentionRun)
guards.append_only(Look, delete=False)
