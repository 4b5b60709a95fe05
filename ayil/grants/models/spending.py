"""What the money was spent on: every som has a line, evidence and a beneficiary (invariant 8)."""

import uuid
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

from ayil.grants.models.agreements import BudgetLine, Tranche
from ayil.grants.models.evidence import EvidenceFile
from ayil.kit import guards, search
from ayil.ledger.models import Transfer
from ayil.members.models import Party
from ayil.places.models import Place


class Expenditure(models.Model):
    """A payment for a village, as one person recorded it; it counts once another approved it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    tranche = models.ForeignKey(Tranche, on_delete=models.PROTECT, related_name="expenditures")
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="expenditures")
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="grant_expenditures")
    payee = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="grant_payments")
    evidence = models.ForeignKey(
        EvidenceFile, on_delete=models.PROTECT, related_name="expenditures"
    )
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    paid_on = models.DateField()
    purpose = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["paid_on", "id"]
        indexes = [models.Index(fields=["tranche", "line"], name="expenditure_tranche_line")]
        constraints = [
            models.CheckConstraint(name="expenditure_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(name="expenditure_has_purpose", condition=~Q(purpose="")),
            # Invariant 7: who receives does not pay.
            models.CheckConstraint(
                name="payee_does_not_record", condition=~Q(payee=F("recorded_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tranche_id}/{self.line_id} {self.paid_on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            search.remember(self, self.purpose)


class ExpenditureApproval(models.Model):
    """Another person approved; the money is posted.

    `value_minor` is what it took from the line, in the agreement's currency: the money is spent
    first in, first out, at the rates it was changed at, and what was once booked stays.
    """

    expenditure = models.OneToOneField(
        Expenditure, on_delete=models.PROTECT, related_name="approval"
    )
    value_minor = models.BigIntegerField()
    paid = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="+")
    valued = models.OneToOneField(
        Transfer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="approval_value_posted",
                condition=Q(value_minor=0, valued__isnull=True)
                | Q(value_minor__gt=0, valued__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.expenditure_id} approved"


class ExpenditureRefusal(models.Model):
    """The approver said no, and why; nothing is posted."""

    expenditure = models.OneToOneField(
        Expenditure, on_delete=models.PROTECT, related_name="refusal"
    )
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="expenditure_refusal_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.expenditure_id} refused"


class ExpenditureReversal(models.Model):
    """An approved expenditure was undone: the money is back, in the line and in the bank."""

    approval = models.OneToOneField(
        ExpenditureApproval, on_delete=models.PROTECT, related_name="reversal"
    )
    on = models.DateField()
    reason = models.CharField(max_length=300)
    paid_back = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    reversed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="expenditure_reversal_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.approval_id} reversed {self.on}"


class TrancheReturn(models.Model):
    """Unspent money of a tranche went back to the donor; one person pays, another approves."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    tranche = models.ForeignKey(Tranche, on_delete=models.PROTECT, related_name="returns")
    on = models.DateField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    value_minor = models.BigIntegerField()
    slip = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    paid = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="return_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="return_approved_by_another", condition=~Q(by=F("approved_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tranche_id} returned {self.on}"


guards.append_only(
    Expenditure, ExpenditureApproval, ExpenditureRefusal, ExpenditureReversal, TrancheReturn
)
guards.rule(
    "expenditure_inside_agreement",
    Expenditure,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM grants_budgetline l JOIN grants_tranche t "
        "ON t.agreement_id = l.agreement_id WHERE l.id = NEW.line_id AND t.id = NEW.tranche_id)"
    ),
    words="an expenditure takes its line and its tranche from one agreement",
)
guards.rule(
    "expenditure_for_a_village",
    Expenditure,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM places_place p WHERE p.id = NEW.village_id "
        "AND p.kind = 'village')"
    ),
    words="the beneficiary of an expenditure is a village",
)
# Invariant 7: who receives, who pays and who approves are three people.
for _table, _name in (
    (ExpenditureApproval, "approved_by_another"),
    (ExpenditureRefusal, "refused_by_another"),
):
    guards.rule(
        _name,
        _table,
        broken_when=(
            "EXISTS (SELECT 1 FROM grants_expenditure e WHERE e.id = NEW.expenditure_id "
            "AND NEW.by_id IN (e.recorded_by_id, e.payee_id))"
        ),
        words="an expenditure is decided by another person than who recorded or received it",
    )
guards.rule(
    "approved_unless_refused",
    ExpenditureApproval,
    broken_when=(
        "EXISTS (SELECT 1 FROM grants_expenditurerefusal r "
        "WHERE r.expenditure_id = NEW.expenditure_id)"
    ),
    words="a refused expenditure is not approved: record it anew",
)
guards.rule(
    "refused_unless_approved",
    ExpenditureRefusal,
    broken_when=(
        "EXISTS (SELECT 1 FROM grants_expenditureapproval a "
        "WHERE a.expenditure_id = NEW.expenditure_id)"
    ),
    words="an approved expenditure is not refused: reverse it, with the reason",
)
# An approval is worth what it posted: from this fund, this amount, this currency.
guards.rule(
    "approval_posts_its_amount",
    ExpenditureApproval,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM grants_expenditure e JOIN grants_tranche t "
        "ON t.id = e.tranche_id JOIN ledger_transfer m ON m.fund_id = t.fund_id "
        "WHERE e.id = NEW.expenditure_id AND m.id = NEW.paid_id "
        "AND m.amount_minor = e.amount_minor AND m.currency = e.currency)"
    ),
    words="an approval stands on the transfer of just that amount from its tranche's fund",
)
