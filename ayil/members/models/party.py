"""Whoever deals with the programme, and whether these records are a simulation's."""

import uuid
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ayil.kit import guards, search
from ayil.kit.spelling import sort_key
from ayil.places.models import Place


class Simulation(models.Model):
    """These records are a simulation's, grown from `seed`: every page says so while this row
    stands, and only then may the demo's doors open."""

    seed = models.BigIntegerField()
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"simulated from {self.seed}"


class PartyKind(models.TextChoices):
    PERSON = "person", _("person")
    COMMUNITY = "community", _("community")
    ENTERPRISE = "enterprise", _("enterprise")


class Sex(models.TextChoices):
    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    UNSAID = "", _("not said")


class Party(models.Model):
    """Whoever deals with the programme: a person, a community, an enterprise."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=PartyKind)
    name = models.CharField(max_length=160)
    # Neither database knows the Kyrgyz alphabet's order: ң, ө and ү would stand behind я.
    sort_key = models.CharField(max_length=128, db_index=True, editable=False)
    village = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="parties"
    )
    language = models.CharField(max_length=2, default="ky")
    phone = models.CharField(max_length=20, blank=True, db_index=True)
    born_year = models.SmallIntegerField(null=True, blank=True)
    sex = models.CharField(max_length=5, choices=Sex, blank=True, default=Sex.UNSAID)
    entered_at = models.DateTimeField()
    history = HistoricalRecords(excluded_fields=["sort_key"])

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.name)
        with transaction.atomic():
            super().save(*args, **kwargs)
            search.remember(self, self.name)


guards.append_only(Simulation)
