"""Payees' bank accounts, and the file by which a bank is told whom to pay."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models import Party
from ayil.payouts.models.paying import Handover, Payout, PayoutRun


class PayeeAccount(models.Model):
    """A bank account on which a party wants its money, by the paper that they signed.

    Typed by one and confirmed by another before anything is paid to it. When its owner is erased
    what names them is emptied; `last_four` stays.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="bank_accounts")
    number = models.CharField(max_length=34, blank=True)
    last_four = models.CharField(max_length=4)
    owner_name = models.CharField(max_length=160, blank=True)
    bank_name = models.CharField(max_length=120)
    bic = models.CharField(max_length=11, blank=True)
    inn = models.CharField(max_length=14, blank=True)
    paper = models.CharField(max_length=200)
    typed_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="account_has_paper", condition=~Q(paper="")),
        ]

    def __str__(self) -> str:
        return f"{self.bank_name} {self.masked}"

    @property
    def masked(self) -> str:
        return f"•••• {self.last_four}"


class PayeeAccountCheck(models.Model):
    """Another person compared the account with its paper: from now on money goes there."""

    account = models.OneToOneField(
        PayeeAccount, on_delete=models.PROTECT, related_name="confirmation"
    )
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account_id} checked"


class PayeeAccountEnd(models.Model):
    """Nothing more is paid to the account: it was closed, changed, or typed wrong."""

    account = models.OneToOneField(PayeeAccount, on_delete=models.PROTECT, related_name="end")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(name="account_end_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.account_id} ended"


class BankTemplate(models.Model):
    """How a bank wants its file; a change is a new version under the same name."""

    class Encoding(models.TextChoices):
        UTF8 = "utf-8", "UTF-8"
        UTF8_MARKED = "utf-8-sig", _("UTF-8 with a mark at the beginning")
        CP1251 = "cp1251", "Windows-1251"

    class Separator(models.TextChoices):
        SEMICOLON = ";", _("semicolon")
        COMMA = ",", _("comma")
        TAB = "\t", _("tab")
        BAR = "|", _("vertical bar")

    class Mark(models.TextChoices):
        POINT = ".", _("point")
        COMMA = ",", _("comma")

    class DateForm(models.TextChoices):
        DOTTED = "%d.%m.%Y", "31.12.2012"
        ISO = "%Y-%m-%d", "2012-12-31"
        SHORT = "%Y%m%d", "20121231"

    name = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    separator = models.CharField(max_length=1, choices=Separator, default=Separator.SEMICOLON)
    encoding = models.CharField(max_length=9, choices=Encoding, default=Encoding.UTF8_MARKED)
    decimal_mark = models.CharField(max_length=1, choices=Mark, default=Mark.POINT)
    date_form = models.CharField(max_length=8, choices=DateForm, default=DateForm.DOTTED)
    has_head = models.BooleanField(default=True)
    # What is said of every payment: {number} is the statement's number, {list} the payout list's.
    purpose = models.CharField(max_length=200)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="one_template_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class BankColumn(models.Model):
    """One column of the file: what stands in it, or the same words in every row."""

    class What(models.TextChoices):
        ROW = "row", _("number of the row")
        ACCOUNT = "account", _("account of the payee")
        OWNER = "owner", _("name of the payee, as the bank writes it")
        INN = "inn", _("tax number (INN) of the payee")
        BANK = "bank", _("the payee's bank")
        BIC = "bic", _("the bank's code (BIC)")
        AMOUNT = "amount", _("amount")
        CURRENCY = "currency", _("currency")
        DATE = "date", _("day of the file")
        PURPOSE = "purpose", _("what the money is for")
        REFERENCE = "reference", _("number of the payout")
        FIXED = "fixed", _("always the same words")

    template = models.ForeignKey(BankTemplate, on_delete=models.PROTECT, related_name="columns")
    place = models.PositiveSmallIntegerField()
    head = models.CharField(max_length=80, blank=True)
    what = models.CharField(max_length=9, choices=What)
    words = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["template_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["template", "place"], name="one_column_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.template_id}: {self.what}"


class BankFile(models.Model):
    """What was given to the bank: whom to pay how much, as a file of that hash."""

    run = models.ForeignKey(PayoutRun, on_delete=models.PROTECT, related_name="bank_files")
    template = models.ForeignKey(BankTemplate, on_delete=models.PROTECT, related_name="files")
    on = models.DateField()
    rows = models.PositiveIntegerField()
    total_minor = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="bank_file_pays", condition=Q(rows__gt=0, total_minor__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.run} bank file {self.pk}"


class BankFileLine(models.Model):
    """One payout in one file: never in two, so that the bank cannot pay it twice."""

    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField()
    payout = models.OneToOneField(Payout, on_delete=models.PROTECT, related_name="bank_line")
    account = models.ForeignKey(PayeeAccount, on_delete=models.PROTECT, related_name="lines")

    class Meta:
        ordering = ["file_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["file", "place"], name="one_bank_line_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.file_id}.{self.place}"


guards.append_only(
    PayeeAccountCheck, PayeeAccountEnd, BankTemplate, BankColumn, BankFile, BankFileLine
)
guards.append_only(PayeeAccount, update=False)
guards.fixed(
    PayeeAccount, "id", "party", "last_four", "bank_name", "bic", "paper", "typed_by", "at"
)
guards.rule(
    "account_is_only_emptied",
    PayeeAccount,
    on="update",
    broken_when=(
        "(NEW.number <> OLD.number AND NEW.number <> '') OR (NEW.inn <> OLD.inn AND NEW.inn <> '') "
        "OR (NEW.owner_name <> OLD.owner_name AND NEW.owner_name <> '')"
    ),
    words="a bank account is never changed: end it and enter the new one",
)
guards.rule(
    "account_checked_by_another",
    PayeeAccountCheck,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM payouts_payeeaccount a WHERE a.id = NEW.account_id "
        "AND NEW.by_id NOT IN (a.typed_by_id, a.party_id))"
    ),
    words="an account is confirmed by another than who typed it and whose it is",
)
guards.rule(
    "bank_line_of_an_approved_list",
    BankFileLine,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM payouts_bankfile f JOIN payouts_payout p ON p.run_id = f.run_id "
        "JOIN payouts_payoutapproval v ON v.run_id = f.run_id "
        "JOIN payouts_payeeaccount a ON a.id = NEW.account_id AND a.number <> '' "
        "JOIN payouts_payeeaccountcheck k ON k.account_id = a.id "
        "WHERE f.id = NEW.file_id AND p.id = NEW.payout_id "
        "AND NOT EXISTS (SELECT 1 FROM payouts_payeeaccountend e WHERE e.account_id = a.id) "
        "AND NOT EXISTS (SELECT 1 FROM payouts_handover h WHERE h.payout_id = p.id) "
        "AND NOT EXISTS (SELECT 1 FROM payouts_payoutcancellation c WHERE c.payout_id = p.id))"
    ),
    words="a bank file pays what its approved list still has to pay, to a confirmed account",
)
guards.rule(
    "handover_as_the_bank_was_told",
    Handover,
    broken_when=(
        "EXISTS (SELECT 1 FROM payouts_bankfileline l JOIN payouts_payeeaccount a "
        "ON a.id = l.account_id WHERE l.payout_id = NEW.payout_id "
        "AND (NEW.method <> 'bank' OR NEW.payee_id <> a.party_id))"
    ),
    words="what a bank file pays is handed over by the bank, to the owner of that account",
)
