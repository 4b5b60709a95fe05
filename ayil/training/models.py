"""What is taught, when it was held, and who was there: attendance is only ever added to."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from ayil.kit import guards
from ayil.members.models import Party
from ayil.places.models import Place


class Competency(models.Model):
    """Something that a producer can do after being taught, such as setting a price."""

    code = models.SlugField(max_length=30, unique=True)
    name_en = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120)
    name_ky = models.CharField(max_length=120)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "competencies"

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return str(getattr(self, f"name_{get_language() or 'ky'}", self.name_ky))


class Session(models.Model):
    """A training that was planned. `invited_by` is the lesson that called for it ("lesson:12"),
    or empty: lessons stand above this field, which therefore knows them by their word only."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="sessions")
    village = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="training_sessions"
    )
    place = models.CharField(max_length=160)
    trainer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="sessions_given")
    planned_on = models.DateField()
    invited_by = models.CharField(max_length=60, blank=True)
    planned_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["planned_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="session_has_place", condition=Q(village__isnull=False) | ~Q(place="")
            ),
            models.CheckConstraint(
                name="session_invited_by_lesson",
                condition=Q(invited_by="") | Q(invited_by__regex=r"^lesson:[0-9]+$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} {self.planned_on}"


class SessionHeld(models.Model):
    """The training took place."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="held")
    on = models.DateField()
    minutes = models.PositiveIntegerField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "sessions held"
        constraints = [
            models.CheckConstraint(
                name="session_took_some_time", condition=Q(minutes__gt=0, minutes__lte=1440)
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} held {self.on}"


class SessionCancelling(models.Model):
    """The training did not take place, and why."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="cancelling")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="cancelling_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.session_id} cancelled"


class Attendance(models.Model):
    """Someone was at a session. Never changed and never deleted: see AttendanceCorrection."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="attendances")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["session_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="one_attendance_a_session")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.session_id}"


class AttendanceCorrection(models.Model):
    """An attendance was entered by mistake: who says so, and why. It counts no longer."""

    attendance = models.OneToOneField(
        Attendance, on_delete=models.PROTECT, related_name="correction"
    )
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="correction_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.attendance_id} corrected"


guards.append_only(Session, SessionHeld, SessionCancelling, Attendance, AttendanceCorrection)
guards.rule(
    "attendance_at_held_session",
    Attendance,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM training_sessionheld h WHERE h.session_id = NEW.session_id)"
    ),
    words="attendance is written for a training that was held: record that first",
)
guards.rule(
    "attendance_of_another_person",
    Attendance,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM members_party p WHERE p.id = NEW.person_id "
        "AND p.kind = 'person') OR EXISTS (SELECT 1 FROM training_session s "
        "WHERE s.id = NEW.session_id AND s.trainer_id = NEW.person_id)"
    ),
    words="those who attend are people, and not the trainer",
)
guards.rule(
    "held_unless_cancelled",
    SessionHeld,
    broken_when=(
        "EXISTS (SELECT 1 FROM training_sessioncancelling c WHERE c.session_id = NEW.session_id)"
    ),
    words="a cancelled training is not held: plan a new one",
)
guards.rule(
    "cancelled_unless_held",
    SessionCancelling,
    broken_when=(
        "EXISTS (SELECT 1 FROM training_sessionheld h WHERE h.session_id = NEW.session_id)"
    ),
    words="a training that was held is not cancelled afterwards",
)
