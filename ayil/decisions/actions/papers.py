"""The papers of an assembly, photographed and kept."""

from datetime import datetime

from django.db import transaction

from ayil.decisions.actions.assemblies import lock
from ayil.decisions.models import Assembly, DecisionPaper
from ayil.kit import photos
from ayil.kit.kept_papers import lay_down, refuse_unfit, take_up
from ayil.members.models import Party

PDF = "application/pdf"
# A page of A4 at this height shows a signature and the figures beside it.
READABLE_PX = 2400


def keep_paper(
    *,
    assembly: Assembly,
    kind: DecisionPaper.Kind,
    content: bytes,
    by: Party,
    at: datetime,
    words: str = "",
) -> DecisionPaper:
    """A photo (JPEG, PNG, WebP) or a PDF of a paper; the same again is once.

    A photo is drawn anew: the place where it was taken does not come along. Raises AyilError
    where the file is neither, and then nothing is kept.
    """
    if content.startswith(b"%PDF-"):
        media_type, kept = PDF, content
    else:
        media_type = "image/jpeg"
        kept = photos.redrawn(content, longest_px=READABLE_PX).jpeg
    refuse_unfit(kept, str(assembly), media_type)
    with transaction.atomic():
        lock(assembly)
        sha256 = lay_down(DecisionPaper.folder(), kept)
        return DecisionPaper.objects.get_or_create(
            assembly=assembly,
            sha256=sha256,
            defaults={
                "kind": kind,
                "media_type": media_type,
                "size_bytes": len(kept),
                "words": words.strip()[:200],
                "by": by,
                "at": at,
            },
        )[0]


def read_paper(paper: DecisionPaper) -> bytes:
    """The paper's bytes; AyilError where they are gone or no longer what was kept."""
    return take_up(DecisionPaper.folder(), paper.sha256, paper)
