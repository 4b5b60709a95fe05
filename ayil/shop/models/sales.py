"""Sales and refunds, derived from the log."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.consignment.models import Lot
from ayil.kit import guards
from ayil.members.models import Shop
from ayil.shop.models.log import TillEvent


class SaleKind(models.TextChoices):
    SALE = "sale", _("sale")
    REFUND = "refund", _("refund")


class Sale(models.Model):
    """A completed sale or refund, derived from one event, exactly once (invariant 10).

    Amounts of a refund are negative, so that sums need no case. `seq` is its place in the
    posting order of the shop's fund, by which statements are cut.
    """

    event = models.OneToOneField(TillEvent, on_delete=models.PROTECT, related_name="sale")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="sales", db_index=False)
    kind = models.CharField(max_length=6, choices=SaleKind)
    receipt = models.CharField(max_length=60)
    date = models.DateField()
    sold_at = models.DateTimeField()
    shift = models.CharField(max_length=40)
    gross_minor = models.BigIntegerField()
    rounding_minor = models.BigIntegerField(default=0)
    visitor_origin = models.CharField(max_length=20, blank=True)
    visitor_language = models.CharField(max_length=10, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["shop", "seq"], name="sale_by_posting"),
            models.Index(fields=["shop", "date"], name="sale_by_date"),
            models.Index(fields=["shop", "receipt"], name="sale_by_receipt"),
        ]

    def __str__(self) -> str:
        return self.receipt


class SaleLine(models.Model):
    """One line, split to the minor unit (invariant 2); a refund's line is negative throughout."""

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="sale_lines")
    quantity = models.BigIntegerField()
    unit_price_minor = models.BigIntegerField()
    gross_minor = models.BigIntegerField()
    share_minor = models.BigIntegerField()
    commission_minor = models.BigIntegerField()
    fees_minor = models.BigIntegerField(default=0)
    # What came back above the sale and the shop bears: of a refund alone, and never above zero.
    loss_minor = models.BigIntegerField(default=0)
    refund_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="refunds",
        db_index=False,
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="invariant_2_line_adds_up",
                condition=Q(
                    gross_minor=F("share_minor")
                    + F("commission_minor")
                    + F("fees_minor")
                    + F("loss_minor")
                ),
            ),
            models.CheckConstraint(
                name="only_a_refund_has_a_loss",
                condition=Q(loss_minor=0) | Q(loss_minor__lt=0, quantity__lt=0),
            ),
            models.CheckConstraint(
                name="line_has_one_sign",
                condition=Q(quantity__gt=0, gross_minor__gte=0)
                | Q(quantity__lt=0, gross_minor__lte=0),
            ),
        ]
        indexes = [
            models.Index(
                fields=["refund_of"],
                name="line_refunds",
                condition=Q(refund_of__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.sale_id}/{self.number}"


class TenderKind(models.TextChoices):
    CASH = "cash", _("cash")
    QR = "qr", _("QR payment")
    CARD = "card", _("card")
    BANK = "bank", _("bank transfer")
    OTHER = "other", _("other means")


class Tender(models.Model):
    """What was paid and how; negative where money went back."""

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="tenders")
    kind = models.CharField(max_length=5, choices=TenderKind)
    amount_minor = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.sale_id} {self.kind} {self.amount_minor}"


guards.append_only(Sale, SaleLine, Tender)
