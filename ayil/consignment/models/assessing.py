"""What the goods were like: a checklist answered line by line, and a grade."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayil.consignment.models.deliveries import JointCount
from ayil.kit import guards
from ayil.members.models import Party


class Assessment(models.Model):
    """Somebody looked at what was counted by the checklist of its kind of goods; `maker` is whose
    goods they are, who reads it."""

    class Grade(models.TextChoices):
        GOOD = "good", _("good")
        MEND = "mend", _("to mend")
        REFUSED = "refused", _("refused")

    count = models.OneToOneField(JointCount, on_delete=models.PROTECT, related_name="assessment")
    maker = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="assessments")
    grade = models.CharField(max_length=7, choices=Grade)
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="poor_grade_says_why", condition=Q(grade="good") | ~Q(words="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.count_id}: {self.grade}"


class AssessmentMark(models.Model):
    """The answer to one question of the checklist; a no says in words what is wrong."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="marks")
    question = models.CharField(max_length=20)
    passed = models.BooleanField()
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="one_mark_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.question}: {'yes' if self.passed else 'no'}"


guards.append_only(Assessment, AssessmentMark)
