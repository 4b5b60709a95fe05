"""Papers that are kept as evidence: under their own hash, outside the web root, checked whenever
they are read. Each field has its own folder and its own row that says who kept the paper.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError

LARGEST_BYTES = 20 * 1024 * 1024
# How a file of each kind begins; text has no such sign and must be readable instead.
BEGINNINGS = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "text/plain": (b"",),
    "text/csv": (b"",),
}


def refuse_unfit(content: bytes, name: str, media_type: str) -> None:
    """AyilError for an empty or too large file, an unknown kind, or another than it says."""
    if not content:
        raise AyilError(
            _("%(name)s is empty. Photograph or scan the paper again.") % {"name": name}
        )
    if len(content) > LARGEST_BYTES:
        raise AyilError(
            _("%(name)s has %(bytes)s bytes; at most %(most)s are kept. Scan it coarser.")
            % {"name": name, "bytes": len(content), "most": LARGEST_BYTES}
        )
    if media_type not in BEGINNINGS:
        raise AyilError(
            _("%(name)s is %(media_type)s. Evidence is one of %(known)s.")
            % {"name": name, "media_type": media_type, "known": ", ".join(sorted(BEGINNINGS))}
        )
    if not content.startswith(BEGINNINGS[media_type]):
        raise AyilError(
            _("%(name)s says that it is %(media_type)s, and its content is not. Save it anew.")
            % {"name": name, "media_type": media_type}
        )
    if media_type.startswith("text/") and not _is_text(content):
        raise AyilError(
            _("%(name)s is no text in UTF-8. Save it as UTF-8 or as PDF.") % {"name": name}
        )


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode()
    except UnicodeDecodeError:
        return False


def lay_down(folder: Path, content: bytes) -> str:
    """Keeps the bytes, whole or not at all; returns their SHA-256, the name that they lie under."""
    found = hashlib.sha256(content).hexdigest()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".new-", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(folder / found)
    return found


def take_up(folder: Path, sha256: str, called: object) -> bytes:
    """The paper's bytes; AyilError, in which it is `called` so, where they are gone or changed."""
    try:
        content = (folder / sha256).read_bytes()
    except OSError as error:
        raise AyilError(
            _("The file of %(evidence)s is not there (%(error)s). Restore it from a backup.")
            % {"evidence": called, "error": error.strerror}
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise AyilError(
            _("The file of %(evidence)s is not the one that was kept. Restore it from a backup.")
            % {"evidence": called}
        )
    return content
