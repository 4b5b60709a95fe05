"""Photos of people and communities: sent, shown where they agree to it, taken away.

The files lie in the home, outside of what the server hands out by itself; `may_see` decides at
every request, so that a consent which was withdrawn closes the picture too.
"""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ayil.kit import photos
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.consents import speaks_for
from ayil.members.identities import identities_of
from ayil.members.models import Party, PartyKind, PartyPhoto, PartyPhotoEnd, User
from ayil.members.queries import AnyUser, public_parties
from ayil.members.rights import Right, has_right, require

PORTRAIT = PartyPhoto.Subject.PORTRAIT


def folder() -> Path:
    return Path(settings.AYIL_HOME) / "photos"


def send_photo(
    *,
    party: Party,
    data: bytes,
    by: Party,
    at: datetime,
    words: str = "",
    subject: PartyPhoto.Subject = PORTRAIT,
) -> PartyPhoto:
    """The party's photo from now on; the portrait before it is taken away.

    By the person, a leader of the community, or who may change records. Refused where the file
    is no photo, and then nothing is kept.
    """
    _refuse_strangers(party, by, at)
    if subject == PORTRAIT and party.kind == PartyKind.ENTERPRISE:
        raise AyilError(_("%(party)s is no person and no community.") % {"party": party})
    photo = photos.redrawn(data)
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=party.pk)
        if subject == PORTRAIT:
            for earlier in standing_photos(party):
                _end(earlier, by=by, at=at)
        row = PartyPhoto.objects.create(
            party=party, subject=subject, words=words.strip(), file=photo.name,
            width_px=photo.width_px, height_px=photo.height_px, size_bytes=len(photo.jpeg),
            by=by, at=at,
        )  # fmt: skip
        photos.keep(folder(), photo)  # last: where the row is refused, no file stays
        return row


def take_away(*, photo: PartyPhoto, by: Party, at: datetime) -> None:
    """The photo is shown no more and its file is deleted; taken away twice is once."""
    _refuse_strangers(photo.party, by, at)
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=photo.party_id)
        if not PartyPhotoEnd.objects.filter(photo=photo).exists():
            _end(photo, by=by, at=at)


def erase_photos(*, party: Party) -> int:
    """Rows and files of a person who is being erased; returns how many photos there were."""
    with transaction.atomic():
        rows = PartyPhoto.objects.filter(party=party)
        names = set(rows.values_list("file", flat=True))
        PartyPhotoEnd.objects.filter(photo__in=rows).delete()
        count, _by_model = rows.delete()
        _discard(names)
    return count


def standing_photos(party: Party) -> QuerySet[PartyPhoto]:
    """The portrait of the person on any of their records: one, or none."""
    portraits = PartyPhoto.objects.filter(subject=PORTRAIT, end__isnull=True)
    return portraits.filter(party__in=identities_of(party)).order_by("-id")


def public_photos(party_ids: Iterable[int]) -> dict[int, PartyPhoto]:
    """The portraits that may stand on public pages, by the party's key; one query and those of
    `public_parties`."""
    shown = public_parties().filter(pk__in=list(party_ids)).values("pk")
    standing = PartyPhoto.objects.filter(party__in=shown, subject=PORTRAIT, end__isnull=True)
    return {photo.party_id: photo for photo in standing.order_by("id")}


def may_see(user: AnyUser, photo: PartyPhoto, day: date, at: datetime) -> tuple[bool, bool]:
    """(Whether this reader may see the photo, whether everybody may)."""
    if public_parties().filter(pk=photo.party_id).exists():
        return True, True
    if not isinstance(user, User) or user.party is None:
        return False, False
    own = speaks_for(user.party, photo.party, at)
    return own or has_right(user, Right.SEE_PERSONAL_DATA, day=day), False


def _refuse_strangers(party: Party, by: Party, at: datetime) -> None:
    """Refuses whoever neither speaks for the party nor may change records."""
    if not speaks_for(by, party, at):
        require(by, Right.CHANGE_PEOPLE, on=local_date(at))


def _end(photo: PartyPhoto, *, by: Party, at: datetime) -> None:
    PartyPhotoEnd.objects.create(photo=photo, by=by, at=at)
    _discard({photo.file})


def _discard(names: set[str]) -> None:
    """Deletes files that no standing photo shows, once it is certain that the rows stand."""

    def after_commit() -> None:
        shown = PartyPhoto.objects.filter(file__in=names, end__isnull=True)
        for name in names - set(shown.values_list("file", flat=True)):
            photos.discard(folder(), name)

    transaction.on_commit(after_commit)
