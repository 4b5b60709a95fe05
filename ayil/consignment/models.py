"""Goods on trust: agreements, notes, joint counts, lots and their movements."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.ledger.models import Account
from ayil.members.models import Party, Shop
from ayil.products.models import ProductKind, Variant


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


class LotBalance(models.Model):
    """The running sums of a lot's movements; the database checks invariant 1 on every change."""

    lot = models.OneToOneField(
        Lot, primary_key=True, on_delete=models.PROTECT, related_name="balance"
    )
    accepted = models.BigIntegerField(default=0)
    sold = models.BigIntegerField(default=0)
    on_shelf = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    written_off = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invariant_1_lot_adds_up",
                condition=Q(accepted=F("sold") + F("on_shelf") + F("returned") + F("written_off")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.on_shelf} on the shelf"


class MovementKind(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    SOLD = "sold", _("sold")
    REFUNDED = "refunded", _("brought back by a buyer")
    RETURNED = "returned", _("returned to the owner")
    WRITTEN_OFF = "written_off", _("written off")
    FOUND = "found", _("found at a count")


class Movement(models.Model):
    """What came to the shelf (+) or left it (-); stock is the sum, in any order."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=11, choices=MovementKind)
    quantity = models.BigIntegerField()
    date = models.DateField()
    document = models.CharField(max_length=100)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="movement_sign_fits_kind",
                condition=Q(kind__in=["accepted", "refunded", "found"], quantity__gt=0)
                | Q(kind__in=["sold", "returned", "written_off"], quantity__lt=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.kind} {self.quantity:+d}"


class Cause(models.TextChoices):
    MISSING = "missing", _("missing")
    DAMAGED = "damaged", _("damaged")
    EXPIRED = "expired", _("expired")


class WriteOff(models.Model):
    """The act of a write-off: two people, a cause, and who bears it."""

    class Bearer(models.TextChoices):
        SHOP = "shop", _("the shop")
        OWNER = "owner", _("the owner")

    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, related_name="write_off")
    cause = models.CharField(max_length=8, choices=Cause)
    borne_by = models.CharField(max_length=5, choices=Bearer)
    first = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="write_off_by_two_people", condition=~Q(first=F("second")))
        ]

    def __str__(self) -> str:
        return f"{self.movement_id} {self.cause}"


class StockCount(models.Model):
    """A blind count of a lot, and what the books said at that moment."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="counts")
    counted = models.PositiveIntegerField()
    expected = models.BigIntegerField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    counted_on = models.DateField()
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.lot_id}: counted {self.counted}, expected {self.expected}"


guards.append_only(
    Agreement,
    CommissionTerm,
    ConsignorAccount,
    ConsignmentNote,
    NoteLine,
    JointCount,
    Lot,
    Movement,
    WriteOff,
    StockCount,
)
guards.append_only(LotBalance, update=False)
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
