"""The paper of a write-off: drafted by one person, signed by another, and only then booked."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayil.consignment.models.deliveries import Lot
from ayil.kit import guards
from ayil.members.models import Party, Shop


class Cause(models.TextChoices):
    MISSING = "missing", _("missing")
    DAMAGED = "damaged", _("damaged")
    EXPIRED = "expired", _("expired")
    GIVEN = "given", _("given away")


class Bearer(models.TextChoices):
    SHOP = "shop", _("the shop")
    OWNER = "owner", _("the owner")


class WriteOffAct(models.Model):
    """What one person of the shop says is lost; nothing moves before a second one signs."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="acts")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    drafted_on = models.DateField()
    recorded_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["shop", "number"], name="one_act_a_number")]

    def __str__(self) -> str:
        return f"{self.number}"


class ActLine(models.Model):
    """So many pieces of a lot, why, and who bears it.

    `count` is the count of the shelf that found them missing; `missing_of` the line of a transfer
    between shops of which they did not arrive: they are on the way and on nobody's shelf.
    """

    act = models.ForeignKey(WriteOffAct, on_delete=models.PROTECT, related_name="lines")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="act_lines")
    quantity = models.PositiveIntegerField()
    cause = models.CharField(max_length=8, choices=Cause)
    borne_by = models.CharField(max_length=5, choices=Bearer)
    count = models.ForeignKey(
        "consignment.StockCount",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="act_lines",
    )
    missing_of = models.ForeignKey(
        "consignment.TransferLine",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="act_lines",
    )

    class Meta:
        ordering = ["act_id", "id"]
        constraints = [
            models.CheckConstraint(name="act_line_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="shop_bears_what_it_sent",
                condition=Q(missing_of__isnull=True) | Q(cause=Cause.MISSING, borne_by=Bearer.SHOP),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act_id}: {self.quantity} of {self.lot_id} {self.cause}"


class ActSigning(models.Model):
    """The second person signs: from here on the act is booked, all of its lines."""

    act = models.OneToOneField(WriteOffAct, on_delete=models.PROTECT, related_name="signing")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField()
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.act_id} signed"


class ActWithdrawal(models.Model):
    """A draft that is not to be signed, and why."""

    act = models.OneToOneField(WriteOffAct, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="act_withdrawn_with_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.act_id} withdrawn"


guards.append_only(WriteOffAct, ActLine, ActSigning, ActWithdrawal)
guards.rule(
    "act_by_two_people",
    ActSigning,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM consignment_writeoffact a "
        "WHERE a.id = NEW.act_id AND a.by_id <> NEW.by_id)"
    ),
    words="a write-off act is drafted by one person and signed by another",
)
guards.rule(
    "act_not_of_ones_own_goods",
    ActSigning,
    broken_when=(
        "EXISTS (SELECT 1 FROM consignment_actline l "
        "JOIN consignment_writeoffact a ON a.id = l.act_id "
        "JOIN consignment_lot o ON o.id = l.lot_id WHERE l.act_id = NEW.act_id "
        "AND l.borne_by = 'shop' AND o.consignor_id IN (a.by_id, NEW.by_id))"
    ),
    words="the owner of the goods cannot say that the shop bears their loss",
)
guards.rule(
    "withdrawn_act_is_not_signed",
    ActSigning,
    broken_when="EXISTS (SELECT 1 FROM consignment_actwithdrawal w WHERE w.act_id = NEW.act_id)",
    words="this act was withdrawn",
)
guards.rule(
    "signed_act_is_not_withdrawn",
    ActWithdrawal,
    broken_when="EXISTS (SELECT 1 FROM consignment_actsigning s WHERE s.act_id = NEW.act_id)",
    words="this act was signed",
)
guards.rule(
    "signed_act_gets_no_line",
    ActLine,
    broken_when="EXISTS (SELECT 1 FROM consignment_actsigning s WHERE s.act_id = NEW.act_id)",
    words="this act was signed, it takes no more lines",
)
