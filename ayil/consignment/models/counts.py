"""Counts of the shelf: places on it, sheets that are counted blind, and their closing."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from ayil.consignment.models.deliveries import Lot
from ayil.kit import guards
from ayil.members.models import Party, Shop


class Shelf(models.Model):
    """A place in a shop, by the name that the shop gave it."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="shelves")
    name = models.CharField(max_length=60)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class ShelfEnd(models.Model):
    """A shelf is not used any more."""

    shelf = models.OneToOneField(Shelf, on_delete=models.PROTECT, related_name="end")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.shelf_id} ended"


class LotPlace(models.Model):
    """A lot was put on a shelf (on none, where `shelf` is empty); the last one holds."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="places")
    shelf = models.ForeignKey(
        Shelf, null=True, blank=True, on_delete=models.PROTECT, related_name="places"
    )
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    put_on = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.lot_id} on {self.shelf_id}"


class CountSheet(models.Model):
    """A list of lots that somebody counts without seeing what the books say."""

    class Reason(models.TextChoices):
        SHELF = "shelf", _("a shelf")
        LIST = "list", _("a list")
        ASKED = "asked", _("what the books ask for")

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="count_sheets")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=5, choices=Reason)
    shelf = models.ForeignKey(
        Shelf, null=True, blank=True, on_delete=models.PROTECT, related_name="sheets"
    )
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "number"], name="one_count_sheet_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class SheetLine(models.Model):
    """A lot that is to be counted; the last of its counts holds."""

    sheet = models.ForeignKey(CountSheet, on_delete=models.PROTECT, related_name="lines")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="sheet_lines")

    class Meta:
        ordering = ["sheet_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "lot"], name="one_sheet_line_a_lot")
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.lot_id}"


class CountClosing(models.Model):
    """The sheet is counted: from here on the differences are shown."""

    sheet = models.OneToOneField(CountSheet, on_delete=models.PROTECT, related_name="closing")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField()
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sheet_id} closed"


guards.append_only(Shelf, ShelfEnd, LotPlace, CountSheet, SheetLine, CountClosing)
guards.rule(
    "lot_and_shelf_of_one_shop",
    LotPlace,
    broken_when=(
        "NEW.shelf_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM consignment_lot l "
        "JOIN consignment_shelf s ON s.shop_id = l.shop_id "
        "WHERE l.id = NEW.lot_id AND s.id = NEW.shelf_id)"
    ),
    words="a lot stands on a shelf of its own shop",
)
guards.rule(
    "sheet_of_one_shop",
    SheetLine,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM consignment_lot l JOIN consignment_countsheet s "
        "ON s.shop_id = l.shop_id WHERE l.id = NEW.lot_id AND s.id = NEW.sheet_id)"
    ),
    words="a sheet counts the lots of its own shop",
)
guards.rule(
    "closed_sheet_gets_no_line",
    SheetLine,
    broken_when="EXISTS (SELECT 1 FROM consignment_countclosing c WHERE c.sheet_id = NEW.sheet_id)",
    words="this count is closed",
)
