"""Joining: the stream of a membership's steps, the application behind it, the appeal."""

import uuid

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
    """One step of a membership; the membership is the stream of its events, in their order.

    `by` is empty where nobody acted: admitted by rule, since nobody refused in time.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="membership_events")
    step = models.CharField(max_length=10, choices=MembershipStep)
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["party_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="refusal_has_reason", condition=~Q(step="refused") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="only_the_rule_admits_alone",
                condition=Q(by__isnull=False) | Q(step="admitted"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.step} {self.on}"


class Application(models.Model):
    """How an application came: by the page, on paper (its number) or at the shop's counter.

    Whoever holds `uid` (the address of its page) or `code` (the same, spoken) may ask for its
    state, which names nobody.
    """

    class Way(models.TextChoices):
        PAGE = "page", _("by the page")
        PAPER = "paper", _("on paper")
        SHOP = "shop", _("at the shop")

    event = models.OneToOneField(
        MembershipEvent, on_delete=models.PROTECT, related_name="application"
    )
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=12, unique=True)
    way = models.CharField(max_length=5, choices=Way)
    paper = models.CharField(max_length=60, blank=True)
    # What the applicant makes or would like to make, in their own words.
    words = models.CharField(max_length=500, blank=True)
    # So that one connection cannot flood the list: a keyed digest of its address, other every
    # day; it tells that two applications of a day came from one place, and never from where.
    origin = models.CharField(max_length=16, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="paper_application_has_its_number", condition=~Q(way="paper") | ~Q(paper="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.way}"

    @property
    def spoken_code(self) -> str:
        """482 915 730 614: in groups, as it is said on a telephone."""
        return " ".join(self.code[start : start + 3] for start in range(0, len(self.code), 3))


class Appeal(models.Model):
    """A refused applicant asks another person of the association to look again.

    `by` is the applicant, or who entered it from the applicant's `paper`.
    """

    refusal = models.OneToOneField(MembershipEvent, on_delete=models.PROTECT, related_name="appeal")
    words = models.CharField(max_length=500)
    paper = models.CharField(max_length=60, blank=True)
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
    "members_application_is_of_an_applicant",
    Application,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM members_membershipevent e"
        " WHERE e.id = NEW.event_id AND e.step = 'applied')"
    ),
    words="an application belongs to the step «applied»",
)
guards.rule(
    "members_appeal_is_against_a_refusal",
    Appeal,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM members_membershipevent e"
        " WHERE e.id = NEW.refusal_id AND e.step = 'refused' AND NOT EXISTS ("
        "SELECT 1 FROM members_membershipevent later"
        " WHERE later.party_id = e.party_id AND later.id > e.id))"
    ),
    words="an appeal is against a refusal that stands",
)
guards.rule(
    "members_appeal_needs_another",
    AppealAnswer,
    broken_when=(
        "NEW.by_id = (SELECT e.by_id FROM members_appeal a"
        " JOIN members_membershipevent e ON e.id = a.refusal_id WHERE a.id = NEW.appeal_id)"
    ),
    words="who refused an application does not answer the appeal against it",
)
guards.rule(
    "members_refused_is_admitted_by_appeal",
    MembershipEvent,
    broken_when=(
        "NEW.step = 'admitted' AND EXISTS (SELECT 1 FROM members_membershipevent r"
        " WHERE r.party_id = NEW.party_id AND r.step = 'refused' AND NOT EXISTS ("
        "SELECT 1 FROM members_membershipevent later"
        " WHERE later.party_id = r.party_id AND later.id > r.id) AND NOT EXISTS ("
        "SELECT 1 FROM members_appeal a JOIN members_appealanswer w ON w.appeal_id = a.id"
        " WHERE a.refusal_id = r.id AND w.admits))"
    ),
    words="who was refused is admitted by the answer to an appeal, or applies again",
)
