"""Joining: the stream of a membership's steps, the application behind it, the appeal."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models.party import Party


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


class Application(models.Model):
    """How an application came: by the page, on paper (its number) or at the shop's counter."""

    class Way(models.TextChoices):
        PAGE = "page", _("by the page")
        PAPER = "paper", _("on paper")
        SHOP = "shop", _("at the shop")

    event = models.OneToOneField(
        MembershipEvent, on_delete=models.PROTECT, related_name="application"
    )
    way = models.CharField(max_length=5, choices=Way)
    paper = models.CharField(max_length=60, blank=True)
    # What the applicant makes or would like to make, in their own words.
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="paper_application_has_its_number", condition=~Q(way="paper") | ~Q(paper="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.way}"


class Appeal(models.Model):
    """A refused applicant asks another person of the association to look again."""

    refusal = models.OneToOneField(MembershipEvent, on_delete=models.PROTECT, related_name="appeal")
    words = models.CharField(max_length=500)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"appeal against {self.refusal_id}"


class AppealAnswer(models.Model):
    """The answer, with its reason, by somebody who did not refuse; admission is its own event."""

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="answer")
    admits = models.BooleanField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="appeal_answer_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {'admitted' if self.admits else 'upheld'}"


guards.append_only(MembershipEvent, Application, Appeal, AppealAnswer)
guards.rule(
    "members_appeal_needs_another",
    AppealAnswer,
    broken_when=(
        "NEW.by_id = (SELECT e.by_id FROM members_appeal a"
        " JOIN members_membershipevent e ON e.id = a.refusal_id WHERE a.id = NEW.appeal_id)"
    ),
    words="who refused an application does not answer the appeal against it",
)
