"""Goods that go back to their owner: by hand over the counter, or with the car."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.consignment.models.stock import Movement
from ayil.kit import guards
from ayil.members.models import Party, Shop


class GoodsReturn(models.Model):
    """What leaves the shelf for its owner on one note. Until somebody took it over (a
    `ReturnHandover`) it waits, packed: what goes by car, on the list of the next one."""

    class Way(models.TextChoices):
        HAND = "hand", _("over the counter")
        CAR = "car", _("with the next car")

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="returns")
    consignor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="returns")
    number = models.PositiveIntegerField()
    way = models.CharField(max_length=4, choices=Way)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    returned_on = models.DateField()
    recorded_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "number"], name="one_return_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class ReturnLine(models.Model):
    """Pieces of one lot on the note; how many stands in the movement."""

    goods_return = models.ForeignKey(GoodsReturn, on_delete=models.PROTECT, related_name="lines")
    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, related_name="return_line")

    class Meta:
        ordering = ["goods_return_id", "id"]

    def __str__(self) -> str:
        return f"{self.goods_return_id}: {self.movement_id}"

    @property
    def quantity(self) -> int:
        return -self.movement.quantity


class ReturnHandover(models.Model):
    """Who took the goods: the owner, or somebody who speaks for them."""

    goods_return = models.OneToOneField(
        GoodsReturn, on_delete=models.PROTECT, related_name="handover"
    )
    taken_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="taken_returns")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    handed_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="return_between_two_people", condition=~Q(taken_by=F("by")))
        ]

    def __str__(self) -> str:
        return f"{self.goods_return_id} taken by {self.taken_by_id}"


guards.append_only(GoodsReturn, ReturnLine, ReturnHandover)
guards.rule(
    "returned_goods_are_their_owners",
    ReturnLine,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM consignment_movement m JOIN consignment_lot l "
        "ON l.id = m.lot_id JOIN consignment_goodsreturn r ON r.id = NEW.goods_return_id "
        "WHERE m.id = NEW.movement_id AND m.kind = 'returned' "
        "AND l.consignor_id = r.consignor_id AND l.shop_id = r.shop_id)"
    ),
    words="goods are returned to their own owner, from the shop where they stand",
)
