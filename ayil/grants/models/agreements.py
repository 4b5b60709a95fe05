"""A donor's agreement, its tranches with their dated records, and its budget."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from ayil.grants.models.evidence import EvidenceFile
from ayil.kit import guards
from ayil.ledger.models import ExchangeRate, Fund, Transfer
from ayil.members.models import Party


class Agreement(models.Model):
    """A memorandum between a donor and the association, in one currency."""

    code = models.SlugField(max_length=30, unique=True)
    donor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="agreements_given")
    association = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="agreements_taken"
    )
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    signed_on = models.DateField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    currency = models.CharField(max_length=3)
    scan = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["signed_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="agreement_between_two", condition=~Q(donor=F("association"))
            ),
            models.CheckConstraint(
                name="agreement_has_span", condition=Q(ends_on__gte=F("begins_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.signed_on})"


class BudgetLine(models.Model):
    """What the agreement means the money for; `amount_minor` is in the agreement's currency."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="lines")
    code = models.SlugField(max_length=30)
    name_en = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120)
    name_ky = models.CharField(max_length=120)
    amount_minor = models.BigIntegerField()

    class Meta:
        ordering = ["agreement_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "code"], name="one_budget_line_a_code"),
            models.CheckConstraint(name="budget_line_positive", condition=Q(amount_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return str(getattr(self, f"name_{get_language() or 'ky'}", self.name_ky))


class Tranche(models.Model):
    """One part of the money, planned for a day; its fund is its own and is never mixed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="tranches")
    number = models.PositiveSmallIntegerField()
    planned_on = models.DateField()
    planned_minor = models.BigIntegerField()
    fund = models.OneToOneField(Fund, on_delete=models.PROTECT, related_name="tranche")

    class Meta:
        ordering = ["agreement_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="one_tranche_a_number"),
            models.CheckConstraint(name="tranche_positive", condition=Q(planned_minor__gt=0)),
            models.CheckConstraint(name="tranche_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.code} {self.number}"


class TrancheRequest(models.Model):
    """The association asked for the money."""

    tranche = models.OneToOneField(Tranche, on_delete=models.PROTECT, related_name="request")
    on = models.DateField()
    paper = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.tranche_id} requested {self.on}"


class TrancheReceipt(models.Model):
    """The money came: whole minor units of the agreement's currency, with the bank's slip.

    `rate` is that day's, with its source (invariant 9); none where the agreement is in som.
    """

    tranche = models.OneToOneField(Tranche, on_delete=models.PROTECT, related_name="receipt")
    on = models.DateField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    slip = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    rate = models.ForeignKey(
        ExchangeRate, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="receipt_has_rate", condition=Q(currency="KGS") | Q(rate__isnull=False)
            ),
            models.CheckConstraint(name="receipt_positive", condition=Q(amount_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.tranche_id} received {self.on}"


class Allotment(models.Model):
    """Money of a tranche set aside for a budget line; below zero, taken back from it.

    The line's account holds it above a floor of zero: what is not allotted cannot be spent.
    """

    tranche = models.ForeignKey(Tranche, on_delete=models.PROTECT, related_name="allotments")
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="allotments")
    amount_minor = models.BigIntegerField()
    on = models.DateField()
    reason = models.CharField(max_length=300)
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="allotment_not_zero", condition=~Q(amount_minor=0)),
            models.CheckConstraint(name="allotment_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.amount_minor}"


class TrancheExchange(models.Model):
    """Part of a tranche was changed into another currency, at the rate on the bank's slip."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    tranche = models.ForeignKey(Tranche, on_delete=models.PROTECT, related_name="exchanges")
    rate = models.OneToOneField(ExchangeRate, on_delete=models.PROTECT, related_name="+")
    slip = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    given = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="+")
    got = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.tranche_id}: {self.rate}"


guards.append_only(
    Agreement,
    BudgetLine,
    Tranche,
    TrancheRequest,
    TrancheReceipt,
    Allotment,
    TrancheExchange,
)
guards.rule(
    "tranche_received_after_request",
    TrancheReceipt,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM grants_trancherequest q WHERE q.tranche_id = NEW.tranche_id)"
    ),
    words="a tranche is received after it was requested: record the request first",
)
# The case of 2012: the second tranche waits for the first one's accepted report.
guards.rule(
    "tranche_waits_for_report",
    TrancheReceipt,
    broken_when=(
        "EXISTS (SELECT 1 FROM grants_tranche t JOIN grants_tranche p "
        "ON p.agreement_id = t.agreement_id AND p.number = t.number - 1 "
        "WHERE t.id = NEW.tranche_id AND NOT EXISTS (SELECT 1 FROM grants_trancheacceptance a "
        "JOIN grants_tranchereport r ON r.id = a.report_id WHERE r.tranche_id = p.id))"
    ),
    words="a tranche is not received while the one before it has no accepted report",
)
guards.rule(
    "receipt_in_agreed_currency",
    TrancheReceipt,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM grants_tranche t JOIN grants_agreement a "
        "ON a.id = t.agreement_id WHERE t.id = NEW.tranche_id AND a.currency = NEW.currency)"
    ),
    words="a tranche is received in its agreement's currency",
)
# Invariant 8: a line never holds more than the budget gave it, over all tranches together.
guards.rule(
    "allotment_within_budget",
    Allotment,
    broken_when=(
        "(SELECT coalesce(sum(a.amount_minor), 0) FROM grants_allotment a "
        "WHERE a.line_id = NEW.line_id) + NEW.amount_minor "
        "NOT BETWEEN 0 AND (SELECT l.amount_minor FROM grants_budgetline l "
        "WHERE l.id = NEW.line_id)"
    ),
    words="a budget line is given no more than the agreement's budget has for it",
)
guards.rule(
    "allotment_inside_agreement",
    Allotment,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM grants_budgetline l JOIN grants_tranche t "
        "ON t.agreement_id = l.agreement_id WHERE l.id = NEW.line_id AND t.id = NEW.tranche_id)"
    ),
    words="a line takes money from tranches of its own agreement only",
)
