"""A consignor says that a statement is wrong, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.ledger.models import Transfer
from ayil.members.models import Party
from ayil.payouts.models.statements import Statement
from ayil.shop.models import SaleLine


class Dispute(models.Model):
    """A consignor says that a statement, or one line of it, is wrong; in their own words."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="disputes")
    raised_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="disputes")
    words = models.CharField(max_length=500)
    sale_line = models.ForeignKey(
        SaleLine, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes"
    )
    raised_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="dispute_has_words", condition=~Q(words=""))]

    def __str__(self) -> str:
        return f"{self.statement}: {self.words[:40]}"


class DisputeOutcome(models.Model):
    """How a dispute ended. Upheld: the transfer that corrects, in the next statement.

    `amount_minor` is what the consignor's account gained (+) or lost (-) by it.
    """

    class Verdict(models.TextChoices):
        UPHELD = "upheld", _("upheld")
        DISMISSED = "dismissed", _("dismissed")

    dispute = models.OneToOneField(Dispute, on_delete=models.PROTECT, related_name="outcome")
    verdict = models.CharField(max_length=9, choices=Verdict)
    amount_minor = models.BigIntegerField(default=0)
    transfer = models.OneToOneField(
        Transfer, null=True, blank=True, on_delete=models.PROTECT, related_name="dispute_outcome"
    )
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(name="outcome_has_reason", condition=~Q(reason="")),
            # Invariant 4: what is upheld is corrected by a transfer, what is dismissed by none.
            models.CheckConstraint(
                name="outcome_fits_verdict",
                condition=Q(verdict="dismissed", amount_minor=0, transfer__isnull=True)
                | (Q(verdict="upheld", transfer__isnull=False) & ~Q(amount_minor=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.verdict}"


guards.append_only(Dispute, DisputeOutcome)
guards.rule(
    "dispute_of_a_line_of_it",
    Dispute,
    broken_when=(
        "NEW.sale_line_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payouts_statement s "
        "JOIN shop_saleline l ON l.id = NEW.sale_line_id JOIN shop_sale v ON v.id = l.sale_id "
        "JOIN consignment_lot t ON t.id = l.lot_id WHERE s.id = NEW.statement_id "
        "AND v.shop_id = s.shop_id AND t.consignor_id = s.consignor_id "
        "AND v.seq > s.seq_from AND v.seq <= s.seq_to)"
    ),
    words="the line in dispute stands in the statement in dispute",
)
guards.rule(
    "dispute_decided_by_another",
    DisputeOutcome,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM payouts_dispute d JOIN payouts_statement s "
        "ON s.id = d.statement_id WHERE d.id = NEW.dispute_id "
        "AND NEW.by_id NOT IN (d.raised_by_id, s.consignor_id))"
    ),
    words="a dispute is decided by another than who raised it",
)
guards.rule(
    "dispute_corrected_by_its_transfer",
    DisputeOutcome,
    broken_when=(
        "NEW.transfer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payouts_dispute d "
        "JOIN payouts_statement s ON s.id = d.statement_id "
        "JOIN consignment_consignoraccount k ON k.shop_id = s.shop_id "
        "AND k.consignor_id = s.consignor_id JOIN ledger_transfer t ON t.id = NEW.transfer_id "
        "WHERE d.id = NEW.dispute_id AND t.reason <> '' AND ("
        "(t.credit_id = k.account_id AND t.amount_minor = NEW.amount_minor) "
        "OR (t.debit_id = k.account_id AND t.amount_minor = -NEW.amount_minor)))"
    ),
    words="what corrects a dispute moves its amount on the consignor's account, with a reason",
)
