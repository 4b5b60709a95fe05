"""Accounts by fund and the transfers between them: the only place where money moves."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.ledger.rules import MAX_MINOR


class FundKind(models.TextChoices):
    TRADING = "trading", _("trading fund")
    RESTRICTED = "restricted", _("restricted fund")


class Fund(models.Model):
    """Money kept for one purpose: a shop's trading fund, or one fund a tranche.

    Its transfers form one chain: `last_seq` and `head_hash` are the chain's end, moved under a
    lock by the transaction that posts, so that the order of posting is the order of commits.
    """

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=FundKind)
    last_seq = models.BigIntegerField(default=0)
    head_hash = models.BinaryField(max_length=32, default=bytes(32))

    def __str__(self) -> str:
        return self.code


class AccountKind(models.TextChoices):
    ASSET = "asset", _("asset")
    EXPENSE = "expense", _("expense")
    LIABILITY = "liability", _("liability")
    INCOME = "income", _("income")
    EQUITY = "equity", _("equity")


DEBIT_KINDS = frozenset({AccountKind.ASSET, AccountKind.EXPENSE})


class Account(models.Model):
    """One pocket of a fund, in one currency.

    `balance_minor` is the running balance in the account's natural direction: debits less
    credits for assets and expenses, credits less debits for the rest. `floor_minor`, where it
    is set, is the least that balance may be, and the database checks it (invariant 8).
    """

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="accounts")
    code = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=AccountKind)
    currency = models.CharField(max_length=3)
    balance_minor = models.BigIntegerField(default=0)
    floor_minor = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "code", "currency"], name="one_account_a_code"),
            models.CheckConstraint(
                name="balance_not_under_floor",
                condition=Q(floor_minor__isnull=True) | Q(balance_minor__gte=F("floor_minor")),
            ),
            # Past 63 bits SQLite would go on in floating point, without a word.
            models.CheckConstraint(
                name="balance_within_reach",
                condition=Q(balance_minor__gt=-MAX_MINOR, balance_minor__lt=MAX_MINOR),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id}/{self.code}"

    @property
    def direction(self) -> int:
        """+1 where a debit raises the balance, -1 where a credit does."""
        return 1 if self.kind in DEBIT_KINDS else -1


class Transfer(models.Model):
    """One movement of money: whole, positive, one currency, one fund, never changed.

    `key` is the caller's own: the same request under it returns this row, another content is a
    conflict. `hash` = SHA-256(previous hash, seq, request hash): a chain a fund.
    """

    fund = models.ForeignKey(
        Fund, on_delete=models.PROTECT, related_name="transfers", db_index=False
    )
    seq = models.BigIntegerField()
    key = models.CharField(max_length=100)
    request_hash = models.BinaryField(max_length=32)
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    date = models.DateField()
    kind = models.CharField(max_length=30)
    document = models.CharField(max_length=100)
    actor = models.CharField(max_length=60)
    reason = models.CharField(max_length=300, blank=True)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    posted_at = models.DateTimeField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["fund_id", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "seq"], name="one_transfer_a_seq"),
            models.UniqueConstraint(fields=["fund", "key"], name="one_transfer_a_key"),
            models.CheckConstraint(
                name="amount_positive", condition=Q(amount_minor__gt=0, amount_minor__lt=MAX_MINOR)
            ),
            models.CheckConstraint(name="debit_is_not_credit", condition=~Q(debit=F("credit"))),
            # Invariant 4: a correction is a reversal, with a person and a reason.
            models.CheckConstraint(
                name="reversal_has_reason",
                condition=Q(reverses__isnull=True) | (~Q(reason="") & ~Q(actor="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id}#{self.seq}"


class Bridge(models.Model):
    """A named way from one fund to another: the one pair of accounts that funds meet in.

    What left by `out_account` equals what came by `in_account`, always.
    """

    code = models.CharField(max_length=60, unique=True)
    out_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="bridges_out")
    in_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="bridges_in")

    def __str__(self) -> str:
        return self.code


class ExchangeRate(models.Model):
    """What was given and what was got, as two whole amounts, with day and source (invariant 9)."""

    date = models.DateField()
    base = models.CharField(max_length=3)
    quote = models.CharField(max_length=3)
    base_minor = models.BigIntegerField()
    quote_minor = models.BigIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rate_positive", condition=Q(base_minor__gt=0, quote_minor__gt=0)
            ),
            models.CheckConstraint(name="rate_has_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.base_minor} {self.base} = {self.quote_minor} {self.quote} ({self.date})"


guards.append_only(Transfer, ExchangeRate, Bridge)
guards.append_only(Account, Fund, update=False)
guards.fixed(Account, "fund", "code", "kind", "currency", "floor_minor")
guards.fixed(Fund, "code", "kind")
guards.rule(
    "fund_chain_only_grows",
    Fund,
    on="update",
    broken_when="NEW.last_seq < OLD.last_seq",
    words="a chain of transfers only grows: restore a backup rather than wind a fund back",
)

# Invariant 8: a transfer stays inside its fund and its currency; funds meet in bridges only.
guards.rule(
    "transfer_inside_fund",
    Transfer,
    # By key alone: asked for key and fund at once, a PostgreSQL that has no statistics yet reads
    # all accounts of the fund for every row.
    broken_when=(
        "coalesce((SELECT d.fund_id || d.currency FROM ledger_account d "
        "WHERE d.id = NEW.debit_id), '') <> NEW.fund_id || NEW.currency "
        "OR coalesce((SELECT c.fund_id || c.currency FROM ledger_account c "
        "WHERE c.id = NEW.credit_id), '') <> NEW.fund_id || NEW.currency"
    ),
    words="a transfer stays inside one fund and one currency: use a bridge or an exchange",
)
# Invariant 4: a correction is the mirror of what it corrects.
guards.rule(
    "reversal_mirrors_original",
    Transfer,
    broken_when=(
        "NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger_transfer o "
        "WHERE o.id = NEW.reverses_id AND o.fund_id = NEW.fund_id "
        "AND o.debit_id = NEW.credit_id AND o.credit_id = NEW.debit_id "
        "AND o.amount_minor = NEW.amount_minor)"
    ),
    words="a reversal moves the same amount back between the same two accounts",
)
