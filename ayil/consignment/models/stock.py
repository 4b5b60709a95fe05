"""Where the pieces of a lot are: its movements, their running sums, acts and counts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.consignment.models.acts import ActLine, Bearer, Cause
from ayil.consignment.models.counts import SheetLine
from ayil.consignment.models.deliveries import Lot
from ayil.kit import guards
from ayil.members.models import Party


class LotBalance(models.Model):
    """The running sums of a lot's movements; the database checks invariant 1 on every change.

    `sent` went to another shop, whether it has arrived there or not: another lot there has it.
    """

    lot = models.OneToOneField(
        Lot, primary_key=True, on_delete=models.PROTECT, related_name="balance"
    )
    accepted = models.BigIntegerField(default=0)
    sold = models.BigIntegerField(default=0)
    on_shelf = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    written_off = models.BigIntegerField(default=0)
    sent = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invariant_1_lot_adds_up",
                condition=Q(
                    accepted=F("sold")
                    + F("on_shelf")
                    + F("returned")
                    + F("written_off")
                    + F("sent")
                ),
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
    SENT = "sent", _("sent to another shop")
    NOT_ARRIVED = "not_arrived", _("did not arrive at the other shop")


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
                condition=Q(
                    kind__in=["accepted", "refunded", "found", "not_arrived"], quantity__gt=0
                )
                | Q(kind__in=["sold", "returned", "written_off", "sent"], quantity__lt=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.kind} {self.quantity:+d}"


class WriteOff(models.Model):
    """A line of a signed act, booked: what is gone, why, and who bears it.

    `owed_minor` is what the shop owes to the owner for it: nothing where the owner bears it.
    `first` drafted the act, `second` signed it.
    """

    Bearer = Bearer

    line = models.OneToOneField(ActLine, on_delete=models.PROTECT, related_name="write_off")
    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, related_name="write_off")
    cause = models.CharField(max_length=8, choices=Cause)
    borne_by = models.CharField(max_length=5, choices=Bearer)
    first = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    owed_minor = models.BigIntegerField(default=0)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="write_off_by_two_people", condition=~Q(first=F("second"))),
            models.CheckConstraint(
                name="only_the_shop_owes",
                condition=Q(owed_minor=0) | Q(borne_by=Bearer.SHOP, owed_minor__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.movement_id} {self.cause}"


class StockCount(models.Model):
    """A blind count of a lot, and what the books said at that moment.

    `upto` is the last movement of the lot that the books held: what is posted later and was sold
    before the count (a till was offline) is taken off what was expected. `line` is empty where
    one lot was counted without a sheet.
    """

    line = models.ForeignKey(
        SheetLine, null=True, blank=True, on_delete=models.PROTECT, related_name="counts"
    )
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="counts")
    counted = models.PositiveIntegerField()
    expected = models.BigIntegerField()
    upto = models.BigIntegerField(default=0)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    counted_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.lot_id}: counted {self.counted}, expected {self.expected}"


guards.append_only(Movement, WriteOff, StockCount)
guards.append_only(LotBalance, update=False)
guards.rule(
    "write_off_of_a_signed_act",
    WriteOff,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM consignment_actline l JOIN consignment_actsigning s "
        "ON s.act_id = l.act_id JOIN consignment_movement m ON m.lot_id = l.lot_id "
        "WHERE l.id = NEW.line_id AND m.id = NEW.movement_id AND m.kind = 'written_off' "
        "AND m.quantity = -l.quantity AND l.cause = NEW.cause AND l.borne_by = NEW.borne_by)"
    ),
    words="only what stands on a signed act is written off",
)
guards.rule(
    "closed_sheet_is_not_counted",
    StockCount,
    broken_when=(
        "EXISTS (SELECT 1 FROM consignment_countclosing c JOIN consignment_sheetline l "
        "ON l.sheet_id = c.sheet_id WHERE l.id = NEW.line_id)"
    ),
    words="this count is closed",
)
