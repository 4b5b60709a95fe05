"""What a consignor brings: declared, counted by both sides, accepted as lots."""

import uuid

from django.db import models
from django.db.models import F, Q

from ayil.consignment.models.agreements import Agreement
from ayil.kit import guards
from ayil.members.models import Party, Shop
from ayil.products.models import Variant


class ConsignmentNote(models.Model):
    """What a consignor says they bring: declared before it is counted."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="notes")
    number = models.CharField(max_length=40)
    declared_on = models.DateField()
    declared_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["declared_on", "id"]
        indexes = [models.Index(fields=["number"], name="note_by_number")]

    def __str__(self) -> str:
        return self.number


class NoteLine(models.Model):
    note = models.ForeignKey(ConsignmentNote, on_delete=models.PROTECT, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="note_lines")
    declared = models.PositiveIntegerField()
    batch = models.CharField(max_length=40, blank=True)
    best_before = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["note_id", "id"]
        constraints = [
            models.CheckConstraint(name="declared_positive", condition=Q(declared__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.note_id}: {self.declared} of {self.variant_id}"


class JointCount(models.Model):
    """Shop and consignor counted a line together: accepted, and refused with a reason."""

    line = models.OneToOneField(NoteLine, on_delete=models.PROTECT, related_name="count")
    accepted = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    for_shop = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    for_consignor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    counted_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="count_by_two_people", condition=~Q(for_shop=F("for_consignor"))
            ),
            models.CheckConstraint(
                name="refused_goods_have_reason", condition=Q(refused=0) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.accepted} accepted"


class Lot(models.Model):
    """Goods of one delivery and one variant, under one label; the commission is frozen here.

    A lot without a joint count came with imported trade: its deliveries are not known, so its
    stock is not either.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="lots")
    label = models.CharField(max_length=60)
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="lots")
    consignor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="lots")
    count = models.OneToOneField(
        JointCount, null=True, blank=True, on_delete=models.PROTECT, related_name="lot"
    )
    commission_bp = models.PositiveIntegerField()
    batch = models.CharField(max_length=40, blank=True)
    best_before = models.DateField(null=True, blank=True)
    accepted_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "label"], name="one_lot_a_label"),
            models.CheckConstraint(
                name="commission_at_most_all", condition=Q(commission_bp__lte=10_000)
            ),
        ]

    def __str__(self) -> str:
        return self.label


guards.append_only(ConsignmentNote, NoteLine, JointCount, Lot)
# Invariant 11: food needs a batch and a best-before date. Imported trade brings neither.
guards.rule(
    "food_has_batch_and_date",
    Lot,
    broken_when=(
        "NEW.count_id IS NOT NULL AND (NEW.batch = '' OR NEW.best_before IS NULL) AND EXISTS "
        "(SELECT 1 FROM products_variant v JOIN products_product p ON p.id = v.product_id "
        "WHERE v.id = NEW.variant_id AND p.kind = 'food')"
    ),
    words="food needs a batch and a best-before date",
)
