"""What a consignor brings: declared, counted by both sides, accepted as lots."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.consignment.models.agreements import Agreement
from ayil.kit import guards
from ayil.members.models import Party, Shop
from ayil.products.models import Variant


class ConsignmentNote(models.Model):
    """What a consignor says they bring: declared before it is counted.

    `declared_by` is whose word it is, `typed_by` who entered it; `expected_on` the day on which
    the goods are to come, where somebody said one.
    """

    class Comes(models.TextChoices):
        BROUGHT = "brought", _("the owner brings it")
        CAR = "car", _("the shop's car picks it up")

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="notes")
    number = models.CharField(max_length=40)
    declared_on = models.DateField()
    declared_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    typed_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    expected_on = models.DateField(null=True, blank=True)
    comes = models.CharField(max_length=7, choices=Comes, default=Comes.BROUGHT)

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


class NoteWithdrawal(models.Model):
    """The goods do not come after all: said before anything of the note was counted."""

    note = models.OneToOneField(
        ConsignmentNote, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.note_id} withdrawn"


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

    What came from another shop has its terms from the lot there (`arrived_from`). A lot without
    that and without a joint count came with imported trade: its deliveries are not known, so its
    stock is not either (`STOCK_IS_KNOWN` in queries).
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="lots")
    label = models.CharField(max_length=60)
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="lots")
    consignor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="lots")
    count = models.OneToOneField(
        JointCount, null=True, blank=True, on_delete=models.PROTECT, related_name="lot"
    )
    arrived_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="sent_on"
    )
    commission_bp = models.PositiveIntegerField()
    fees_bp = models.PositiveIntegerField(default=0)
    batch = models.CharField(max_length=40, blank=True)
    best_before = models.DateField(null=True, blank=True)
    accepted_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "label"], name="one_lot_a_label"),
            models.CheckConstraint(
                name="kept_at_most_all",
                condition=Q(commission_bp__lte=10_000 - F("fees_bp")),
            ),
            models.CheckConstraint(
                name="lot_comes_one_way",
                condition=Q(count__isnull=True) | Q(arrived_from__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_stock_known(self) -> bool:
        return self.count_id is not None or self.arrived_from_id is not None


guards.append_only(ConsignmentNote, NoteLine, NoteWithdrawal, JointCount, Lot)
guards.rule(
    "withdrawn_goods_are_not_counted",
    JointCount,
    broken_when=(
        "EXISTS (SELECT 1 FROM consignment_notewithdrawal w JOIN consignment_noteline l "
        "ON l.note_id = w.note_id WHERE l.id = NEW.line_id)"
    ),
    words="the note was withdrawn: declare the goods again before they are counted",
)
guards.rule(
    "counted_goods_are_not_withdrawn",
    NoteWithdrawal,
    broken_when=(
        "EXISTS (SELECT 1 FROM consignment_jointcount c JOIN consignment_noteline l "
        "ON l.id = c.line_id WHERE l.note_id = NEW.note_id)"
    ),
    words="what was counted cannot be withdrawn: return the goods",
)
# Invariant 11: food needs a batch and a best-before date. Imported trade brings neither.
guards.rule(
    "food_has_batch_and_date",
    Lot,
    broken_when=(
        "(NEW.count_id IS NOT NULL OR NEW.arrived_from_id IS NOT NULL) "
        "AND (NEW.batch = '' OR NEW.best_before IS NULL) AND EXISTS "
        "(SELECT 1 FROM products_variant v JOIN products_product p ON p.id = v.product_id "
        "WHERE v.id = NEW.variant_id AND p.kind = 'food')"
    ),
    words="food needs a batch and a best-before date",
)
