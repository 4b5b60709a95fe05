"""Who said that they will make it, and by whom they may be read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayil.decisions.models.proposals import Proposal
from ayil.kit import guards
from ayil.members.models import Party


class WillingMaker(models.Model):
    """Someone of the village who said that they will make it.

    `may_be_named` to the village, `in_public` to everybody (on the poster in the street); a maker
    who wants neither is counted. Said on their own phone, or on a paper that somebody typed.
    """

    class How(models.TextChoices):
        PHONE = "phone", _("on their own phone")
        PAPER = "paper", _("on paper")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="makers")
    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="willing")
    may_be_named = models.BooleanField()
    in_public = models.BooleanField(default=False)
    how = models.CharField(max_length=5, choices=How)
    paper = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["proposal_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="named_in_public_as_in_the_village",
                condition=Q(in_public=False) | Q(may_be_named=True),
            ),
            models.CheckConstraint(
                name="willing_on_paper_names_it", condition=Q(how="phone") | ~Q(paper="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.proposal_id}"


class WillingMakerEnd(models.Model):
    """They took it back: nobody has to say why."""

    maker = models.OneToOneField(WillingMaker, on_delete=models.PROTECT, related_name="end")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.maker_id} taken back"


guards.append_only(WillingMaker, WillingMakerEnd)
guards.rule(
    "maker_of_the_village",
    WillingMaker,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM members_party p JOIN decisions_assembly a "
        "ON a.village_id = p.village_id JOIN decisions_proposal r ON r.assembly_id = a.id "
        "WHERE p.id = NEW.person_id AND r.id = NEW.proposal_id AND p.kind = 'person')"
    ),
    words="whoever is willing to make it is one of the village's people",
)
guards.rule(
    "one_maker_a_proposal",
    WillingMaker,
    broken_when=(
        "EXISTS (SELECT 1 FROM decisions_willingmaker w WHERE w.proposal_id = NEW.proposal_id "
        "AND w.person_id = NEW.person_id AND NOT EXISTS "
        "(SELECT 1 FROM decisions_willingmakerend e WHERE e.maker_id = w.id))"
    ),
    words="who said that they are willing to make it says so once",
)
