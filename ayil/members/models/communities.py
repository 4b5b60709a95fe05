"""Who belongs to which community, and who may act for whom."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models.party import Party


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


guards.append_only(Affiliation, AffiliationEnd, Mandate)
guards.rule(
    "members_community_keeps_a_leader",
    AffiliationEnd,
    broken_when=(
        "EXISTS (SELECT 1 FROM members_affiliation gone WHERE gone.id = NEW.affiliation_id"
        " AND gone.part = 'leader' AND NOT EXISTS ("
        "SELECT 1 FROM members_affiliation other WHERE other.community_id = gone.community_id"
        " AND other.part = 'leader' AND other.id <> gone.id AND NOT EXISTS ("
        "SELECT 1 FROM members_affiliationend ended WHERE ended.affiliation_id = other.id)))"
    ),
    words="a community never loses its last leader: name another one first",
)
