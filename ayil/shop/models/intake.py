"""Joint counts that came from a till, and the signatures under its events."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ayil.consignment.models import ConsignmentNote, JointCount
from ayil.kit import guards
from ayil.members.models import Party
from ayil.shop.models.log import TillEvent


class Intake(models.Model):
    """The goods of one event stand on the shelf: counted by both sides, under the till's labels."""

    event = models.OneToOneField(
        TillEvent, primary_key=True, on_delete=models.PROTECT, related_name="intake"
    )
    note = models.ForeignKey(ConsignmentNote, on_delete=models.PROTECT, related_name="intakes")

    def __str__(self) -> str:
        return f"{self.event_id} of {self.note_id}"


class IntakeCount(models.Model):
    """The count that a line of the event (from 1) came to."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="counts")
    number = models.PositiveSmallIntegerField()
    count = models.OneToOneField(JointCount, on_delete=models.PROTECT, related_name="intake")

    class Meta:
        ordering = ["intake_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "number"], name="one_count_an_intake_line")
        ]

    def __str__(self) -> str:
        return f"{self.intake_id}/{self.number}"


class IntakeSetAside(models.Model):
    """A person said that this count shall not be booked, and why: the goods were counted twice,
    or went home again. The event stays as it came."""

    event = models.OneToOneField(
        TillEvent, primary_key=True, on_delete=models.PROTECT, related_name="set_aside"
    )
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.event_id} set aside"


class Signature(models.Model):
    """Somebody stood behind an event of a till, by their PIN or by their hand.

    `verified`: whether the PIN was theirs; nothing for what was drawn, which people compare.
    """

    class Side(models.TextChoices):
        SHOP = "shop", _("for the shop")
        CONSIGNOR = "consignor", _("for the owner")
        OPENING = "opening", _("who opened the shift")
        APPROVAL = "approval", _("who approved")

    class Way(models.TextChoices):
        PIN = "pin", _("by PIN")
        DRAWN = "drawn", _("by hand")

    event = models.ForeignKey(TillEvent, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=9, choices=Side)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=5, choices=Way)
    verified = models.BooleanField(null=True)
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["event_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "side"], name="one_signature_a_side")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.side} by {self.party_id}"


guards.append_only(Intake, IntakeCount, IntakeSetAside, Signature)
