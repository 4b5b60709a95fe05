"""Two records that are one person, and two that look alike and are two."""

from django.db import models
from django.db.models import F, Q

from ayil.kit import guards
from ayil.members.models.party import Party


class Merge(models.Model):
    """`double` is another record of `kept`: both stand as they are, and are read as one."""

    kept = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="merges")
    double = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="merged_into")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="merge_needs_two", condition=~Q(kept=F("double"))),
            models.CheckConstraint(name="merge_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.double_id} is {self.kept_id}"


class MergeEnd(models.Model):
    """The two were two after all; nothing had been moved, so nothing has to be put back."""

    merge = models.OneToOneField(Merge, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="merge_end_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.merge_id} undone"


class Distinction(models.Model):
    """Somebody looked: these two records are two people, and are not asked about again."""

    one = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            # One order for a pair, so that it is found whichever way it is asked.
            models.CheckConstraint(name="distinction_is_in_order", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"


class DistinctionEnd(models.Model):
    """The two are to be looked at again."""

    distinction = models.OneToOneField(Distinction, on_delete=models.PROTECT, related_name="end")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.distinction_id} taken back"


guards.append_only(Merge, MergeEnd, Distinction, DistinctionEnd)
guards.rule(
    "members_merge_is_between_kept_records",
    Merge,
    broken_when=(
        "EXISTS (SELECT 1 FROM members_merge m WHERE m.double_id IN (NEW.kept_id, NEW.double_id)"
        " AND NOT EXISTS (SELECT 1 FROM members_mergeend e WHERE e.merge_id = m.id))"
    ),
    words="a record that is a double already stands for nobody: merge the one that it belongs to",
)
