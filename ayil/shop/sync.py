"""`POST /sync/v1/events` and `GET /sync/v1/shelf`: how a till and the server agree.

A till shows its token as `Authorization: Bearer …`. What the server acknowledges by hash is
committed; what it names as an exception is kept here as well, and a person looks at it.
"""

from collections.abc import Callable
from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from msgspec import Meta, Struct

from ayil.kit.clock import local_date, now
from ayil.shop.devices import device_of_token
from ayil.shop.log import ingest
from ayil.shop.models import Device
from ayil.shop.shelf import shelf_since

MAX_BATCH_BYTES = 4 * 1024 * 1024


class Batch(Struct, forbid_unknown_fields=True):
    events: Annotated[list[msgspec.Raw], Meta(min_length=1, max_length=500)]


_batch = msgspec.json.Decoder(Batch)
View = Callable[[HttpRequest, Device], HttpResponse]


def _answer(content: object, status: int = 200) -> HttpResponse:
    return HttpResponse(
        msgspec.json.encode(content), status=status, content_type="application/json"
    )


def _refuse(status: int, code: str, words: str) -> HttpResponse:
    return _answer({"error": {"code": code, "words": words}}, status)


def _for_a_till(view: View) -> Callable[[HttpRequest], HttpResponse]:
    @csrf_exempt
    def with_device(request: HttpRequest) -> HttpResponse:
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        device = device_of_token(token) if scheme == "Bearer" and token else None
        if device is None:
            return _refuse(
                401,
                "unknown-till",
                _("This till is not enrolled here, or was ended. Ask the shop manager."),
            )
        return view(request, device)

    return with_device


@require_POST
@_for_a_till
def events(request: HttpRequest, device: Device) -> HttpResponse:
    """Takes up to 500 events; answers {"acknowledged": [hash…], "exceptions": [{…}]}."""
    length = request.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > MAX_BATCH_BYTES:
        return _refuse(413, "too-large", _("Send at most 4 MiB at once, in smaller batches."))
    try:
        batch = _batch.decode(request.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _refuse(
            400, "malformed", _("This is not a batch of events: %(error)s.") % {"error": error}
        )
    answer = ingest(device=device, raw=[bytes(raw) for raw in batch.events], at=now())
    return _answer({"acknowledged": answer.acknowledged, "exceptions": answer.exceptions})


events.csrf_exempt = True  # type: ignore[attr-defined]


@require_GET
@_for_a_till
def shelf(request: HttpRequest, device: Device) -> HttpResponse:
    """Lots, prices and stock that the till does not have yet: above `since`, `prices`, `moves`.

    Without `moves` a lot does not come again because it was sold from.
    """
    marks = {name: request.GET.get(name, "0") for name in ("since", "prices", "moves")}
    if not all(mark.isascii() and mark.isdigit() and len(mark) <= 18 for mark in marks.values()):
        words = _("`since`, `prices` and `moves` must be whole numbers, as answered before.")
        return _refuse(400, "malformed", words)
    moves = int(marks["moves"]) if "moves" in request.GET else None
    since, prices, day = int(marks["since"]), int(marks["prices"]), local_date(now())
    return _answer(shelf_since(device.shop, since, prices, day, moves))
