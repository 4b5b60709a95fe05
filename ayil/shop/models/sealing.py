"""The server's own key, for which tills seal what nobody else shall read."""

from django.db import models

from ayil.kit import guards


class SealingKey(models.Model):
    """One key (RSA, 3072 bit); the newest is given to the tills, older ones still open.

    `box` is the private half under a key that follows from SECRET_KEY and `salt` (AES-256-GCM),
    so that who reads the database alone opens nothing.
    """

    public_spki = models.BinaryField(max_length=1000)
    salt = models.BinaryField(max_length=16)
    iv = models.BinaryField(max_length=12)
    box = models.BinaryField(max_length=4000)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"sealing key of {self.made_at:%Y-%m-%d}"


guards.append_only(SealingKey)
