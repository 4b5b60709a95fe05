"""Ways to sign in: a user's name, a card with its PIN, a link that works once."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models

from ayil.kit import guards
from ayil.members.models.party import Party


class User(AbstractUser):
    """A way for a person to sign in; what they may do hangs on their party's roles."""

    party = models.OneToOneField(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="user"
    )
    # No column: true in a session that a card opened on a device that is not the shop's. Whoever
    # holds an office is then nobody but themselves.
    without_office = False


class Card(models.Model):
    """A card with a code that a camera reads. We keep the code's hash: who reads our database
    cannot print the card. `number` is what a person reads out, with a check digit."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="cards")
    number = models.CharField(max_length=10, unique=True)
    code_hash = models.BinaryField(max_length=32, unique=True)
    issued_at = models.DateTimeField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["party_id", "-id"]

    def __str__(self) -> str:
        return self.number


class CardEnd(models.Model):
    """The card is lost, given back, or was tried with too many wrong PINs."""

    card = models.OneToOneField(Card, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.card_id} ended {self.at:%Y-%m-%d}"


class CardTry(models.Model):
    """A PIN was typed for a card's number, whether there is such a card or not."""

    number = models.CharField(max_length=10)
    right = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["number", "right", "id"], name="members_cardtry_of_number")]

    def __str__(self) -> str:
        return f"{self.number} {'right' if self.right else 'wrong'}"


class Pin(models.Model):
    """A person's PIN as Argon2 keeps it; the last one holds."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="pins")
    hash = models.CharField(max_length=128)
    set_at = models.DateTimeField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["party_id", "-id"]

    def __str__(self) -> str:
        return f"PIN of {self.party_id}"


class SignInLink(models.Model):
    """A link that signs one person in, once, until it runs out; we keep its hash alone."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="links")
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Empty where the person asked for it by the page.
    by = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"link of {self.party_id} until {self.ends_at:%H:%M}"


class SignInLinkUse(models.Model):
    """The link was used; it opens nothing again."""

    link = models.OneToOneField(SignInLink, on_delete=models.PROTECT, related_name="use")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.link_id} used"


class LinkRequest(models.Model):
    """Somebody asked for a link by the page, whoever it was for: counted by their address."""

    address = models.GenericIPAddressField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address", "at"], name="members_linkrequest_of")]

    def __str__(self) -> str:
        return f"{self.address} {self.at:%H:%M}"


guards.append_only(Card, CardEnd, CardTry, SignInLinkUse, LinkRequest, delete=False)
guards.append_only(SignInLink, Pin, delete=False)
