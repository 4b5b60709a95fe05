"""Parties, communities, memberships, mandates, consent, sign-in, roles."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.ledger.models import Fund
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
    village = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="parties"
    )
    language = models.CharField(max_length=2, default="ky")
    phone = models.CharField(max_length=20, blank=True)
    born_year = models.SmallIntegerField(null=True, blank=True)
    sex = models.CharField(max_length=5, choices=Sex, blank=True, default=Sex.UNSAID)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A way for a person to sign in; what they may do hangs on their party's roles."""

    party = models.OneToOneField(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="user"
    )


class MembershipStep(models.TextChoices):
    APPLIED = "applied", _("applied")
    ADMITTED = "admitted", _("admitted")
    REFUSED = "refused", _("refused")
    ACTIVE = "active", _("active")
    DORMANT = "dormant", _("dormant")
    LEFT = "left", _("left")


class MembershipEvent(models.Model):
    """One step of a membership; the membership is the stream of its events, in their order."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="membership_events")
    step = models.CharField(max_length=10, choices=MembershipStep)
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["party_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="refusal_has_reason", condition=~Q(step="refused") | ~Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.step} {self.on}"


class Affiliation(models.Model):
    """A person belongs to a community, from a day on."""

    class Part(models.TextChoices):
        LEADER = "leader", _("leader")
        CONTACT = "contact", _("contact")
        MEMBER = "member", _("member")

    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="affiliations")
    community = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="affiliates")
    part = models.CharField(max_length=10, choices=Part, default=Part.MEMBER)
    since = models.DateField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["community_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="nobody_belongs_to_oneself", condition=~Q(person=F("community"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.part} of {self.community_id}"


class AffiliationEnd(models.Model):
    affiliation = models.OneToOneField(Affiliation, on_delete=models.PROTECT, related_name="end")
    on = models.DateField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.affiliation_id} ended {self.on}"


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
    """A party was given a role in the association, or in one shop of it."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=15, choices=Role)
    shop = models.ForeignKey(
        Shop, null=True, blank=True, on_delete=models.PROTECT, related_name="roles"
    )
    since = models.DateField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.party_id} {self.role}"


class RoleEnd(models.Model):
    grant = models.OneToOneField(RoleGrant, on_delete=models.PROTECT, related_name="end")
    on = models.DateField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.grant_id} ended {self.on}"


class Mandate(models.Model):
    """`giver` lets `holder` collect money for them (invariant 7)."""

    giver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="mandates_given")
    holder = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="mandates_held")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    paper = models.CharField(max_length=200)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="mandate_is_for_another", condition=~Q(giver=F("holder"))),
            models.CheckConstraint(name="mandate_has_paper", condition=~Q(paper="")),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} for {self.giver_id}"


class Purpose(models.TextChoices):
    MEMBERSHIP = "membership", _("membership")
    PUBLIC_PAGE = "public", _("public page and photo")
    MESSAGES = "messages", _("messages")
    RESEARCH = "research", _("research")


class ConsentEvent(models.Model):
    """A consent given or withdrawn; the last one for a purpose holds."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=10, choices=Purpose)
    given = models.BooleanField()
    language = models.CharField(max_length=2)
    witness = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["party_id", "id"]

    def __str__(self) -> str:
        return f"{self.party_id} {self.purpose} {'given' if self.given else 'withdrawn'}"


guards.append_only(
    Simulation,
    MembershipEvent,
    Affiliation,
    AffiliationEnd,
    RoleGrant,
    RoleEnd,
    Mandate,
    ConsentEvent,
)
