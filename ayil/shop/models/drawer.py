"""Shifts, the drawer, and what was asked for and not found."""

from django.db import models

from ayil.kit import guards
from ayil.members.models import Shop
from ayil.shop.models.devices import Device
from ayil.shop.models.log import TillEvent


class ShiftOpening(models.Model):
    event = models.OneToOneField(TillEvent, on_delete=models.PROTECT, related_name="opening")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="openings")
    shift = models.CharField(max_length=40)
    date = models.DateField()
    cashier = models.CharField(max_length=40)
    float_minor = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["device", "shift"], name="opening_by_shift")]

    def __str__(self) -> str:
        return f"{self.shift} opened"


class ShiftClosing(models.Model):
    """A blind count by denomination against what the log says up to the closing's own seq.

    `report` is the Z-report as the till's own log gives it: sealed with the closing's event, it
    never changes, whatever comes later. `expected_minor` is the till's word too, where it has one.
    """

    event = models.OneToOneField(TillEvent, on_delete=models.PROTECT, related_name="closing")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="closings")
    shift = models.CharField(max_length=40)
    date = models.DateField()
    cashier = models.CharField(max_length=40)
    counted = models.JSONField()
    counted_minor = models.BigIntegerField()
    expected_minor = models.BigIntegerField()
    report = models.JSONField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["device", "shift"], name="closing_by_shift")]

    def __str__(self) -> str:
        return f"{self.shift} closed"

    @property
    def over_minor(self) -> int:
        """Above zero: more in the drawer than the log says; below: short."""
        return self.counted_minor - self.expected_minor


class CashMovement(models.Model):
    """Money put into a drawer or taken out of it, other than by a sale."""

    event = models.OneToOneField(TillEvent, on_delete=models.PROTECT, related_name="cash")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="cash_movements")
    shift = models.CharField(max_length=40)
    date = models.DateField()
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.shift} {self.amount_minor:+d}"


class Wish(models.Model):
    """Asked for and not found."""

    event = models.OneToOneField(TillEvent, on_delete=models.PROTECT, related_name="wish")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="wishes")
    date = models.DateField()
    words = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.words


guards.append_only(ShiftOpening, ShiftClosing, CashMovement, Wish)
