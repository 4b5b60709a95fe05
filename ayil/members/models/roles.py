"""Shops, and who holds which office in what scope."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.ledger.models import Fund
from ayil.members.models.party import Party
from ayil.places.models import Place


class Shop(models.Model):
    """A shop of the association; its money is one trading fund in one currency."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="shops"
    )
    fund = models.OneToOneField(Fund, on_delete=models.PROTECT, related_name="shop")
    currency = models.CharField(max_length=3)
    time_zone = models.CharField(max_length=40, default="Asia/Bishkek")

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    OFFICER = "officer", _("association officer")
    MANAGER = "manager", _("shop manager")
    CLERK = "clerk", _("clerk")
    ACCOUNTANT = "accountant", _("accountant")
    PAYMASTER = "paymaster", _("paymaster")
    TRAINER = "trainer", _("trainer")
    COMMITTEE = "committee", _("quality committee")
    AUDITOR = "auditor", _("auditor")
    DONOR = "donor", _("donor's officer")
    ADMINISTRATION = "administration", _("district administration")


class RoleGrant(models.Model):
    """A party was given a role: in one shop, for one donor, for one district, or (none of
    these) in the whole association."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=15, choices=Role)
    shop = models.ForeignKey(
        Shop, null=True, blank=True, on_delete=models.PROTECT, related_name="roles"
    )
    donor = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="officers"
    )
    district = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="donors_officer_is_of_a_donor",
                condition=Q(role="donor", donor__isnull=False)
                | (~Q(role="donor") & Q(donor__isnull=True)),
            ),
            models.CheckConstraint(
                name="administration_is_of_a_district",
                condition=Q(role="administration", district__isnull=False)
                | (~Q(role="administration") & Q(district__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.role}"


class RoleEnd(models.Model):
    grant = models.OneToOneField(RoleGrant, on_delete=models.PROTECT, related_name="end")
    on = models.DateField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.grant_id} ended {self.on}"


guards.append_only(RoleGrant, RoleEnd)
