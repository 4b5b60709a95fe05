"""The shop's tills, and what they may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models import Party, Shop


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


class DeviceStart(models.Model):
    """A till begins a new epoch: its numbers start at 1 again.

    `public_key` is the raw point (P-256, 65 bytes) by which its receipts' signatures are checked;
    a till of another programme signs nothing and has none.
    """

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="starts")
    epoch = models.IntegerField()
    public_key = models.BinaryField(max_length=65, blank=True)
    started_at = models.DateTimeField()

    class Meta:
        ordering = ["device_id", "epoch"]
        constraints = [
            models.UniqueConstraint(fields=["device", "epoch"], name="one_start_an_epoch")
        ]

    def __str__(self) -> str:
        return f"{self.device_id}-{self.epoch}"


class LogTaking(models.Model):
    """A till's log was taken in from a file: by a person, or by who runs the server."""

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="takings")
    sha256 = models.BinaryField(max_length=32)
    events = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    exceptions = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.device_id}: {self.new} of {self.events}"


class TillTerms(models.Model):
    """What a shop's tills may do, from a moment on; the last row holds."""

    class Fiscal(models.TextChoices):
        NONE = "none", _("no fiscal register")
        EXTERNAL = "external", _("a register of its own; its number is typed in")
        API = "api", _("a register that is asked over the network")

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="till_terms")
    refund_limit_minor = models.PositiveBigIntegerField(default=0)
    fiscal = models.CharField(max_length=8, choices=Fiscal, default=Fiscal.NONE)
    at = models.DateTimeField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["shop_id", "id"]

    def __str__(self) -> str:
        return f"{self.shop_id}: refunds up to {self.refund_limit_minor}, {self.fiscal}"


guards.append_only(DeviceStart, LogTaking, TillTerms)
