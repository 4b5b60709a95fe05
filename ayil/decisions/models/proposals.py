"""What may be produced here, from what is there, by whom."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ayil.decisions.models.assemblies import Assembly
from ayil.kit import guards
from ayil.members.models import Party
from ayil.places.models import Place


class LocalResource(models.Model):
    """Something the village has: how much a year, when, and who may take it."""

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


class Proposal(models.Model):
    """A product put before the assembly; money is in whole minor units of `currency`.

    `market_sales` is the number of like goods that the shop has sold, or none: no evidence.
    """

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="proposals")
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    number = models.PositiveSmallIntegerField()
    name_en = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120)
    name_ky = models.CharField(max_length=120)
    symbol = models.SlugField(max_length=30)
    proposer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="proposals")
    resource = models.ForeignKey(LocalResource, on_delete=models.PROTECT, related_name="proposals")
    skills = models.CharField(max_length=300, blank=True)
    piece_cost_minor = models.BigIntegerField(null=True, blank=True)
    start_cost_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="KGS")
    risks = models.CharField(max_length=300, blank=True)
    market_evidence = models.CharField(max_length=300, blank=True)
    market_sales = models.PositiveIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["assembly_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "number"], name="one_proposal_a_number"),
            models.UniqueConstraint(fields=["assembly", "symbol"], name="one_proposal_a_symbol"),
            models.CheckConstraint(
                name="proposal_costs_not_below_zero",
                condition=(Q(piece_cost_minor__isnull=True) | Q(piece_cost_minor__gte=0))
                & (Q(start_cost_minor__isnull=True) | Q(start_cost_minor__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    @property
    def name(self) -> str:
        """The product's name in the reader's language."""
        return str(getattr(self, f"name_{get_language() or 'ky'}", self.name_ky))


class WillingMaker(models.Model):
    """Someone of the village who said that they will make it, and may be named."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="makers")
    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="willing")
    may_be_named = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="one_maker_a_proposal"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.proposal_id}"


guards.append_only(LocalResource, Proposal, WillingMaker)
guards.rule(
    "proposal_from_the_village",
    Proposal,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM decisions_assembly a JOIN decisions_localresource r "
        "ON r.village_id = a.village_id JOIN members_party p ON p.village_id = a.village_id "
        "WHERE a.id = NEW.assembly_id AND r.id = NEW.resource_id AND p.id = NEW.proposer_id)"
    ),
    words="a proposal comes from someone of the village and rests on what the village has",
)
guards.rule(
    "proposal_before_the_vote",
    Proposal,
    broken_when=("EXISTS (SELECT 1 FROM decisions_poll p WHERE p.assembly_id = NEW.assembly_id)"),
    words="proposals are made before the vote begins",
)
