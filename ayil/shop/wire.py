"""How an enrolled till and the server speak: who asks, what was sent, what is answered.

A till in a browser is known by its cookie, which counts only beside the header `X-Ayil-Till`: no
other site can make a browser send both. The header names the till whose log speaks, or is 1 where
it asks which one it is; so what an old till wrote never comes in under the name of the one that
its browser became. Any other programme shows `Authorization: Bearer …`.
"""

from collections.abc import Callable

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ayil.kit.packed import TooLarge, Unpackable, unpack
from ayil.shop.devices import device_of_token, remember, token_of
from ayil.shop.models import Device

MAX_BODY_BYTES = 4 * 1024 * 1024
View = Callable[[HttpRequest, Device], HttpResponse]


class Refused(Exception):
    """What was sent cannot be taken; `answer` says so."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


def answer(content: object, status: int = 200) -> HttpResponse:
    """The content as JSON, which nobody on the way may keep."""
    return HttpResponse(
        msgspec.json.encode(content),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def refuse(status: int, code: str, words: str) -> HttpResponse:
    return answer({"error": {"code": code, "words": words}}, status)


def for_a_till(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """A view for enrolled tills; a browser that is one stays one for a year from each answer."""

    @csrf_exempt
    def with_device(request: HttpRequest) -> HttpResponse:
        bearer, cookie = _tokens(request)
        device = device_of_token(bearer or cookie) if bearer or cookie else None
        if device is None:
            return refuse(
                401,
                "unknown-till",
                _("This till is not enrolled here, or was ended. Ask the shop manager."),
            )
        named = request.headers.get("X-Ayil-Till", "1")
        if named not in {"1", device.code}:
            words = _("This browser is till %(code)s now. What the old one wrote stays its own.")
            return refuse(409, "another-till", words % {"code": device.code})
        try:
            given = view(request, device)
        except Refused as refused:
            given = refused.answer
        if cookie and not bearer:
            remember(given, cookie)
        return given

    return with_device


def _tokens(request: HttpRequest) -> tuple[str, str]:
    """By the header Authorization, and by the cookie of a browser that speaks as a till."""
    scheme, _space, bearer = request.headers.get("Authorization", "").partition(" ")
    speaks_as_till = "X-Ayil-Till" in request.headers
    return bearer if scheme == "Bearer" else "", token_of(request) if speaks_as_till else ""


def body_of(request: HttpRequest) -> bytes:
    """What was sent, unpacked where it came as gzip; Refused where it is too large or broken."""
    large = refuse(413, "too-large", _("Send at most 4 MiB at once, in smaller batches."))
    length = request.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > MAX_BODY_BYTES:
        raise Refused(large)
    coding = request.headers.get("Content-Encoding", "").strip().lower()
    if coding not in {"", "identity", "gzip"}:
        words = _("What was sent is packed as %(coding)s. Send it as `gzip`, or as it is.")
        raise Refused(refuse(415, "unknown-packing", words % {"coding": coding[:40]}))
    try:
        return unpack(request.body, at_most=MAX_BODY_BYTES) if coding == "gzip" else request.body
    except (TooLarge, RequestDataTooBig):
        raise Refused(large) from None
    except Unpackable:
        words = _("What was sent cannot be unpacked: it was cut short or changed. Send it again.")
        raise Refused(refuse(400, "malformed", words)) from None
