"""A consignor lets a shop sell their goods on trust: the terms, and the account of what is owed."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.consignment.rules import last_day
from ayil.kit import guards
from ayil.ledger.models import Account
from ayil.members.models import Party, Shop
from ayil.products.models import Product, ProductKind


class Agreement(models.Model):
    """A consignor lets a shop sell their goods on trust, up to the last day `until`.

    `follows` is the one that it renews.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="agreements")
    consignor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="agreements")
    number = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewal"
    )
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "number"], name="one_agreement_a_number"),
            models.CheckConstraint(
                name="agreement_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def last_day(self) -> date | None:
        """The last day on which goods are taken by it."""
        end = getattr(self, "end", None)
        return last_day(self.until, end.on if end else None)

    @property
    def is_renewed(self) -> bool:
        return hasattr(self, "renewal")


class AgreementEnd(models.Model):
    """Ended before its time: from the day `on` no goods are taken by it. What stands on the shelf
    is sold or goes back, and is paid for as agreed."""

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="end")
    on = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="agreement_end_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} ended on {self.on}"


class CoveredProduct(models.Model):
    """The agreement is about these goods of the owner; where none is named, about all of them."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="covered")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="covered_by")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "product"], name="covered_once")
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} covers {self.product_id}"


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


class FeeTerm(models.Model):
    """What is kept beside the commission, and what for, in basis points of what buyers pay."""

    class Kind(models.TextChoices):
        CARRIAGE = "carriage", _("carriage")
        PACKING = "packing", _("packing and labels")
        PAYMENT = "payment", _("card and QR payment")
        STORAGE = "storage", _("storage")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="fees")
    kind = models.CharField(max_length=8, choices=Kind)
    rate_bp = models.PositiveIntegerField()

    class Meta:
        ordering = ["agreement_id", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "kind"], name="one_fee_a_kind"),
            models.CheckConstraint(
                name="fee_at_most_all", condition=Q(rate_bp__gt=0, rate_bp__lte=10_000)
            ),
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


guards.append_only(
    Agreement, AgreementEnd, CoveredProduct, CommissionTerm, FeeTerm, ConsignorAccount
)
guards.rule(
    "covered_goods_are_the_owners",
    CoveredProduct,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM consignment_agreement a JOIN products_product p "
        "ON p.owner_id = a.consignor_id "
        "WHERE a.id = NEW.agreement_id AND p.id = NEW.product_id)"
    ),
    words="an agreement is about its own consignor's goods",
)
