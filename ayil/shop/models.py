"""The till's log as it came, and the sales that are derived from it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.consignment.models import Lot
from ayil.kit import guards
from ayil.members.models import Party, Shop
from ayil.shop.explanations import EXPLANATIONS


class Device(models.Model):
    """A till that was enrolled at a shop; its token is kept as a hash only."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="devices")
    code = models.SlugField(max_length=40, unique=True)
    token_hash = models.BinaryField(max_length=32)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return self.code


class DeviceEnd(models.Model):
    device = models.OneToOneField(Device, on_delete=models.PROTECT, related_name="end")
    at = models.DateTimeField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.device_id} ended {self.at}"


class TillEvent(models.Model):
    """One event of a till's log, kept as it came; its identity is its hash.

    (device, epoch, seq) is only the number printed on the receipt: cloned profiles and restored
    disks do reuse numbers, so it is not unique.
    """

    device = models.ForeignKey(
        Device, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    epoch = models.IntegerField()
    seq = models.BigIntegerField()
    nonce = models.BinaryField(max_length=16, db_index=True)
    prev_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32, unique=True)
    kind = models.CharField(max_length=20)
    business_date = models.DateField()
    body = models.BinaryField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["device", "epoch", "seq"], name="event_number")]

    def __str__(self) -> str:
        return f"{self.device_id}-{self.epoch}-{self.seq}"


class Application(models.Model):
    """An event was applied; without this row it waits, or stands in the exceptions."""

    event = models.OneToOneField(
        TillEvent, primary_key=True, on_delete=models.PROTECT, related_name="application"
    )
    applied_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.event_id} applied"


class EventException(models.Model):
    """What a person must look at: an event that could not be read or applied, or one that was
    applied and is odd (`applied`). `raw` holds what came where no event could be read."""

    fingerprint = models.BinaryField(max_length=32)
    event = models.ForeignKey(
        TillEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="exceptions"
    )
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="exceptions")
    raw = models.BinaryField(null=True, blank=True)
    code = models.CharField(max_length=30)
    words = models.CharField(max_length=500)
    waits_for = models.BinaryField(max_length=32, null=True, blank=True)
    applied = models.BooleanField(default=False)
    raised_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["fingerprint", "code"], name="one_exception_a_cause"),
            models.CheckConstraint(
                name="exception_has_event_or_raw",
                condition=Q(event__isnull=False) | Q(raw__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.words}"

    @property
    def explanation(self) -> str:
        """What happened and what to do, in the reader's language; `words` hold the details."""
        known = EXPLANATIONS.get(self.code)
        return self.words if known is None else str(known)


class ExceptionClearing(models.Model):
    """A person looked at an exception and said what became of it."""

    exception = models.OneToOneField(
        EventException, on_delete=models.PROTECT, related_name="clearing"
    )
    by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.exception_id} cleared"


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
                condition=Q(gross_minor=F("share_minor") + F("commission_minor") + F("fees_minor")),
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


class ShiftOpening(models.Model):
    event = models.OneToOneField(TillEvent, on_delete=models.PROTECT, related_name="opening")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="openings")
    shift = models.CharField(max_length=40)
    date = models.DateField()
    cashier = models.CharField(max_length=40)
    float_minor = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["device", "shift"], name="opening_by_shift")]

    def __str__(self) -> str:
        return f"{self.shift} opened"


class ShiftClosing(models.Model):
    """A blind count by denomination against what the log says up to the closing's own seq."""

    event = models.OneToOneField(TillEvent, on_delete=models.PROTECT, related_name="closing")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="closings")
    shift = models.CharField(max_length=40)
    date = models.DateField()
    cashier = models.CharField(max_length=40)
    counted = models.JSONField()
    counted_minor = models.BigIntegerField()
    expected_minor = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["device", "shift"], name="closing_by_shift")]

    def __str__(self) -> str:
        return f"{self.shift} closed"

    @property
    def over_minor(self) -> int:
        """Above zero: more in the drawer than the log says; below: short."""
        return self.counted_minor - self.expected_minor


class CashMovement(models.Model):
    """Money put into a drawer or taken out of it, other than by a sale."""

    event = models.OneToOneField(TillEvent, on_delete=models.PROTECT, related_name="cash")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="cash_movements")
    shift = models.CharField(max_length=40)
    date = models.DateField()
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.shift} {self.amount_minor:+d}"


class Wish(models.Model):
    """Asked for and not found."""

    event = models.OneToOneField(TillEvent, on_delete=models.PROTECT, related_name="wish")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="wishes")
    date = models.DateField()
    words = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.words


guards.append_only(
    TillEvent,
    Application,
    EventException,
    ExceptionClearing,
    Sale,
    SaleLine,
    Tender,
    ShiftOpening,
    ShiftClosing,
    CashMovement,
    Wish,
)
