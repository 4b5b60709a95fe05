"""`GET /sync/v1/intake`: the till fetches it beside the shelf, and keeps it for days offline."""

import hashlib

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_GET

from ayil.kit.clock import local_date, now
from ayil.shop.intake.offer import offer_of
from ayil.shop.models import Device
from ayil.shop.wire import for_a_till


@require_GET
@for_a_till
def intake(request: HttpRequest, device: Device) -> HttpResponse:
    """Who brings what and who signs; 304 where the till has it already (`If-None-Match`)."""
    body = msgspec.json.encode(offer_of(device.shop, local_date(now())))
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    # A proxy that packs an answer marks its tag as weak.
    if tag in request.headers.get("If-None-Match", "").replace("W/", ""):
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(body, content_type="application/json")
    answer["ETag"] = tag
    answer["Cache-Control"] = "no-cache"
    return answer
