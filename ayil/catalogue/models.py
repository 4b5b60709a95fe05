"""Dated announcements: what the programme says of itself in public."""

import uuid

from django.db import models
from django.db.models import Q

from ayil.kit import guards
from ayil.kit.names import LANGUAGES_IN_TURN, Told, told
from ayil.members.models import Party


class Announcement(models.Model):
    """Something made public on a day; a mistake in it is withdrawn and announced anew.

    Its words are `AnnouncementText` rows, one a language.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    on = models.DateField()
    issuer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="announcements")
    source = models.URLField(blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"announcement of {self.on}"

    @property
    def titles(self) -> dict[str, str]:
        """By language, those that there are."""
        return {text.language: text.title for text in self.texts.all()}

    @property
    def told(self) -> Told:
        """The title as the reader is told it."""
        return told(self.titles)

    @property
    def lacks(self) -> tuple[str, ...]:
        """The languages in which it cannot be read yet."""
        return tuple(code for code in LANGUAGES_IN_TURN if code not in self.titles)


class AnnouncementText(models.Model):
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "language"], name="one_text_a_language"
            ),
            models.CheckConstraint(
                name="announcement_says_something", condition=~Q(title="") & ~Q(body="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AnnouncementWithdrawal(models.Model):
    """The announcement stands no longer; its address says so, with the reason."""

    announcement = models.OneToOneField(
        Announcement, on_delete=models.PROTECT, related_name="withdrawal"
    )
    on = models.DateField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(name="withdrawal_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} withdrawn {self.on}"


guards.append_only(Announcement, AnnouncementText, AnnouncementWithdrawal)
