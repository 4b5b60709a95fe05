"""The assembly, the association's terms for it, and who does what in it."""

import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.decisions.rules import MOST_PLACES
from ayil.kit import guards
from ayil.members.models import Party
from ayil.places.models import Place


class AssemblyTerms(models.Model):
    """What the association asks of every assembly from a day on; the last row of a day holds.

    Days: the notice before the day of the assembly, the roll's hanging before it is frozen, and
    how long after the assembly a complaint may be made. The quorum is a share of the roll, as two
    whole numbers.
    """

    notice_days = models.PositiveSmallIntegerField(default=7)
    posting_days = models.PositiveSmallIntegerField(default=3)
    complaint_days = models.PositiveSmallIntegerField(default=14)
    quorum_numerator = models.PositiveSmallIntegerField(default=1)
    quorum_denominator = models.PositiveSmallIntegerField(default=2)
    since = models.DateField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-since", "-id"]
        verbose_name_plural = "assembly terms"
        constraints = [
            models.CheckConstraint(
                name="assembly_terms_in_bounds",
                condition=Q(
                    notice_days__range=(1, 60),
                    posting_days__range=(0, 60),
                    complaint_days__range=(1, 365),
                    quorum_numerator__gt=0,
                    quorum_numerator__lte=F("quorum_denominator"),
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.since}: {self.quorum_numerator}/{self.quorum_denominator}"


class Rule(models.TextChoices):
    """How the ballots are counted: what is asked of the village follows from it."""

    APPROVAL = "approval", _("one product: approval, and a runoff of two")
    SHARES = "shares", _("several products: equal shares")
    BUDGET = "budget", _("the village's budget among projects: equal shares")
    SCHULZE = "schulze", _("one product: ranked, by Schulze")


class Assembly(models.Model):
    """A village's meeting, called by a notice that everybody could read.

    `rule` says what is asked and how it is counted; `places` is how many products are sought
    (rule `shares`), `budget_minor` the money to share (rule `budget`).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="assemblies")
    called_on = models.DateField()
    notice = models.CharField(max_length=300)
    held_on = models.DateField()
    place = models.CharField(max_length=160)
    rule = models.CharField(max_length=10, choices=Rule, default=Rule.APPROVAL)
    places = models.PositiveSmallIntegerField(default=1)
    budget_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="KGS")
    called_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-id"]
        verbose_name_plural = "assemblies"
        constraints = [
            models.CheckConstraint(
                name="assembly_called_before", condition=Q(called_on__lt=F("held_on"))
            ),
            models.CheckConstraint(name="assembly_has_notice", condition=~Q(notice="")),
            models.CheckConstraint(
                name="assembly_asks_one_thing",
                condition=Q(
                    rule__in=(Rule.APPROVAL, Rule.SCHULZE), places=1, budget_minor__isnull=True
                )
                | Q(rule=Rule.SHARES, places__range=(2, MOST_PLACES), budget_minor__isnull=True)
                | Q(rule=Rule.BUDGET, places=1, budget_minor__gt=0),
            ),
            models.UniqueConstraint(fields=["village", "held_on"], name="one_assembly_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.village} {self.held_on}"

    def complaints_until(self, terms: AssemblyTerms) -> date:
        """The last day on which a complaint may be made."""
        return self.held_on + timedelta(days=terms.complaint_days)


class Part(models.TextChoices):
    """What somebody does in an assembly; none of them proposes a product there, but the chair."""

    CHAIR = "chair", _("chair of the assembly")
    REGISTRAR = "registrar", _("registrar of the roll")
    COUNTER = "counter", _("counter of the ballots")


class AssemblyOffice(models.Model):
    """The assembly (or who called it) named somebody: one chair, one registrar, two counters."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="offices")
    part = models.CharField(max_length=10, choices=Part)
    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="assembly_offices")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["assembly_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "person"], name="one_office_a_person"),
            models.UniqueConstraint(
                fields=["assembly", "part"],
                condition=~Q(part=Part.COUNTER),
                name="one_chair_one_registrar",
            ),
            models.CheckConstraint(name="office_known", condition=Q(part__in=Part.values)),
        ]

    def __str__(self) -> str:
        return f"{self.assembly_id} {self.part}"


guards.append_only(AssemblyTerms, Assembly, AssemblyOffice)
guards.rule(
    "assembly_of_a_village",
    Assembly,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM places_place p WHERE p.id = NEW.village_id "
        "AND p.kind = 'village')"
    ),
    words="an assembly is a village's: enter the village first",
)
guards.rule(
    "two_counters_of_their_own",
    AssemblyOffice,
    broken_when=(
        "(NEW.part = 'counter' AND (SELECT count(*) FROM decisions_assemblyoffice o "
        "WHERE o.assembly_id = NEW.assembly_id AND o.part = 'counter') >= 2) "
        "OR (NEW.part <> 'chair' AND EXISTS (SELECT 1 FROM decisions_proposal r "
        "WHERE r.assembly_id = NEW.assembly_id AND r.proposer_id = NEW.person_id))"
    ),
    words="two people count, and who proposed a product neither counts nor keeps the roll",
)
guards.rule(
    "office_of_the_village",
    AssemblyOffice,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM members_party p JOIN decisions_assembly a "
        "ON a.village_id = p.village_id WHERE a.id = NEW.assembly_id AND p.id = NEW.person_id "
        "AND p.kind = 'person')"
    ),
    words="chair, registrar and counters are people of the village",
)
