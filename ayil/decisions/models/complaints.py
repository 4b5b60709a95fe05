"""Complaints about an assembly, their answers, and a decision that is annulled by one."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayil.decisions.models.assemblies import Assembly
from ayil.decisions.models.outcomes import Decision
from ayil.decisions.models.papers import DecisionPaper
from ayil.decisions.models.polls import Recount
from ayil.kit import guards
from ayil.members.models import Party


class Complaint(models.Model):
    """Somebody says that something was wrong: by their own sign-in, on paper, by voice, or without
    a name. `person` is who said it, where they said who they are; `by` who wrote it down.

    `origin` stands for the connection that a nameless one came over, for a day (see `origin_of`).
    """

    class About(models.TextChoices):
        ROLL = "roll", _("the roll")
        VOTE = "vote", _("the vote")
        COUNT = "count", _("the count")
        DECISION = "decision", _("what was decided")
        OTHER = "other", _("something else")

    class How(models.TextChoices):
        SIGNED_IN = "own", _("on their own page")
        PAPER = "paper", _("on paper")
        VOICE = "voice", _("by word of mouth")
        NAMELESS = "nameless", _("without a name")

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="complaints")
    about = models.CharField(max_length=8, choices=About)
    how = models.CharField(max_length=8, choices=How)
    words = models.CharField(max_length=1000)
    person = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints"
    )
    paper = models.ForeignKey(
        DecisionPaper, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField()
    by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    origin = models.CharField(max_length=16, blank=True, db_index=True)

    class Meta:
        ordering = ["assembly_id", "id"]
        constraints = [
            models.CheckConstraint(name="complaint_has_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="complaint_comes_from_where_it_says",
                condition=Q(how="own", person__isnull=False, by__isnull=False)
                | Q(how="nameless", person__isnull=True, by__isnull=True)
                | Q(how__in=("paper", "voice"), by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assembly}: {self.get_about_display()}"


class ComplaintOutcome(models.Model):
    """The answer, with its reason, by somebody who had no part in that assembly."""

    class Verdict(models.TextChoices):
        DISMISS = "dismiss", _("dismissed")
        RECOUNT = "recount", _("the papers are counted again")
        ANNUL = "annul", _("the decision is annulled")

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="outcome")
    verdict = models.CharField(max_length=7, choices=Verdict)
    reason = models.CharField(max_length=600)
    recount = models.OneToOneField(
        Recount, null=True, blank=True, on_delete=models.PROTECT, related_name="asked_by"
    )
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["complaint_id"]
        constraints = [
            models.CheckConstraint(name="complaint_answer_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="recount_where_it_says_so",
                condition=Q(verdict="recount", recount__isnull=False)
                | (~Q(verdict="recount") & Q(recount__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.verdict}"


class DecisionAnnulment(models.Model):
    """The decision stands no longer and never did; nothing of it is deleted."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="annulment")
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="annulments")
    on = models.DateField()
    reason = models.CharField(max_length=600)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["decision_id"]
        constraints = [models.CheckConstraint(name="annulment_has_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.decision_id} annulled"


guards.append_only(ComplaintOutcome, DecisionAnnulment)
guards.append_only(Complaint)
guards.rule(
    "answered_by_no_part_of_it",
    ComplaintOutcome,
    broken_when=(
        "EXISTS (SELECT 1 FROM decisions_complaint c WHERE c.id = NEW.complaint_id "
        "AND (c.person_id = NEW.by_id "
        "OR EXISTS (SELECT 1 FROM decisions_assemblyoffice o "
        "WHERE o.assembly_id = c.assembly_id AND o.person_id = NEW.by_id) "
        "OR EXISTS (SELECT 1 FROM decisions_proposal r "
        "WHERE r.assembly_id = c.assembly_id AND r.proposer_id = NEW.by_id)))"
    ),
    words="a complaint is answered by somebody who had no part in that assembly",
)
guards.rule(
    "annulled_by_its_complaint",
    DecisionAnnulment,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM decisions_complaint c "
        "JOIN decisions_complaintoutcome o ON o.complaint_id = c.id "
        "JOIN decisions_decision d ON d.assembly_id = c.assembly_id "
        "WHERE c.id = NEW.complaint_id AND d.id = NEW.decision_id AND o.verdict <> 'dismiss')"
    ),
    words="a decision is annulled by a complaint about its own assembly that was upheld",
)
