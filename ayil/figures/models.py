"""Daily rollups, kept by the same transaction that posts."""

from django.db import models

from ayil.members.models import Party, Shop
from ayil.products.models import Variant


class DailySale(models.Model):
    """What one variant of one consignor sold in a shop on a business day.

    `units` and `gross_minor` are net of refunds; `refunded_*` say how much of them came back
    (positive numbers). Every number is a sum over sale lines, and `ayil verify` adds them again.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    variant = models.ForeignKey(
        Variant, on_delete=models.PROTECT, related_name="daily", db_index=False
    )
    consignor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    units = models.BigIntegerField(default=0)
    gross_minor = models.BigIntegerField(default=0)
    share_minor = models.BigIntegerField(default=0)
    commission_minor = models.BigIntegerField(default=0)
    refunded_units = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    lines = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "variant", "date"], name="one_row_a_variant_a_day"
            )
        ]
        indexes = [models.Index(fields=["shop", "date"], name="daily_by_date")]

    def __str__(self) -> str:
        return f"{self.date} {self.variant_id}: {self.units}"


class OpenDay(models.Model):
    """A business day on which the shop was open: a shift was opened, or something was sold."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="open_days")
    date = models.DateField()
    receipts = models.IntegerField(default=0)
    gross_minor = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["shop", "date"], name="one_row_an_open_day")]

    def __str__(self) -> str:
        return f"{self.shop_id} {self.date}"
