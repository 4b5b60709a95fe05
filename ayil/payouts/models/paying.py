"""Payout lists, and the three people of every payout (invariant 7)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.ledger.models import Transfer
from ayil.members.models import Mandate, Party, Shop
from ayil.payouts.models.statements import Statement


class PayoutRun(models.Model):
    """A payout list: what is to be handed over, to whom. Less than the minimum is carried on."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="payout_runs")
    prepared_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    minimum_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="minimum_not_negative", condition=Q(minimum_minor__gte=0))
        ]

    def __str__(self) -> str:
        return f"{self.shop_id} list {self.pk}"


class PayoutApproval(models.Model):
    """A second person looked at the list and let it be paid."""

    run = models.OneToOneField(PayoutRun, on_delete=models.PROTECT, related_name="approval")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.run_id} approved"


class Payout(models.Model):
    """One line of a payout list. `part` counts the payouts made on one statement, from 1."""

    run = models.ForeignKey(PayoutRun, on_delete=models.PROTECT, related_name="payouts")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="payouts")
    consignor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="payouts")
    part = models.PositiveSmallIntegerField(default=1)
    amount_minor = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "part"], name="one_payout_a_part"),
            models.UniqueConstraint(fields=["run", "consignor"], name="one_payout_a_list"),
            models.CheckConstraint(name="payout_positive", condition=Q(amount_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.statement}.{self.part}"


class PayoutCancellation(models.Model):
    """A payout that will not be handed over: nobody came, or the list was wrong."""

    payout = models.OneToOneField(Payout, on_delete=models.PROTECT, related_name="cancellation")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cancellation_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.payout_id} cancelled"


class Method(models.TextChoices):
    CASH = "cash", _("cash")
    BANK = "bank", _("bank transfer")


class Handover(models.Model):
    """Money changed hands: who receives, who pays and who approves are three people.

    `approved_by` repeats the list's approval, so that the database can compare all three in one
    row (invariant 7). A payee other than the consignor needs the mandate that is named here, or
    leads the community. `paid_on` is the shop's calendar day of `at`.
    """

    payout = models.OneToOneField(Payout, on_delete=models.PROTECT, related_name="handover")
    payee = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="money_received")
    paid_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="money_paid")
    approved_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(
        Mandate, null=True, blank=True, on_delete=models.PROTECT, related_name="handovers"
    )
    method = models.CharField(max_length=4, choices=Method)
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="handover")
    paid_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invariant_7_three_people",
                condition=~Q(payee=F("paid_by"))
                & ~Q(payee=F("approved_by"))
                & ~Q(paid_by=F("approved_by")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.payout_id} handed over"


