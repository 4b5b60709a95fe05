"""The association's own signature under minutes that three have signed."""

from django.db import models
from django.db.models import Q

from ayil.decisions.models.assemblies import Part
from ayil.decisions.models.outcomes import Decision
from ayil.kit import guards
from ayil.members.models import Party

PUBLIC_BYTES, SIGNATURE_BYTES = 32, 64


class SigningKey(models.Model):
    """An Ed25519 key: here is its public half (64 hex digits), for ever, so that what it sealed can
    be checked. The private half is a file in AYIL_HOME/keys and stands in no database.
    """

    public = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="public_key_in_hex", condition=Q(public__regex=r"^[0-9a-f]{64}$")
            )
        ]

    def __str__(self) -> str:
        return self.public[:16]


class SigningKeyEnd(models.Model):
    """From here on the key seals nothing; what it sealed before stays sealed."""

    key = models.OneToOneField(SigningKey, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="key_end_has_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.key_id} ended"


class DecisionSeal(models.Model):
    """The signature over the minutes' fingerprint, by the key that held on that day."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="seal")
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="seals")
    signature = models.BinaryField(max_length=SIGNATURE_BYTES)
    at = models.DateTimeField()

    class Meta:
        ordering = ["decision_id"]

    def __str__(self) -> str:
        return f"{self.decision_id} sealed"


guards.append_only(SigningKey, SigningKeyEnd, DecisionSeal)
guards.rule(
    "one_key_at_a_time",
    SigningKey,
    broken_when=(
        "EXISTS (SELECT 1 FROM decisions_signingkey k LEFT JOIN decisions_signingkeyend e "
        "ON e.key_id = k.id WHERE e.id IS NULL)"
    ),
    words="a new key begins when the one before it has ended",
)
guards.rule(
    "sealed_when_signed",
    DecisionSeal,
    broken_when=(
        "(SELECT count(*) FROM decisions_decisionsigning s "  # noqa: S608 - our own names
        f"WHERE s.decision_id = NEW.decision_id) < {len(Part)} "
        "OR EXISTS (SELECT 1 FROM decisions_signingkeyend e WHERE e.key_id = NEW.key_id)"
    ),
    words="minutes are sealed once all three have signed, by the key that holds",
)
