"""Region > district > aiyl aimak > village, versioned by date."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.kit.names import NamedInLanguages


class PlaceKind(models.TextChoices):
    REGION = "region", _("region")
    DISTRICT = "district", _("district")
    AIMAK = "aimak", _("aiyl aimak")
    VILLAGE = "village", _("village")


class Place(NamedInLanguages):
    """A place as it is called today; `code` is its identity, a name never is.

    Ton district alone has two villages called Ak-Say.
    """

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=PlaceKind)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    name_en = models.CharField(max_length=80)
    name_ru = models.CharField(max_length=80)
    name_ky = models.CharField(max_length=80)
    latitude_e6 = models.IntegerField(null=True, blank=True)
    longitude_e6 = models.IntegerField(null=True, blank=True)

    class Meta:
        ordering = ["sort_key_ky", "code"]


class PlaceVersion(models.Model):
    """What a place was called and where it belonged from a day on; never changed."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="versions")
    parent = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name_en = models.CharField(max_length=80)
    name_ru = models.CharField(max_length=80)
    name_ky = models.CharField(max_length=80)
    valid_from = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [
            models.UniqueConstraint(fields=["place", "valid_from"], name="one_version_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.name_en} ({self.valid_from})"


guards.append_only(PlaceVersion)

EVER = date(1991, 8, 31)  # the republic's first day: "as long as this register reaches"
