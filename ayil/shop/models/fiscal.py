"""Numbers of a fiscal register, and the queue to one that is asked over the network."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models import Party, Shop
from ayil.shop.models.log import TillEvent


class FiscalNumber(models.Model):
    """The number that a fiscal register gave to a sale or refund.

    `sale` is the hash of that sale's event. It came with an event of the till (`event`), was typed
    in by a person (`by`), or was answered by the network. `register` names whose numbers they are:
    a till's code for a register of its own, or NETWORK for the shop's.
    """

    NETWORK = "network"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="fiscal_numbers")
    sale = models.BinaryField(max_length=32, db_index=True)
    register = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    event = models.OneToOneField(
        TillEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="fiscal_number"
    )
    by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["shop", "number"], name="fiscal_by_number")]

    def __str__(self) -> str:
        return self.number


class FiscalRequest(models.Model):
    """A sale or refund for which the network is to be asked; the queue is what has no end yet."""

    event = models.OneToOneField(
        TillEvent, primary_key=True, on_delete=models.PROTECT, related_name="fiscal_request"
    )
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="fiscal_requests")
    at = models.DateTimeField()

    class Meta:
        ordering = ["event_id"]

    def __str__(self) -> str:
        return f"request for {self.event_id}"


class FiscalAttempt(models.Model):
    """What was done about a request, in its order; its state follows from these rows."""

    class Outcome(models.TextChoices):
        SENT = "sent", _("sent")
        NUMBERED = "numbered", _("has its number")
        SILENT = "silent", _("no answer")
        REFUSED = "refused", _("refused")
        AGAIN = "again", _("to be sent again")
        LEFT = "left", _("left without a number")

    request = models.ForeignKey(FiscalRequest, on_delete=models.PROTECT, related_name="attempts")
    outcome = models.CharField(max_length=8, choices=Outcome)
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["request_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=models.Q(outcome__in=["numbered", "left"]),
                name="one_end_a_fiscal_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.outcome}"


guards.append_only(FiscalNumber, FiscalRequest, FiscalAttempt)
