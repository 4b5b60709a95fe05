"""A file that waits for its second step: too large for a session or a form, kept for a day."""

import re
import time
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError

_KEPT_FOR_S = 24 * 3600


def keep(*, who: UUID, kind: str, name: str, data: bytes) -> None:
    """One list a person and kind: the next one takes its place."""
    safe = re.sub(r"[^\w .()-]", "_", Path(name).name[:100])
    path = _path(who, kind)
    path.touch(mode=0o600)
    path.write_bytes(safe.encode() + b"\n" + data)


def kept(*, who: UUID, kind: str) -> tuple[bytes, str]:
    """The bytes of the file and its name; AyilError where it is there no more."""
    try:
        name, _newline, data = _path(who, kind).read_bytes().partition(b"\n")
    except FileNotFoundError:
        raise AyilError(_("The list is not here any more. Choose the file again.")) from None
    return data, name.decode()


def forget(*, who: UUID, kind: str) -> None:
    _path(who, kind).unlink(missing_ok=True)


def _path(who: UUID, kind: str) -> Path:
    folder = Path(settings.AYIL_HOME) / "imports"
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - _KEPT_FOR_S:
            old.unlink(missing_ok=True)
    return folder / f"{who.hex}.{kind}"
