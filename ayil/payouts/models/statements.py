"""What a shop owes a consignor, closed by posting sequence, and what its pages are read from."""

from django.db import models
from django.db.models import F, Q

from ayil.kit import guards
from ayil.ledger.models import Transfer
from ayil.members.models import Party, Shop
from ayil.payouts.rules import Figures
from ayil.products.models import Variant
from ayil.shop.models import SaleLine

LINES_A_PAGE = 100


class Statement(models.Model):
    """What a shop owes a consignor, closed at one place of the posting order.

    It covers the postings of the shop's fund after `seq_from` up to and with `seq_to`; the next
    one begins where it ends. What comes late enters the next one, and this one never changes.
    Amounts are those of `rules.Figures`; `hash` is `rules.statement_hash`.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="statements")
    consignor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField()
    seq_from = models.BigIntegerField()
    seq_to = models.BigIntegerField()
    cut_on = models.DateField()
    currency = models.CharField(max_length=3)
    opening_minor = models.BigIntegerField()
    sold_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField()
    other_minor = models.BigIntegerField()
    paid_minor = models.BigIntegerField()
    closing_minor = models.BigIntegerField()
    units = models.BigIntegerField()
    lines = models.IntegerField()
    prev_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    made_by = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-seq_to", "consignor_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "consignor", "number"], name="one_statement_a_number"
            ),
            models.UniqueConstraint(
                fields=["shop", "consignor", "seq_from"], name="one_statement_a_cut"
            ),
            models.CheckConstraint(
                name="statement_adds_up",
                condition=Q(
                    closing_minor=F("opening_minor")
                    + F("sold_minor")
                    - F("refunded_minor")
                    + F("other_minor")
                    - F("paid_minor")
                ),
            ),
            models.CheckConstraint(
                name="statement_goes_forward", condition=Q(seq_to__gt=F("seq_from"))
            ),
            models.CheckConstraint(
                name="sold_and_refunded_positive",
                condition=Q(sold_minor__gte=0, refunded_minor__gte=0),
            ),
        ]
        indexes = [models.Index(fields=["shop", "seq_to"], name="statement_by_cut")]

    def __str__(self) -> str:
        return f"{self.consignor_id}/{self.number}"

    @property
    def figures(self) -> Figures:
        return Figures(
            opening_minor=self.opening_minor,
            sold_minor=self.sold_minor,
            refunded_minor=self.refunded_minor,
            other_minor=self.other_minor,
            paid_minor=self.paid_minor,
            units=self.units,
            lines=self.lines,
        )


class StatementItem(models.Model):
    """The lines of one statement summed by thing and terms, written when it was closed.

    `units` and amounts are net of refunds. A sum of rows that stay as they are never changes, so
    it is made once: a year of lines opens as quickly as a day of them.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="items")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    commission_bp = models.PositiveIntegerField()
    fees_bp = models.PositiveIntegerField()
    lines = models.IntegerField()
    units = models.BigIntegerField()
    refunded_units = models.BigIntegerField()
    gross_minor = models.BigIntegerField()
    commission_minor = models.BigIntegerField()
    fees_minor = models.BigIntegerField()
    loss_minor = models.BigIntegerField()
    share_minor = models.BigIntegerField()

    class Meta:
        ordering = ["statement_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "variant", "commission_bp", "fees_bp"],
                name="one_item_a_thing_and_terms",
            ),
            models.CheckConstraint(
                name="invariant_2_item_adds_up",
                condition=Q(
                    gross_minor=F("share_minor")
                    + F("commission_minor")
                    + F("fees_minor")
                    + F("loss_minor")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.units} of {self.variant_id}"


class StatementMove(models.Model):
    """A posting of a statement that is no sale's share: paid out, written off, corrected."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="moves")
    transfer = models.OneToOneField(
        Transfer, on_delete=models.PROTECT, related_name="statement_move"
    )

    class Meta:
        ordering = ["statement_id", "id"]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.transfer_id}"


class StatementPage(models.Model):
    """The line at which a page of a long statement begins; its first page begins with it."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="page_marks")
    page = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    line = models.ForeignKey(SaleLine, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["statement_id", "page"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "page"], name="one_mark_a_page"),
            models.CheckConstraint(name="first_page_needs_no_mark", condition=Q(page__gte=2)),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}, page {self.page}"


guards.append_only(Statement, StatementItem, StatementMove, StatementPage)
guards.rule(
    "statement_follows_the_last",
    Statement,
    broken_when=(
        "NEW.seq_from <> coalesce((SELECT max(p.seq_to) FROM payouts_statement p "
        "WHERE p.shop_id = NEW.shop_id AND p.consignor_id = NEW.consignor_id), 0) "
        "OR NEW.number <> 1 + coalesce((SELECT max(p.number) FROM payouts_statement p "
        "WHERE p.shop_id = NEW.shop_id AND p.consignor_id = NEW.consignor_id), 0) "
        "OR NEW.opening_minor <> coalesce((SELECT p.closing_minor FROM payouts_statement p "
        "WHERE p.shop_id = NEW.shop_id AND p.consignor_id = NEW.consignor_id "
        "AND p.number = NEW.number - 1), 0) "
        "OR EXISTS (SELECT 1 FROM payouts_statement p "
        "WHERE p.shop_id = NEW.shop_id AND p.consignor_id = NEW.consignor_id "
        "AND p.number = NEW.number - 1 AND p.hash <> NEW.prev_hash)"
    ),
    words="a statement begins where the consignor's last one ended",
)
guards.rule(
    "statement_of_what_is_posted",
    Statement,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM members_shop s JOIN ledger_fund f ON f.id = s.fund_id "
        "WHERE s.id = NEW.shop_id AND s.currency = NEW.currency AND f.last_seq >= NEW.seq_to)"
    ),
    words="a statement ends at a posting of the shop's fund, in the shop's currency",
)
