"""Papers of A4 that people sign, file and check: one template, whatever stands on them.

A field says what stands on its paper (facts, tables, words, lines to sign on) in the reader's
language; how it looks is decided once, in `papers/document.typ`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import gettext as _

from ayil.kit.paper import qr_svg, set_paper
from ayil.kit.written import language

TEMPLATE = Path(__file__).parent / "papers" / "document.typ"


@dataclass(frozen=True)
class Facts:
    """Names and what they are, one below the other."""

    rows: Sequence[tuple[str, str]]

    def told(self) -> dict[str, object]:
        return {"kind": "facts", "rows": [list(row) for row in self.rows]}


@dataclass(frozen=True)
class Grid:
    """A table. `numbers` are the columns that stand to the right, from 0; `widths` are shares of
    the width, 0 for as wide as its words, all 0 but the first where none are given."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int] = ()
    totals: Sequence[Sequence[str]] = ()
    title: str = ""
    widths: Sequence[int] = ()

    def told(self) -> dict[str, object]:
        for row in (*self.rows, *self.totals):
            if len(row) != len(self.head):
                raise ValueError(f"a row of {len(row)} cells under {len(self.head)} columns: {row}")
        return {
            "kind": "table",
            "title": self.title,
            "head": list(self.head),
            "rows": [list(row) for row in self.rows],
            "totals": [list(row) for row in self.totals],
            "numbers": list(self.numbers),
            "widths": list(self.widths) or [1] + [0] * (len(self.head) - 1),
        }


@dataclass(frozen=True)
class Pictured:
    """A thing that people know by sight: its drawing (SVG), its name in large letters, its photo
    (JPEG) where there is one, and what is said of it. It is not broken over two pages."""

    drawing: str
    title: str
    rows: Sequence[tuple[str, str]]
    photo: bytes = b""

    def told(self) -> dict[str, object]:
        return {
            "kind": "pictured",
            "drawing": self.drawing,
            "title": self.title,
            "rows": [list(row) for row in self.rows],
            "photo": list(self.photo),
        }


@dataclass(frozen=True)
class Words:
    """A paragraph; small for what only an auditor reads."""

    words: str
    small: bool = False

    def told(self) -> dict[str, object]:
        return {"kind": "words", "words": self.words, "small": self.small}


@dataclass(frozen=True)
class Signs:
    """Lines to sign on: in what part, and the name (empty: to be written by hand)."""

    people: Sequence[tuple[str, str]]

    def told(self) -> dict[str, object]:
        return {"kind": "signs", "people": [list(one) for one in self.people]}


@dataclass(frozen=True)
class Document:
    """One paper. `house` is who gives it out, `code` the words of a QR code in its corner, `foot`
    stands at the bottom of each page. Made in the language that is active."""

    title: str
    parts: Sequence[Facts | Grid | Pictured | Words | Signs]
    house: str = ""
    subtitle: str = ""
    code: str = ""
    foot: str = ""
    is_wide: bool = False
    in_language: str = field(default_factory=language)

    def told(self) -> dict[str, object]:
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "house": self.house or _("One village, one product"),
            "code": qr_svg(self.code) if self.code else "",
            "foot": self.foot,
            "is_wide": self.is_wide,
            "language": self.in_language,
            "parts": [part.told() for part in self.parts],
        }


def document_pdf(papers: Sequence[Document], *, at: datetime) -> bytes:
    """The papers one after another as one PDF, each with its own count of pages.

    The same papers and the same moment give the same bytes. ValueError where there is none.
    """
    if not papers:
        raise ValueError("there is no paper to set")
    told = {"title": papers[0].title, "papers": [paper.told() for paper in papers]}
    return set_paper(TEMPLATE, told, at=at)


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """The PDF as what a page answers, to be looked at in the browser; no cache keeps it."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
