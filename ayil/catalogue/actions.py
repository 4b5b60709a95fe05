"""Saying something in public, and taking it back in public."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ayil.catalogue.models import Announcement, AnnouncementText, AnnouncementWithdrawal
from ayil.kit.errors import AyilError
from ayil.members.models import Party


@dataclass(frozen=True)
class Words:
    """What an announcement says in one language; paragraphs are parted by an empty line."""

    title: str
    body: str


def announce(
    *,
    on: date,
    issuer: Party,
    texts: Mapping[str, Words],
    by: Party,
    at: datetime,
    source: str = "",
) -> Announcement:
    """`texts` by language code; one language is enough, all three are better."""
    known = {code for code, _name in settings.LANGUAGES}
    if not texts or not set(texts) <= known:
        raise AyilError(
            _("An announcement needs a text in one of %(known)s; it has %(given)s.")
            % {"known": ", ".join(sorted(known)), "given": ", ".join(sorted(texts)) or "–"}
        )
    if any(not words.title.strip() or not words.body.strip() for words in texts.values()):
        raise AyilError(_("An announcement needs a title and a text in each of its languages."))
    with transaction.atomic():
        announcement = Announcement.objects.create(
            on=on, issuer=issuer, source=source, by=by, recorded_at=at
        )
        AnnouncementText.objects.bulk_create(
            AnnouncementText(
                announcement=announcement,
                language=language,
                title=words.title.strip(),
                body=words.body.strip(),
            )
            for language, words in sorted(texts.items())
        )
    return announcement


def withdraw(
    *, announcement: Announcement, on: date, reason: str, by: Party
) -> AnnouncementWithdrawal:
    if not reason.strip():
        raise AyilError(_("A withdrawal needs its reason: readers will ask for it."))
    if AnnouncementWithdrawal.objects.filter(announcement=announcement).exists():
        raise AyilError(_("This announcement was withdrawn before. Announce the new text instead."))
    return AnnouncementWithdrawal.objects.create(
        announcement=announcement, on=on, by=by, reason=reason.strip()
    )