class PayoutReturn(models.Model):
    """Money that was handed over and came back: the bank returned it, or the payee brought it.

    `transfer` is the reversal of the handover's: the amount is owed again, and the next payout
    list may carry it.
    """

    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="came_back")
    transfer = models.OneToOneField(
        Transfer, on_delete=models.PROTECT, related_name="payout_return"
    )
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [models.CheckConstraint(name="return_has_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.handover_id} came back"


guards.append_only(PayoutRun, PayoutApproval, Payout, PayoutCancellation, Handover, PayoutReturn)
# How a payout ends without the money: taken off its list, or handed over and come back.
NOT_KEPT = (
    "EXISTS (SELECT 1 FROM payouts_payoutcancellation c WHERE c.payout_id = p.id) "
    "OR EXISTS (SELECT 1 FROM payouts_handover g JOIN ledger_transfer b "
    "ON b.reverses_id = g.transfer_id WHERE g.payout_id = p.id)"
)
guards.rule(
    "payout_within_statement",
    Payout,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM payouts_statement s JOIN payouts_payoutrun r "  # noqa: S608
        "ON r.shop_id = s.shop_id WHERE s.id = NEW.statement_id AND r.id = NEW.run_id "
        "AND s.consignor_id = NEW.consignor_id AND NEW.amount_minor + "
        "coalesce((SELECT sum(p.amount_minor) FROM payouts_payout p "
        f"WHERE p.statement_id = s.id AND NOT ({NOT_KEPT})), 0) <= s.closing_minor)"
    ),
    words="payouts on a statement stay within what it closed with, for its own consignor",
)
guards.rule(
    "approved_by_a_second_person",
    PayoutApproval,
    broken_when=(
        "EXISTS (SELECT 1 FROM payouts_payoutrun r WHERE r.id = NEW.run_id "
        "AND r.prepared_by_id = NEW.by_id)"
    ),
    words="who prepared a payout list does not approve it",
)
guards.rule(
    "approved_list_is_closed",
    Payout,
    broken_when="EXISTS (SELECT 1 FROM payouts_payoutapproval a WHERE a.run_id = NEW.run_id)",
    words="nothing is added to a payout list that was approved",
)
guards.rule(
    "handover_as_approved",
    Handover,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM payouts_payout p JOIN payouts_payoutapproval a "
        "ON a.run_id = p.run_id WHERE p.id = NEW.payout_id AND a.by_id = NEW.approved_by_id "
        "AND p.consignor_id NOT IN (NEW.paid_by_id, NEW.approved_by_id) AND NOT EXISTS (SELECT 1 "
        "FROM payouts_payoutcancellation c WHERE c.payout_id = p.id))"
    ),
    words="a payout is handed over as its list was approved; nobody pays or approves their own",
)
# Invariant 7: who collects for another holds a mandate; a community's leader needs none.
guards.rule(
    "handover_to_the_entitled",
    Handover,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM payouts_payout p JOIN members_party c ON c.id = p.consignor_id "
        "WHERE p.id = NEW.payout_id AND ("
        "(NEW.mandate_id IS NULL AND c.id = NEW.payee_id AND c.kind <> 'community') "
        "OR EXISTS (SELECT 1 FROM members_mandate m WHERE m.id = NEW.mandate_id "
        "AND m.giver_id = c.id AND m.holder_id = NEW.payee_id AND m.since <= NEW.paid_on "
        "AND (m.until IS NULL OR m.until >= NEW.paid_on) AND NOT EXISTS (SELECT 1 "
        'FROM members_mandateend x WHERE x.mandate_id = m.id AND x."on" <= NEW.paid_on)) '
        "OR (NEW.mandate_id IS NULL AND EXISTS (SELECT 1 FROM members_affiliation f "
        "WHERE f.community_id = c.id AND f.person_id = NEW.payee_id AND f.part = 'leader' "
        "AND f.since <= NEW.paid_on AND NOT EXISTS (SELECT 1 FROM members_affiliationend e "
        'WHERE e.affiliation_id = f.id AND e."on" <= NEW.paid_on)))))'
    ),
    words="money goes to the consignor, the community's leader, or the holder of a mandate",
)
guards.rule(
    "handover_is_its_transfer",
    Handover,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM payouts_payout p JOIN payouts_statement s "
        "ON s.id = p.statement_id JOIN consignment_consignoraccount k "
        "ON k.shop_id = s.shop_id AND k.consignor_id = p.consignor_id "
        "JOIN ledger_transfer t ON t.debit_id = k.account_id WHERE p.id = NEW.payout_id "
        "AND t.id = NEW.transfer_id AND t.amount_minor = p.amount_minor AND t.kind = 'payout')"
    ),
    words="a handover's transfer takes exactly its amount from what is owed to the consignor",
)
guards.rule(
    "cancelled_before_handover",
    PayoutCancellation,
    broken_when="EXISTS (SELECT 1 FROM payouts_handover h WHERE h.payout_id = NEW.payout_id)",
    words="what was handed over cannot be cancelled: correct it by a dispute",
)
guards.rule(
    "return_reverses_its_handover",
    PayoutReturn,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM payouts_handover h JOIN ledger_transfer b "
        "ON b.reverses_id = h.transfer_id WHERE h.id = NEW.handover_id "
        "AND b.id = NEW.transfer_id)"
    ),
    words="a payout comes back by the reversal of its own transfer",
)
