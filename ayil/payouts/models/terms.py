"""What the association says of every payout: the least sum, and how soon a dispute is answered."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from ayil.kit import guards
from ayil.members.models import Party

LONGEST_ANSWER_DAYS = 90


class PayoutTerms(models.Model):
    """Terms that hold from a day on, for payouts in one currency; the last row of a day holds.

    Under `least_minor` nothing is paid, and the sum is carried forward. An answer to a dispute is
    due `answer_days` after it was raised. Nothing begins before it was said, so that a clock that
    runs is never set back.
    """

    currency = models.CharField(max_length=3)
    least_minor = models.BigIntegerField(default=0)
    answer_days = models.PositiveSmallIntegerField(default=14)
    since = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(
                name="payout_terms_in_bounds",
                condition=Q(
                    least_minor__gte=0,
                    answer_days__gte=1,
                    answer_days__lte=LONGEST_ANSWER_DAYS,
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.since}: from {self.least_minor} {self.currency}, {self.answer_days} days"

    def answer_due(self, raised_on: date) -> date:
        return raised_on + timedelta(days=self.answer_days)


guards.append_only(PayoutTerms)
