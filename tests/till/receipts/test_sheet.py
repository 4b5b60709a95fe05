"""The browser's own printing: a roll has no pages, a label has its own size, codes are sharp."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from tests.house.test_style import faults
from tests.rig.messages import TILL
from tests.till.conftest import Modules
from tests.till.receipts.papers import CODE, JAM, PAPER, SLIPPERS, given

pytestmark = pytest.mark.browser
MM_A_POINT = 25.4 / 72

PAGE = """
const css = Object.assign(document.createElement("link"), { rel: "stylesheet",
  href: "/till/v/test/receipts/print.css" });
document.head.append(css);
await new Promise((resolve) => { css.onload = resolve; });
document.body.innerHTML = '<h1>The counter</h1><div id="paper"></div>';
globalThis.print = () => { globalThis.asked = (globalThis.asked ?? 0) + 1; };
"""


def laid(modules: Modules, what: str, language: str, width: int, **more: Any) -> None:
    body = PAGE + PAPER + "m.printSheets(Array(more.copies ?? 1).fill(paper), more.width);"
    modules.run("receipts/sheet.js", body, *given(what, language, width=width, **more))
    assert modules.page.evaluate("globalThis.asked") == 1


def pages(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in millimetres."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", pdf)
    return [(round(float(w) * MM_A_POINT), round(float(h) * MM_A_POINT)) for w, h in boxes]


@pytest.mark.parametrize("width", [58, 80])
def test_a_receipt_is_one_page_as_wide_as_the_roll(modules: Modules, width: int) -> None:
    laid(modules, "receipt", "ky", width)
    ((wide, high),) = pages(modules.page.pdf(prefer_css_page_size=True))
    assert wide == width
    assert 100 < high < 200, "as long as its words, no longer"


def test_a_label_is_a_page_of_its_own_size(modules: Modules) -> None:
    laid(modules, "label", "ru", 58)
    assert pages(modules.page.pdf(prefer_css_page_size=True)) == [(58, 40)]


def test_many_labels_are_one_print(modules: Modules) -> None:
    """Nobody answers twenty windows for twenty jars."""
    laid(modules, "label", "ky", 58, copies=20)
    assert pages(modules.page.pdf(prefer_css_page_size=True)) == [(58, 40)] * 20


def test_only_the_paper_is_printed_and_only_the_screen_is_seen(modules: Modules) -> None:
    laid(modules, "receipt", "ru", 58)
    page = modules.page
    assert not page.get_by_text("Итого").is_visible()
    page.emulate_media(media="print")
    assert page.get_by_text("Итого").is_visible()
    assert not page.get_by_text("The counter").is_visible()
    assert page.locator("[data-receipt]").get_attribute("data-receipt") == "karakol-1-1-42"
    assert page.locator(".sheet").get_attribute("lang") == "ru"


@pytest.mark.parametrize(("what", "text"), [("receipt", CODE), ("label", JAM["label"])])
def test_a_camera_reads_the_codes(modules: Modules, what: str, text: str) -> None:
    laid(modules, what, "ky", 58)
    modules.page.emulate_media(media="print")
    modules.page.evaluate("document.body.style.zoom = 3")
    shot = modules.page.locator(".sheet svg").screenshot()
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(shot)))
    assert [one.text for one in found] == [text]


@pytest.mark.parametrize("words", [1, 30])
def test_nothing_of_the_label_is_cut_off(modules: Modules, words: int) -> None:
    """A name of thirty words gives way to the code."""
    long = JAM | {"names": {one: f"{name} " * words for one, name in JAM["names"].items()}}
    laid(modules, "label", "ky", 58, lots=[SLIPPERS, long])
    modules.page.emulate_media(media="print")
    room = modules.page.evaluate(
        "() => { const box = document.querySelector('.sheet');"
        " return [box.scrollHeight - box.clientHeight, box.scrollWidth - box.clientWidth]; }"
    )
    assert room == [0, 0]


def test_the_sheet_of_style_is_read_by_older_browsers() -> None:
    assert faults((TILL / "receipts" / "print.css").read_text(encoding="utf-8")) == []
