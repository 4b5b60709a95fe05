"""The till's log as it came, and what of it a person must look at."""

from django.db import models
from django.db.models import Q

from ayil.consignment.models import Lot
from ayil.kit import guards
from ayil.members.models import Party
from ayil.shop.explanations import EXPLANATIONS
from ayil.shop.models.devices import Device
from ayil.shop.salvage import Came, salvage


class TillEvent(models.Model):
    """One event of a till's log, kept as it came; its identity is its hash.

    (device, epoch, seq) is only the number printed on the receipt: cloned profiles and restored
    disks do reuse numbers, so it is not unique.
    """

    device = models.ForeignKey(
        Device, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    epoch = models.IntegerField()
    seq = models.BigIntegerField()
    nonce = models.BinaryField(max_length=16, db_index=True)
    prev_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32, unique=True)
    kind = models.CharField(max_length=20)
    business_date = models.DateField()
    body = models.BinaryField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["device", "epoch", "seq"], name="event_number")]

    def __str__(self) -> str:
        return f"{self.device_id}-{self.epoch}-{self.seq}"


class Application(models.Model):
    """An event was applied; without this row it waits, or stands in the exceptions."""

    event = models.OneToOneField(
        TillEvent, primary_key=True, on_delete=models.PROTECT, related_name="application"
    )
    applied_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.event_id} applied"


class EventException(models.Model):
    """What a person must look at: an event that could not be read or applied, or one that was
    applied and is odd (`applied`). `raw` holds what came where no event could be read."""

    fingerprint = models.BinaryField(max_length=32)
    event = models.ForeignKey(
        TillEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="exceptions"
    )
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="exceptions")
    raw = models.BinaryField(null=True, blank=True)
    code = models.CharField(max_length=30)
    words = models.CharField(max_length=500)
    waits_for = models.BinaryField(max_length=32, null=True, blank=True)
    waits_for_label = models.CharField(max_length=60, blank=True)
    applied = models.BooleanField(default=False)
    raised_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["fingerprint", "code"], name="one_exception_a_cause"),
            models.CheckConstraint(
                name="exception_has_event_or_raw",
                condition=Q(event__isnull=False) | Q(raw__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.words}"

    @property
    def explanation(self) -> str:
        """What happened and what to do, in the reader's language; `words` hold the details."""
        known = EXPLANATIONS.get(self.code)
        return self.words if known is None else str(known)

    @property
    def came(self) -> Came:
        """What can be read of the record itself, harmless to show."""
        return salvage(bytes(self.event.body if self.event else self.raw or b""))


class ExceptionClearing(models.Model):
    """A person looked at an exception and said what became of it."""

    exception = models.OneToOneField(
        EventException, on_delete=models.PROTECT, related_name="clearing"
    )
    by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.exception_id} cleared"


class LabelMeant(models.Model):
    """A person says which lot an event meant by a label that no lot has: typed wrong, or made by a
    count that was set aside. It holds for this event alone; the event stays as it came."""

    event = models.ForeignKey(TillEvent, on_delete=models.PROTECT, related_name="labels_meant")
    label = models.CharField(max_length=60)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "label"], name="one_meaning_a_label")
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.label} is {self.lot_id}"


guards.append_only(TillEvent, Application, EventException, ExceptionClearing, LabelMeant)
