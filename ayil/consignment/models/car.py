"""A trip of the shop's car: what stood on its list, and what was done of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models import Party, Shop


class CarTrip(models.Model):
    """The list as it was taken along: whoever makes it freezes it."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="car_trips")
    on = models.DateField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.shop_id} {self.on}"


class CarLine(models.Model):
    """One thing to pick up from somebody, or to bring to them."""

    class Way(models.TextChoices):
        PICK_UP = "pick_up", _("pick up")
        BRING = "bring", _("bring")

    trip = models.ForeignKey(CarTrip, on_delete=models.PROTECT, related_name="lines")
    way = models.CharField(max_length=7, choices=Way)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="car_lines")
    words = models.CharField(max_length=300)
    document = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.trip_id} {self.way} {self.party_id}"


class CarLineDone(models.Model):
    """It was picked up or brought."""

    line = models.OneToOneField(CarLine, on_delete=models.PROTECT, related_name="done")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.line_id} done"


guards.append_only(CarTrip, CarLine, CarLineDone)
