"""Goods go from one shop to another, and are counted where they arrive."""

import uuid

from django.db import models
from django.db.models import F, Q

from ayil.consignment.models.deliveries import Lot
from ayil.consignment.models.stock import Movement
from ayil.kit import guards
from ayil.members.models import Party, Shop


class ShopTransfer(models.Model):
    """What one shop sent to another; on the way until the other one has counted it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    sender = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="sent_transfers")
    receiver = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="got_transfers")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    recorded_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["sender", "number"], name="one_transfer_a_number"),
            models.CheckConstraint(
                name="transfer_between_two_shops", condition=~Q(sender=F("receiver"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class TransferLine(models.Model):
    """Pieces of one lot of the sender's; how many stands in the movement."""

    transfer = models.ForeignKey(ShopTransfer, on_delete=models.PROTECT, related_name="lines")
    movement = models.OneToOneField(
        Movement, on_delete=models.PROTECT, related_name="transfer_line"
    )

    class Meta:
        ordering = ["transfer_id", "id"]

    def __str__(self) -> str:
        return f"{self.transfer_id}: {self.movement_id}"

    @property
    def quantity(self) -> int:
        return -self.movement.quantity


class TransferArrival(models.Model):
    """The other shop counted what came; it was not the one who had sent it."""

    transfer = models.OneToOneField(ShopTransfer, on_delete=models.PROTECT, related_name="arrival")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    arrived_on = models.DateField()
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.transfer_id} arrived"


class ArrivedLine(models.Model):
    """How many of a line came, and the lot that they are at the receiver's (none of nothing)."""

    line = models.OneToOneField(TransferLine, on_delete=models.PROTECT, related_name="arrived")
    arrival = models.ForeignKey(TransferArrival, on_delete=models.PROTECT, related_name="lines")
    quantity = models.PositiveIntegerField()
    lot = models.OneToOneField(
        Lot, null=True, blank=True, on_delete=models.PROTECT, related_name="arrived_line"
    )

    class Meta:
        ordering = ["arrival_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="what_arrived_is_a_lot",
                condition=Q(quantity=0, lot__isnull=True) | Q(quantity__gt=0, lot__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.quantity} arrived"


guards.append_only(ShopTransfer, TransferLine, TransferArrival, ArrivedLine)
guards.rule(
    "sent_goods_stood_at_the_sender",
    TransferLine,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM consignment_movement m JOIN consignment_lot l "
        "ON l.id = m.lot_id JOIN consignment_shoptransfer t ON t.id = NEW.transfer_id "
        "WHERE m.id = NEW.movement_id AND m.kind = 'sent' AND l.shop_id = t.sender_id)"
    ),
    words="a shop sends what stands on its own shelf",
)
guards.rule(
    "transfer_by_two_people",
    TransferArrival,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM consignment_shoptransfer t "
        "WHERE t.id = NEW.transfer_id AND t.by_id <> NEW.by_id)"
    ),
    words="what was sent is counted by somebody else than who sent it",
)
guards.rule(
    "no_more_arrives_than_was_sent",
    ArrivedLine,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM consignment_transferline l JOIN consignment_movement m "
        "ON m.id = l.movement_id WHERE l.id = NEW.line_id AND NEW.quantity <= -m.quantity)"
    ),
    words="no more can arrive than was sent",
)
