"""Evidence is kept under its own hash, outside the web root, and checked at every reading."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from ayil.grants.models import EvidenceFile
from ayil.kit.errors import AyilError
from ayil.kit.kept_papers import lay_down, refuse_unfit, take_up
from ayil.members.models import Party


def keep_evidence(
    *, content: bytes, name: str, media_type: str, by: Party, at: datetime, sha256: str = ""
) -> EvidenceFile:
    """Keeps a paper; the same bytes again return the first. `sha256`, if given, must fit.

    Raises AyilError for an empty or too large file, another kind than it says, another hash.
    """
    refuse_unfit(content, name, media_type)
    found = hashlib.sha256(content).hexdigest()
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
    lay_down(Path(settings.AYIL_HOME) / "evidence", content)
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


def read_evidence(evidence: EvidenceFile) -> bytes:
    """The file's bytes; AyilError where it is gone or no longer what was kept."""
    return take_up(evidence.path.parent, evidence.sha256, evidence)
