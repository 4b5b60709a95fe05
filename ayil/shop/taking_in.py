"""A till's log from the file that it made where no network would come: sealed for this server."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec
from django.utils.translation import gettext as _
from msgspec import Meta, Struct

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.kit.packed import TooLarge, Unpackable, unpack
from ayil.members.models import Party
from ayil.members.rights import Right, require
from ayil.shop.log import Refusal, ingest
from ayil.shop.models import Device, LogTaking
from ayil.shop.payloads import Name
from ayil.shop.sealing import Unsealable, open_box

# Five thousand sales come to about 5 MB, and to a tenth of it when packed.
MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
BATCH = 500
FORM = "till-export/1"


class _File(Struct, forbid_unknown_fields=True):
    ayil: Literal["till-export/1"]
    device: Name
    key: Annotated[str, Meta(max_length=4000)]
    iv: Annotated[str, Meta(max_length=40)]
    body: str


class _Log(Struct, forbid_unknown_fields=True):
    events: list[msgspec.Raw]


_file = msgspec.json.Decoder(_File)
_log = msgspec.json.Decoder(_Log)


@dataclass(slots=True)
class Taken:
    """`known` had come before, by the network or from another file; exceptions are kept for a
    person to look at."""

    device: Device
    events: int = 0
    new: int = 0
    known: int = 0
    exceptions: list[Refusal] = field(default_factory=list)


def take_in(
    *,
    raw: bytes,
    by: Party | None,
    at: datetime,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Taken:
    """Takes a till's file in; taking it in again changes nothing.

    `by` holds the right to enrol devices in the till's shop; None is who runs the server. Raises
    AyilError where the file is none, is cut short, or was sealed for another server; then nothing
    has changed. A till that was ended is heard too: what it sold is a fact.
    """
    device, events = _opened(raw, by, at)
    taken = Taken(device, events=len(events))
    for start in range(0, len(events), BATCH):
        batch = events[start : start + BATCH]
        answer = ingest(device=device, raw=[bytes(event) for event in batch], at=at)
        taken.new += answer.new
        taken.known += len(set(answer.acknowledged)) - answer.new
        taken.exceptions += answer.exceptions
        progress(start + len(batch), len(events))
    LogTaking.objects.create(
        device=device,
        sha256=hashlib.sha256(raw).digest(),
        events=len(events),
        new=taken.new,
        exceptions=len(taken.exceptions),
        at=at,
        by=by,
    )
    return taken


def _opened(raw: bytes, by: Party | None, at: datetime) -> tuple[Device, Sequence[msgspec.Raw]]:
    file = _read(raw)
    device = Device.objects.select_related("shop__fund").filter(code=file.device).first()
    if device is None:
        raise AyilError(
            _(
                "The file is of a till named %(code)s, which was never enrolled here. Take it to "
                "the server that the till belongs to."
            )
            % {"code": file.device}
        )
    if by is not None:
        day = local_date(at, ZoneInfo(device.shop.time_zone))
        require(by, Right.ENROL_DEVICE, on=day, shop=device.shop)
    return device, _log_in(file)


def _read(raw: bytes) -> _File:
    if len(raw) > MAX_FILE_BYTES:
        raise AyilError(
            _("The file is larger than any till's. Choose the file that the till made.")
        )
    try:
        return _file.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if raw.lstrip()[:30].startswith(b'{"ayil":"till-export/'):
            raise AyilError(
                _("The file was cut short or changed. Copy it from the till once more.")
            ) from error
        raise AyilError(
            _(
                "This is no file of a till. Choose the one that the till made; its name ends in "
                "`.ayil`."
            )
        ) from error


def _log_in(file: _File) -> Sequence[msgspec.Raw]:
    try:
        key, iv, box = (base64.b64decode(part, validate=True) for part in _sealed(file))
        return _log.decode(unpack(open_box(key, iv, box), at_most=MAX_UNPACKED_BYTES)).events
    except Unsealable:
        raise
    except TooLarge as error:
        raise AyilError(
            _("What is in the file is larger than any till's log. Nothing was taken in.")
        ) from error
    except (Unpackable, msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise AyilError(
            _("The file was cut short or changed. Copy it from the till once more.")
        ) from error


def _sealed(file: _File) -> tuple[str, str, str]:
    return file.key, file.iv, file.body
