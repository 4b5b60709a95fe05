"""Where every ballot paper is: a sum that must come out, and a picture of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ayil.decisions.models import PollClosing, PollTally

HEIGHT = 16


@dataclass(frozen=True)
class Piece:
    """So many papers, and where they are; `kind` is a class of the style sheet."""

    kind: str
    words: str
    papers: int


def pieces_of(closing: PollClosing, tally: PollTally | None) -> list[Piece]:
    """The parts of all papers given out. Before the count, those in the box are one part."""
    box = (
        [
            Piece("valid", _("valid, in the box"), tally.valid),
            Piece("spoiled", _("spoiled, in the box"), tally.spoiled),
        ]
        if tally
        else [Piece("valid", _("in the box"), closing.used)]
    )
    return [
        *box,
        Piece("exchanged", _("spoiled and exchanged"), closing.exchanged),
        Piece("unused", _("handed back unused"), closing.unused),
    ]


def sum_picture(pieces: Sequence[Piece]) -> SafeString:
    """The parts side by side, as wide as they are many."""
    whole = sum(piece.papers for piece in pieces)
    starts = [sum(piece.papers for piece in pieces[:place]) for place in range(len(pieces))]
    parts = format_html_join(
        "",
        '<rect class="{}" x="{}" width="{}" height="{}"/>',
        ((piece.kind, str(x), str(piece.papers), HEIGHT)
         for piece, x in zip(pieces, starts, strict=True) if piece.papers),
    )  # fmt: skip
    said = ", ".join(f"{piece.words}: {piece.papers}" for piece in pieces)
    return format_html(
        '<svg class="papers" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img">'
        "<title>{}</title>{}</svg>",
        str(max(whole, 1)),
        HEIGHT,
        said,
        parts,
    )
