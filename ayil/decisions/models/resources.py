"""What a village has: how much of it a year, when, whose it is to take."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models import Party
from ayil.places.models import Place


class LocalResource(models.Model):
    """Something the village has: how much a year, when, and who may take it.

    `said_by` is who knows the amount (the forester, the herders); a better estimate is a row of
    its own that `replaces` the one before it.
    """

    class Kind(models.TextChoices):
        WOOL = "wool", _("wool and hides")
        MILK = "milk", _("milk and honey")
        FRUIT = "fruit", _("fruit and berries")
        FOREST = "forest", _("mushrooms and herbs")
        WOOD = "wood", _("wood and reed")
        EARTH = "earth", _("clay, salt and stone")
        CRAFT = "craft", _("a craft that is known here")

    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="resources")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120)
    yearly_amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=20)
    season_from = models.PositiveSmallIntegerField(default=1)
    season_to = models.PositiveSmallIntegerField(default=12)
    access = models.CharField(max_length=200)
    said_by = models.CharField(max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["village_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="season_in_months",
                condition=Q(season_from__range=(1, 12), season_to__range=(1, 12)),
            ),
            models.CheckConstraint(name="resource_has_access", condition=~Q(access="")),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.yearly_amount} {self.unit}"

    @property
    def months(self) -> tuple[int, ...]:
        """The months of its season, from 1; one that ends before it begins goes over new year."""
        length = (self.season_to - self.season_from) % 12 + 1
        return tuple((self.season_from - 1 + step) % 12 + 1 for step in range(length))


guards.append_only(LocalResource)
guards.rule(
    "resource_replaced_in_its_village",
    LocalResource,
    broken_when=(
        "NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decisions_localresource r "
        "WHERE r.id = NEW.replaces_id AND r.village_id = NEW.village_id)"
    ),
    words="a better estimate replaces one of the same village",
)
