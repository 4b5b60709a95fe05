"""Who may collect whose money, from a day on, until it is taken back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models.party import Party


class Mandate(models.Model):
    """`giver` lets `holder` collect money for them (invariant 7).

    Given on the giver's own page, or on a paper that is named; `until` is the last day.
    """

    class Way(models.TextChoices):
        PAPER = "paper", _("on paper")
        PAGE = "page", _("on one's own page")

    giver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="mandates_given")
    holder = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="mandates_held")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    way = models.CharField(max_length=5, choices=Way, default=Way.PAPER)
    paper = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="mandate_is_for_another", condition=~Q(giver=F("holder"))),
            models.CheckConstraint(
                name="mandate_has_paper", condition=Q(way="page") | ~Q(paper="")
            ),
            # Who collects never writes down that they may.
            models.CheckConstraint(name="mandate_not_by_its_holder", condition=~Q(by=F("holder"))),
            models.CheckConstraint(
                name="mandate_goes_forward",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} for {self.giver_id}"


class MandateEnd(models.Model):
    """Taken back or given up: from `on` the holder collects no more."""

    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, related_name="end")
    on = models.DateField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(name="mandate_end_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} ended {self.on}"


guards.append_only(Mandate, MandateEnd)
