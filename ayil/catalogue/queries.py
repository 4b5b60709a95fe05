"""What anyone may read: announcements, villages and their goods."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from ayil.catalogue.models import Announcement, AnnouncementText
from ayil.kit.names import Told, reading_order
from ayil.members.consents import public_names
from ayil.places.models import Place
from ayil.places.queries import villages


@dataclass(frozen=True)
class Notice:
    """An announcement in one language; `language` says which it turned out to be."""

    uid: uuid.UUID
    on: date
    issuer: str
    source: str
    language: str
    title: str
    body: str
    withdrawn_on: date | None
    withdrawn_because: str

    @property
    def told(self) -> Told:
        """The title, and the language that it is in."""
        return Told(self.title, self.language)


@dataclass(frozen=True)
class NoticeInLine:
    """An announcement between the one before it and the one after."""

    notice: Notice
    previous: Notice | None
    next: Notice | None


def standing_announcements() -> QuerySet[Announcement]:
    return Announcement.objects.filter(withdrawal__isnull=True)


def _told(announcements: QuerySet[Announcement]) -> QuerySet[Announcement]:
    texts = Prefetch("texts", AnnouncementText.objects.order_by("language"))
    return announcements.select_related("issuer", "withdrawal").prefetch_related(texts)


def _notices(announcements: Iterable[Announcement]) -> list[Notice]:
    """In words; an issuer who did not agree to stand in public is not named."""
    rows = list(announcements)
    names = public_names(row.issuer_id for row in rows)
    return [_notice(row, names.get(row.issuer_id, "")) for row in rows]


def _notice(announcement: Announcement, issuer: str) -> Notice:
    texts = {text.language: text for text in announcement.texts.all()}
    text = texts[announcement.told.language]
    withdrawal = getattr(announcement, "withdrawal", None)
    return Notice(
        uid=announcement.uid,
        on=announcement.on,
        issuer=issuer,
        source=announcement.source,
        language=text.language,
        title=text.title,
        body=text.body,
        withdrawn_on=withdrawal.on if withdrawal else None,
        withdrawn_because=withdrawal.reason if withdrawal else "",
    )


def notices(limit: int | None = None) -> Sequence[Notice]:
    """Those that stand, newest first."""
    return _notices(_told(standing_announcements())[:limit])


def notice_in_line(uid: uuid.UUID) -> NoticeInLine:
    """Raises Announcement.DoesNotExist. A withdrawn one keeps its place among its neighbours."""
    row = _told(Announcement.objects.all()).get(uid=uid)
    earlier = Q(on__lt=row.on) | Q(on=row.on, pk__lt=row.pk)
    later = Q(on__gt=row.on) | Q(on=row.on, pk__gt=row.pk)
    standing = _told(standing_announcements())
    before = standing.filter(earlier).order_by("-on", "-pk").first()
    after = standing.filter(later).order_by("on", "pk").first()
    told_rows = iter(_notices(found for found in (row, before, after) if found))
    return NoticeInLine(
        notice=next(told_rows),
        previous=next(told_rows) if before else None,
        next=next(told_rows) if after else None,
    )


def villages_by_district() -> QuerySet[Place]:
    """Villages with their district at hand; one that stands under an aimak carries that too."""
    order = reading_order()
    return (
        villages()
        .select_related("parent__parent")
        .order_by(f"parent__{order}", "parent_id", order, "code")
    )


def village_by_code(code: str) -> Place:
    """Raises Place.DoesNotExist."""
    return villages().select_related("parent__parent").get(code=code)
