"""Where the pieces of a lot are: its movements, their running sums, acts and counts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.consignment.models.deliveries import Lot
from ayil.kit import guards
from ayil.members.models import Party


class LotBalance(models.Model):
    """The running sums of a lot's movements; the database checks invariant 1 on every change."""

    lot = models.OneToOneField(
        Lot, primary_key=True, on_delete=models.PROTECT, related_name="balance"
    )
    accepted = models.BigIntegerField(default=0)
    sold = models.BigIntegerField(default=0)
    on_shelf = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    written_off = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invariant_1_lot_adds_up",
                condition=Q(accepted=F("sold") + F("on_shelf") + F("returned") + F("written_off")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.on_shelf} on the shelf"


class MovementKind(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    SOLD = "sold", _("sold")
    REFUNDED = "refunded", _("brought back by a buyer")
    RETURNED = "returned", _("returned to the owner")
    WRITTEN_OFF = "written_off", _("written off")
    FOUND = "found", _("found at a count")


class Movement(models.Model):
    """What came to the shelf (+) or left it (-); stock is the sum, in any order."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=11, choices=MovementKind)
    quantity = models.BigIntegerField()
    date = models.DateField()
    document = models.CharField(max_length=100)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="movement_sign_fits_kind",
                condition=Q(kind__in=["accepted", "refunded", "found"], quantity__gt=0)
                | Q(kind__in=["sold", "returned", "written_off"], quantity__lt=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.kind} {self.quantity:+d}"


class Cause(models.TextChoices):
    MISSING = "missing", _("missing")
    DAMAGED = "damaged", _("damaged")
    EXPIRED = "expired", _("expired")


class WriteOff(models.Model):
    """The act of a write-off: two people, a cause, and who bears it."""

    class Bearer(models.TextChoices):
        SHOP = "shop", _("the shop")
        OWNER = "owner", _("the owner")

    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, related_name="write_off")
    cause = models.CharField(max_length=8, choices=Cause)
    borne_by = models.CharField(max_length=5, choices=Bearer)
    first = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="write_off_by_two_people", condition=~Q(first=F("second")))
        ]

    def __str__(self) -> str:
        return f"{self.movement_id} {self.cause}"


class StockCount(models.Model):
    """A blind count of a lot, and what the books said at that moment."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="counts")
    counted = models.PositiveIntegerField()
    expected = models.BigIntegerField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    counted_on = models.DateField()
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.lot_id}: counted {self.counted}, expected {self.expected}"


guards.append_only(Movement, WriteOff, StockCount)
guards.append_only(LotBalance, update=False)
