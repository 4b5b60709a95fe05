"""`/sync/v1/…`: how a till and the server agree.

What the server acknowledges by hash is committed; what it names as an exception is kept here as
well, and a person looks at it.
"""

from base64 import b64decode
from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from msgspec import Meta, Struct

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.shop.about import about
from ayil.shop.devices import start_epoch
from ayil.shop.log import ingest
from ayil.shop.models import Device
from ayil.shop.programme import programme
from ayil.shop.sealing import public_key_spki
from ayil.shop.shelf import shelf_since
from ayil.shop.wire import answer, body_of, for_a_till, refuse


class Batch(Struct, forbid_unknown_fields=True):
    events: Annotated[list[msgspec.Raw], Meta(min_length=1, max_length=500)]


class Start(Struct, forbid_unknown_fields=True):
    public_key: Annotated[str, Meta(max_length=200)] = ""


_batch = msgspec.json.Decoder(Batch)
_start = msgspec.json.Decoder(Start)


@require_POST
@for_a_till
def events(request: HttpRequest, device: Device) -> HttpResponse:
    """Takes up to 500 events; answers {"acknowledged": [hash…], "exceptions": [{…}], …}.

    `new_epoch` asks the till to begin a new one between two shifts: its numbers are not its own.
    """
    try:
        batch = _batch.decode(body_of(request))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return refuse(
            400, "malformed", _("This is not a batch of events: %(error)s.") % {"error": error}
        )
    at = now()
    taken = ingest(device=device, raw=[bytes(raw) for raw in batch.events], at=at)
    return answer(
        {
            "acknowledged": taken.acknowledged,
            "exceptions": taken.exceptions,
            "new_epoch": taken.new_epoch,
            "server_time": at.isoformat(timespec="milliseconds"),
        }
    )


@require_GET
@for_a_till
def till(_request: HttpRequest, device: Device) -> HttpResponse:
    """What the till is, whose, on which terms, and where the server stands in its log."""
    return answer(
        about(device, version=programme().version, sealing_key=public_key_spki(), at=now())
    )


@require_POST
@for_a_till
def start(request: HttpRequest, device: Device) -> HttpResponse:
    """Begins a new epoch: the till's numbers start at 1 again, with a key of its own."""
    try:
        public_key = b64decode(_start.decode(body_of(request)).public_key, validate=True)
        begun = start_epoch(device=device, public_key=public_key, at=now())
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, AyilError) as error:
        return refuse(400, "malformed", _("No new epoch was begun. %(error)s") % {"error": error})
    return answer({"epoch": begun.epoch})


@require_GET
@for_a_till
def shelf(request: HttpRequest, device: Device) -> HttpResponse:
    """Lots, prices and stock that the till does not have yet: above `since`, `prices`, `moves`.

    Without `moves` a lot does not come again because it was sold from.
    """
    marks = {name: request.GET.get(name, "0") for name in ("since", "prices", "moves", "after")}
    if not all(mark.isascii() and mark.isdigit() and len(mark) <= 18 for mark in marks.values()):
        words = _("`since`, `prices`, `moves`, `after` must be whole numbers, as answered before.")
        return refuse(400, "malformed", words)
    moves = int(marks["moves"]) if "moves" in request.GET else None
    since, prices, after = (int(marks[name]) for name in ("since", "prices", "after"))
    page = shelf_since(device.shop, since, prices, local_date(now()), moves, after=after)
    return answer(page)
