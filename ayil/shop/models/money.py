"""Money between the safe, the bank and the association, and what the bank says that it holds."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models import Party, Shop


class MoneyMove(models.Model):
    """One movement with its paper; `number` counts in its shop and names it in the ledger.

    `place` is where the money comes from, or where own money goes into. `about` is the tender that
    arrived ("qr") or the cause of a cost ("transport"). Of what arrived `fee_minor` stayed with
    who carried it. It is posted at once; what is taken out, when another person has confirmed it.
    """

    class Kind(models.TextChoices):
        TO_BANK = "to-bank", _("From the safe to the bank")
        FROM_BANK = "from-bank", _("From the bank to the safe")
        ARRIVED = "arrived", _("QR and card money that arrived in the bank")
        COST = "cost", _("A cost of the shop")
        OWN_IN = "own-in", _("The association's own money, brought in")
        OWN_OUT = "own-out", _("The association's own money, taken out")

    class Place(models.TextChoices):
        SAFE = "safe", _("the safe")
        BANK = "bank", _("the bank")
        PETTY_CASH = "petty-cash", _("what was taken out of drawers")

    class Tender(models.TextChoices):
        QR = "qr", _("QR")
        CARD = "card", _("card")
        OTHER = "other", _("other")

    class Cause(models.TextChoices):
        TRANSPORT = "transport", _("transport")
        PACKING = "packing", _("packing")
        RENT = "rent", _("rent, light and heating")
        REPAIRS = "repairs", _("repairs and cleaning")
        PHONE = "phone", _("telephone and post")
        WAGES = "wages", _("wages")
        BANK_CHARGE = "bank-charge", _("what the bank took for itself")
        OTHER = "other", _("something else")

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="money_moves")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=Kind)
    place = models.CharField(max_length=10, choices=Place)
    about = models.CharField(max_length=11, blank=True)
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0)
    on = models.DateField()
    paper = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "number"], name="one_money_move_a_number"),
            models.CheckConstraint(
                name="money_move_fee_within_it",
                condition=Q(amount_minor__gt=0, fee_minor__gte=0, fee_minor__lte=F("amount_minor")),
            ),
            models.CheckConstraint(
                name="money_move_has_paper",
                condition=~Q(paper="") | (Q(kind="cost") & ~Q(words="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def document(self) -> str:
        """Its name in the ledger, by the shop's code: two databases agree on it."""
        return f"money:{self.shop.code}/{self.number}"


class MoneyConfirmation(models.Model):
    """Another person saw the paper and lets the own money go out."""

    move = models.OneToOneField(MoneyMove, on_delete=models.PROTECT, related_name="confirmation")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.move_id} confirmed"


class MoneyReversal(models.Model):
    """It was wrong, and is undone, or never was confirmed, and is withdrawn."""

    move = models.OneToOneField(MoneyMove, on_delete=models.PROTECT, related_name="reversal")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(name="money_reversal_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.move_id} reversed"


class BankBalance(models.Model):
    """What the bank's own paper says was there at the end of a day; of one day the last holds."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="bank_balances")
    on = models.DateField()
    closing_minor = models.BigIntegerField()
    paper = models.CharField(max_length=60)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["shop", "on"], name="bank_balance_by_day")]
        constraints = [
            models.CheckConstraint(name="bank_balance_has_paper", condition=~Q(paper=""))
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.on}"


guards.append_only(MoneyMove, MoneyConfirmation, MoneyReversal, BankBalance)
guards.rule(
    "money_confirmed_by_another",
    MoneyConfirmation,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM shop_moneymove m WHERE m.id = NEW.move_id "
        "AND m.kind = 'own-out' AND m.by_id <> NEW.by_id)"
    ),
    words="who asks to take money out is not who confirms it",
)
