"""The roll hangs, villagers object, the registrar answers; and who was added after the freezing."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayil.decisions.models.assemblies import Assembly
from ayil.decisions.models.roll import RollEntry, RollFreezing
from ayil.kit import guards
from ayil.members.models import Party


class RollPosting(models.Model):
    """The roll hangs at a place, for everybody to read, since a day."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="postings")
    hangs_at = models.CharField(max_length=300)
    since = models.DateField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["assembly_id", "since", "id"]
        constraints = [models.CheckConstraint(name="posting_says_where", condition=~Q(hangs_at=""))]

    def __str__(self) -> str:
        return f"{self.assembly_id}: {self.hangs_at}"


class RollObjection(models.Model):
    """Somebody says that the posted roll is wrong, about one entry or about who is missing.

    `objector` is None where nobody's name stands under it. `recorded_by` is the objector on their
    own page, else the registrar who wrote down what stood on a paper or was said.
    """

    class About(models.TextChoices):
        MISSING = "missing", _("somebody is missing")
        ELSEWHERE = "elsewhere", _("does not live here")
        MINOR = "minor", _("is under 18")
        TWICE = "twice", _("stands twice on the roll")
        DIED = "died", _("has died")
        WRONG = "wrong", _("name or year is written wrong")
        OTHER = "other", _("something else")

    class Way(models.TextChoices):
        PAGE = "page", _("on their own page")
        PAPER = "paper", _("on paper")
        VOICE = "voice", _("by word of mouth")

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="objections")
    about = models.CharField(max_length=10, choices=About)
    entry = models.ForeignKey(
        RollEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="objections"
    )
    name = models.CharField(max_length=160, blank=True)
    words = models.CharField(max_length=300, blank=True)
    way = models.CharField(max_length=5, choices=Way)
    objector = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="roll_objections"
    )
    recorded_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["assembly_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="objection_says_about_whom",
                condition=Q(about="missing", entry__isnull=True) & ~Q(name="")
                | ~Q(about="missing") & Q(entry__isnull=False, name="")
                | Q(about="other", entry__isnull=True) & ~Q(words=""),
            ),
            models.CheckConstraint(
                name="objection_on_a_page_is_ones_own",
                condition=~Q(way="page") | Q(objector=models.F("recorded_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assembly_id}: {self.about}"


class RollObjectionAnswer(models.Model):
    """The registrar upheld or dismissed it, with a reason; `person` is who was entered by it."""

    objection = models.OneToOneField(RollObjection, on_delete=models.PROTECT, related_name="answer")
    upheld = models.BooleanField()
    reason = models.CharField(max_length=300)
    person = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="entered_by_objection"
    )
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="objection_answer_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="entered_where_upheld", condition=Q(upheld=True) | Q(person__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objection_id}: {self.upheld}"


class RollStriking(models.Model):
    """An entry is struck off by an objection: it stays to be read and counts no more."""

    entry = models.OneToOneField(RollEntry, on_delete=models.PROTECT, related_name="striking")
    objection = models.OneToOneField(
        RollObjection, on_delete=models.PROTECT, related_name="striking"
    )
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.entry_id} struck"


class ProvisionalSigning(models.Model):
    """Registrar and chair signed that somebody is added after the freezing, on a paper.

    The roll's fingerprint was read aloud and stays; the additions have their own.
    """

    entry = models.OneToOneField(RollEntry, on_delete=models.PROTECT, related_name="signing")
    reason = models.CharField(max_length=300)
    registrar = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    chair = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    paper = models.CharField(max_length=60)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="provisional_has_reason_and_paper", condition=~Q(reason="") & ~Q(paper="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} added"


_FROZEN_OF_OBJECTION = (
    "EXISTS (SELECT 1 FROM decisions_rollobjection b JOIN decisions_rollfreezing f "
    "ON f.assembly_id = b.assembly_id WHERE b.id = NEW.objection_id)"
)

guards.append_only(RollPosting, RollObjection, RollObjectionAnswer, RollStriking)
guards.append_only(ProvisionalSigning)
guards.rule(
    "objections_before_freezing",
    RollObjection,
    broken_when=(
        "EXISTS (SELECT 1 FROM decisions_rollfreezing f WHERE f.assembly_id = NEW.assembly_id) "
        "OR (NEW.entry_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decisions_rollentry r "
        "WHERE r.id = NEW.entry_id AND r.assembly_id = NEW.assembly_id))"
    ),
    words="an objection is about this roll, and is made before the roll is frozen",
)
guards.rule(
    "objections_answered_before_freezing",
    RollObjectionAnswer,
    broken_when=_FROZEN_OF_OBJECTION,
    words="the roll is frozen: its objections were answered before",
)
guards.rule(
    "struck_by_an_upheld_objection",
    RollStriking,
    broken_when=(
        f"{_FROZEN_OF_OBJECTION} OR NOT EXISTS (SELECT 1 FROM decisions_rollobjection o "  # noqa: S608 - ours
        "JOIN decisions_rollobjectionanswer w ON w.objection_id = o.id "
        "WHERE o.id = NEW.objection_id AND o.entry_id = NEW.entry_id AND w.upheld)"
    ),
    words="an entry is struck by an objection that was upheld, before the roll is frozen",
)
guards.rule(
    "frozen_with_four_people_and_no_open_objection",
    RollFreezing,
    broken_when=(
        "(SELECT count(*) FROM decisions_assemblyoffice o "
        "WHERE o.assembly_id = NEW.assembly_id) < 4 "
        "OR NOT EXISTS (SELECT 1 FROM decisions_rollposting p "
        "WHERE p.assembly_id = NEW.assembly_id) "
        "OR EXISTS (SELECT 1 FROM decisions_rollobjection o WHERE o.assembly_id = NEW.assembly_id "
        "AND NOT EXISTS (SELECT 1 FROM decisions_rollobjectionanswer w "
        "WHERE w.objection_id = o.id))"
    ),
    words="a roll is frozen once it hung, all objections are answered and all four are named",
)
guards.rule(
    "provisional_signed_by_registrar_and_chair",
    ProvisionalSigning,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM decisions_rollentry r "
        "JOIN decisions_assemblyoffice k ON k.assembly_id = r.assembly_id "
        "AND k.part = 'registrar' AND k.person_id = NEW.registrar_id "
        "JOIN decisions_assemblyoffice c ON c.assembly_id = r.assembly_id "
        "AND c.part = 'chair' AND c.person_id = NEW.chair_id "
        "WHERE r.id = NEW.entry_id AND r.provisional)"
    ),
    words="the provisional list is signed by the registrar and the chair of the assembly",
)
