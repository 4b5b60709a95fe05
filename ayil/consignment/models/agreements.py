"""A consignor lets a shop sell their goods on trust: the terms, and the account of what is owed."""

from django.db import models
from django.db.models import Q

from ayil.kit import guards
from ayil.ledger.models import Account
from ayil.members.models import Party, Shop
from ayil.products.models import ProductKind


class Agreement(models.Model):
    """A consignor lets a shop sell their goods on trust."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="agreements")
    consignor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="agreements")
    number = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "number"], name="one_agreement_a_number")
        ]

    def __str__(self) -> str:
        return self.number


class CommissionTerm(models.Model):
    """What the shop keeps of a kind of goods under an agreement, in basis points."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="terms")
    kind = models.CharField(max_length=5, choices=ProductKind)
    rate_bp = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "kind"], name="one_term_a_kind"),
            models.CheckConstraint(name="rate_at_most_all", condition=Q(rate_bp__lte=10_000)),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.kind} {self.rate_bp}"


class ConsignorAccount(models.Model):
    """Where a shop keeps what it owes to a consignor (invariant 3: a liability)."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="consignor_accounts")
    consignor = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="consignor_accounts"
    )
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="consignor")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "consignor"], name="one_account_a_consignor")
        ]

    def __str__(self) -> str:
        return f"{self.shop_id} owes {self.consignor_id}"


guards.append_only(Agreement, CommissionTerm, ConsignorAccount)
