"""Evidence is kept under its own hash, outside the web root, and checked at every reading."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from ayil.grants.models import EvidenceFile
from ayil.kit.errors import AyilError
from ayil.members.models import Party

LARGEST_BYTES = 20 * 1024 * 1024
# How a file of each kind begins; text has no such sign and must be readable instead.
BEGINNINGS = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "text/plain": (b"",),
    "text/csv": (b"",),
}


def keep_evidence(
    *, content: bytes, name: str, media_type: str, by: Party, at: datetime, sha256: str = ""
) -> EvidenceFile:
    """Keeps a paper; the same bytes again return the first. `sha256`, if given, must fit.

    Raises AyilError for an empty or too large file, another kind than it says, another hash.
    """
    found = hashlib.sha256(content).hexdigest()
    words = _refusal(content, name, media_type)
    if words:
        raise AyilError(words)
    if sha256 and sha256.lower() != found:
        raise AyilError(
            _(
                "%(name)s: the file's SHA-256 is %(found)s, not %(sha256)s. It was damaged "
                "or changed on its way: send it again."
            )
            % {"name": name, "found": found, "sha256": sha256}
        )
    known = EvidenceFile.objects.filter(sha256=found).first()
    if known is not None and known.path.is_file():
        return known
    _write(Path(settings.AYIL_HOME) / "evidence", found, content)
    return EvidenceFile.objects.get_or_create(
        sha256=found,
        defaults={
            "media_type": media_type,
            "size_bytes": len(content),
            "name": Path(name).name[:160],
            "by": by,
            "kept_at": at,
        },
    )[0]


def _refusal(content: bytes, name: str, media_type: str) -> str | None:
    if not content:
        return _("%(name)s is empty. Photograph or scan the paper again.") % {"name": name}
    if len(content) > LARGEST_BYTES:
        return _("%(name)s has %(bytes)s bytes; at most %(most)s are kept. Scan it coarser.") % {
            "name": name,
            "bytes": len(content),
            "most": LARGEST_BYTES,
        }
    if media_type not in BEGINNINGS:
        return _("%(name)s is %(media_type)s. Evidence is one of %(known)s.") % {
            "name": name,
            "media_type": media_type,
            "known": ", ".join(sorted(BEGINNINGS)),
        }
    if not content.startswith(BEGINNINGS[media_type]):
        return _(
            "%(name)s says that it is %(media_type)s, and its content is not. Save it anew."
        ) % {"name": name, "media_type": media_type}
    if media_type.startswith("text/") and not _is_text(content):
        return _("%(name)s is no text in UTF-8. Save it as UTF-8 or as PDF.") % {"name": name}
    return None


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode()
    except UnicodeDecodeError:
        return False


def _write(folder: Path, name: str, content: bytes) -> None:
    """Whole or not at all: a file under its hash never holds half of the bytes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".new-", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(folder / name)


def read_evidence(evidence: EvidenceFile) -> bytes:
    """The file's bytes; AyilError where it is gone or no longer what was kept."""
    try:
        content = evidence.path.read_bytes()
    except OSError as error:
        raise AyilError(
            _("The file of %(evidence)s is not there (%(error)s). Restore it from a backup.")
            % {"evidence": evidence, "error": error.strerror}
        ) from error
    if hashlib.sha256(content).hexdigest() != evidence.sha256:
        raise AyilError(
            _("The file of %(evidence)s is not the one that was kept. Restore it from a backup.")
            % {"evidence": evidence}
        )
    return content
