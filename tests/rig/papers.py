"""The words on a paper, as somebody reads them who has the PDF alone."""

from __future__ import annotations

import io

from pypdf import PdfReader


def words_on(pdf: bytes) -> str:
    """All pages' text; runs of spaces (no-break ones too) and line ends count as one space."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).replace("\u200b", "").split())


def page_count(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)
