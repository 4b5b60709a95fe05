"""The photo of a person, a community or their goods; the picture itself lies in a folder."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models.party import Party


class PartyPhoto(models.Model):
    """A photo as it was written anew; the last one of a subject that stands is shown.

    `file` is the SHA-256 of the picture's bytes, hex: the name under which it lies.
    """

    class Subject(models.TextChoices):
        PORTRAIT = "portrait", _("the person or the community")
        GOODS = "goods", _("their goods")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="photos")
    subject = models.CharField(max_length=8, choices=Subject, default=Subject.PORTRAIT)
    # What is to be seen, for those who do not see it.
    words = models.CharField(max_length=200, blank=True)
    file = models.CharField(max_length=64)
    width_px = models.PositiveSmallIntegerField()
    height_px = models.PositiveSmallIntegerField()
    size_bytes = models.PositiveIntegerField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["party_id", "-id"]
        constraints = [
            models.CheckConstraint(name="photo_names_its_file", condition=~Q(file="")),
        ]

    def __str__(self) -> str:
        return f"photo of {self.party_id}"


class PartyPhotoEnd(models.Model):
    """The photo is shown no more, and its file is gone."""

    photo = models.OneToOneField(PartyPhoto, on_delete=models.PROTECT, related_name="end")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"photo {self.photo_id} taken away"


# An erasure deletes them, words and all.
guards.append_only(PartyPhoto, PartyPhotoEnd, delete=False)
