"""How the owner's side signed for a count that was typed on a page of the shop."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayil.consignment.models.deliveries import ConsignmentNote
from ayil.kit import guards
from ayil.members.models import Party


class CountSigning(models.Model):
    """Who stood there for the owner: by their PIN, or with their name on a paper of that number."""

    class Way(models.TextChoices):
        PIN = "pin", _("by PIN")
        PAPER = "paper", _("on paper")

    note = models.ForeignKey(ConsignmentNote, on_delete=models.PROTECT, related_name="signings")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="count_signings")
    way = models.CharField(max_length=5, choices=Way)
    paper = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="paper_signing_has_number", condition=Q(way="pin") | ~Q(paper="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.note_id}: {self.party_id} {self.way}"


guards.append_only(CountSigning)
