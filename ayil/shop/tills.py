"""What the shop's manager is told of each till: when it was heard, its clock, its programme."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayil.members.models import Shop
from ayil.shop.models import Device, DeviceStart, ShiftOpening, TillEvent

SILENT_AFTER = timedelta(days=3)
CLOCK_MAY_DIFFER = timedelta(minutes=2)


@dataclass(frozen=True)
class TillState:
    """`clock_off`: how far the till's clock was behind the server's (below nought: ahead) when it
    wrote what was heard last; None where it did not know. `numbered_anew` counts the times its
    numbers began again."""

    device: Device
    heard_at: datetime | None
    numbered_anew: int
    clock_off: timedelta | None
    version: str
    is_newest: bool
    is_silent: bool

    @property
    def clock_is_wrong(self) -> bool:
        return self.clock_off is not None and abs(self.clock_off) > CLOCK_MAY_DIFFER

    @property
    def clock_words(self) -> str:
        """By how much and which way the clock is wrong."""
        if self.clock_off is None:
            return ""
        span = _span(abs(self.clock_off))
        if self.clock_off > timedelta(0):
            return _("Its clock is %(span)s behind. Put it right in the device's settings.") % {
                "span": span
            }
        return _("Its clock is %(span)s ahead. Put it right in the device's settings.") % {
            "span": span
        }

    @property
    def is_well(self) -> bool:
        return self.heard_at is not None and not self.is_silent and not self.clock_is_wrong


def standing_tills(shops: QuerySet[Shop]) -> QuerySet[Device]:
    """Those that somebody enrolled (not those by which an import speaks) and nobody ended."""
    return Device.objects.filter(shop__in=shops, enrolled_by__isnull=False, end__isnull=True)


def tills_of(shops: QuerySet[Shop], *, newest: str, at: datetime) -> Sequence[TillState]:
    """By shop and name, in four queries for however many; `newest`: the programme's version."""
    events = TillEvent.objects.filter(device=OuterRef("pk")).order_by("-epoch", "-seq", "-id")
    opened = ShiftOpening.objects.filter(device=OuterRef("pk")).order_by("-id")
    tills = list(
        standing_tills(shops)
        .select_related("shop")
        .annotate(
            last_event=Subquery(events.values("pk")[:1]),
            last_opening=Subquery(opened.values("event_id")[:1]),
        )
        .order_by("shop__name", "code")
    )
    bodies = _read(
        {key for till in tills for key in (till.last_event, till.last_opening) if key is not None}
    )
    epochs = dict(
        DeviceStart.objects.filter(device__in=tills)
        .order_by()
        .values_list("device_id")
        .annotate(Max("epoch"))
    )
    return [_state(till, bodies, epochs.get(till.pk, 1), newest=newest, at=at) for till in tills]


_Bodies = Mapping[int, tuple[datetime, dict[str, Any]]]


def _read(keys: set[int]) -> _Bodies:
    rows = TillEvent.objects.filter(pk__in=keys).values_list("pk", "received_at", "body")
    return {pk: (heard, json.loads(bytes(body))) for pk, heard, body in rows}


def _state(till: Any, bodies: _Bodies, epoch: int, *, newest: str, at: datetime) -> TillState:
    heard_at, last = bodies.get(till.last_event, (None, {}))
    _heard, opening = bodies.get(till.last_opening, (None, {}))
    offset = last.get("offset_ms")
    version = opening.get("payload", {}).get("till", "")
    return TillState(
        device=till,
        heard_at=heard_at,
        numbered_anew=max(epoch, last.get("epoch", 1)) - 1,
        clock_off=None if offset is None else timedelta(milliseconds=offset),
        version=version,
        is_newest=version == newest,
        is_silent=heard_at is not None and at - heard_at > SILENT_AFTER,
    )


def _span(off: timedelta) -> str:
    minutes = round(off.total_seconds() / 60)
    if minutes < 120:
        words = ngettext("%(count)s minute", "%(count)s minutes", minutes)
        return words % {"count": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = round(hours / 24)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
