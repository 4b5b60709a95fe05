"""Ballot papers are all alike; the counting sheet is one counter's."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pytest
from django.utils.translation import override
from PIL import Image, ImageColor
from pypdf import PdfReader

from ayil.decisions.actions import call_assembly, open_poll
from ayil.decisions.models import Proposal, Rule
from ayil.decisions.papers.ballot import COLOURS, ballot_pdf, options_of, papers_a_sheet
from ayil.decisions.papers.sheet import sheets_pdf
from ayil.decisions.photos import send_proposal_photo
from tests.decisions.barskoon import AT, Barskoon
from tests.rig.papers import page_count, words_on


@pytest.fixture
def barskoon(db: None) -> Barskoon:
    made = Barskoon()
    made.quorate()
    made.propose()
    return made


def photo_of(proposal: Proposal) -> None:
    sent = io.BytesIO()
    Image.effect_noise((640, 480), 60).convert("RGB").save(sent, "JPEG")
    send_proposal_photo(proposal=proposal, data=sent.getvalue(), by=proposal.proposer, at=AT)


def test_nothing_tells_one_ballot_paper_from_another(barskoon: Barskoon) -> None:
    """Every page is the same to the byte, every paper of a page says the same, and what is printed
    tomorrow is what was printed today."""
    photo_of(barskoon.assembly.proposals.get(number=1))
    pdf = ballot_pdf(barskoon.assembly, [1, 2, 3], sheets=3, runoff=False)
    pages = PdfReader(io.BytesIO(pdf)).pages
    contents = {page.get_contents().get_data() for page in pages}  # type: ignore[union-attr]
    assert (len(pages), len(contents)) == (3, 1)
    words = pages[0].extract_text()
    for word in ("Боз үйлөр", "Юрты", "Варенье"):
        assert words.count(word) == papers_a_sheet([1, 2, 3]) == 2
    assert re.findall(r"\d+", words) == ["12", "05", "2012"] * 2
    assert len(pages[0].images) == 1 or len({image.data for image in pages[0].images}) == 1
    assert pdf == ballot_pdf(barskoon.assembly, [1, 2, 3], sheets=3, runoff=False)
    assert pdf != ballot_pdf(barskoon.assembly, [1, 2], sheets=3, runoff=False)


def test_a_runoff_is_a_quarter_of_a_sheet_and_keeps_its_colours(barskoon: Barskoon) -> None:
    before = {
        option.proposal.number: option.colour for option in options_of(barskoon.assembly, [1, 2, 3])
    }
    barskoon.vote([{2}] * 4 + [{3}] * 4 + [{1}])
    words = words_on(ballot_pdf(barskoon.assembly, [2, 3], sheets=1, runoff=True))
    assert words.count("Войлок") == 4
    after = {
        option.proposal.number: option.colour for option in options_of(barskoon.assembly, [2, 3])
    }
    assert after == {2: before[2], 3: before[3]}


def test_what_is_asked_stands_in_both_languages(barskoon: Barskoon) -> None:
    with override("en"):
        plain = words_on(ballot_pdf(barskoon.assembly, [1, 2], sheets=1, runoff=False))
    assert "None of them" not in plain
    assert plain.count("Эч кайсысы") == plain.count("Ничего из этого") == 4
    shared = call_assembly(
        village=barskoon.village, called_on=barskoon.assembly.called_on, notice="n",
        held_on=barskoon.assembly.held_on.replace(month=6), place="p", by=barskoon.registrar, at=AT,
        rule=Rule.BUDGET, budget_minor=5_000_000,
    )  # fmt: skip
    barskoon.assembly = shared
    barskoon.propose()
    words = words_on(ballot_pdf(shared, [1, 2], sheets=1, runoff=False))
    assert words.count("15\u00a0000") + words.count("15 000") >= 8


@pytest.mark.parametrize("sheets", [0, 201])
def test_so_many_sheets_are_not_printed(barskoon: Barskoon, sheets: int) -> None:
    with pytest.raises(ValueError, match="cannot be printed"):
        ballot_pdf(barskoon.assembly, [1], sheets=sheets, runoff=False)


def test_the_colours_differ_without_colour() -> None:
    weights = (299, 587, 114)
    greys = sorted(
        sum(part * weight for part, weight in zip(ImageColor.getrgb(colour), weights, strict=True))
        for colour in COLOURS
    )
    assert all(lighter - darker > 20_000 for darker, lighter in pairwise(greys))


def test_each_counter_has_a_sheet_of_two_pages(barskoon: Barskoon) -> None:
    poll = open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    pdf = sheets_pdf(poll, [barskoon.counter, barskoon.second])
    assert page_count(pdf) == 4
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert [barskoon.counter.name in page for page in pages] == [True, True, False, False]
    assert [barskoon.second.name in page for page in pages] == [False, False, True, True]
    with override("ky"):
        assert "Боз үйлөр" in words_on(sheets_pdf(poll, [barskoon.counter]))
