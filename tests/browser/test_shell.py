"""The shell under the keyboard, on paper and over a thin line: what no picture of a page shows."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import ayil.site
from tests.browser.crawl import Seen
from tests.browser.forms import forms_of
from tests.rig.demo_house import NOBODY, House

pytestmark = pytest.mark.browser
SHEET = Path(ayil.site.__file__).parent / "static" / "site" / "ayil.css"
HEAVIEST_BYTES = 60_000
MOST_STOPS = 200
MAIN = [
    (NOBODY, "/"),
    (NOBODY, "/goods/"),
    (NOBODY, "/join/"),
    (NOBODY, "/sign-in/"),
    ("producer", "/my-sales/"),
    ("officer", "/people/"),
    ("manager", "/today/"),
]
PRINTED = [
    ("producer", "/my-sales/"),
    ("producer", "/our-decision/"),
    ("producer", "/me/"),
    ("donor's officer", "/grant/"),
]
# What is chosen by the keyboard, and whether it can be seen that it is.
CHOSEN = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
    return {
        place: [...document.querySelectorAll('*')].indexOf(e),
        is_page: e === document.body,
        html: e.outerHTML.slice(0, 100),
        is_seen: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth
            && box.bottom > 0 && box.top < innerHeight,
        has_ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    };
}"""


@contextmanager
def opened(chromium: Browser, house: House, persona: str, address: str) -> Iterator[Page]:
    """A page on the smallest phone, in Kyrgyz."""
    visitor = house.visitor(persona)
    visitor.speak("ky")
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    context.add_cookies(visitor.cookies())  # type: ignore[arg-type] # as Playwright has them
    page = context.new_page()
    page.goto(house.origin + address)
    yield page
    context.close()


def stops(page: Page) -> list[dict[str, Any]]:
    """Where the tabulator leads, until it leaves the page or begins anew."""
    page.evaluate("document.activeElement.blur()")
    found: list[dict[str, Any]] = []
    while len(found) < MOST_STOPS:
        page.keyboard.press("Tab")
        stop = page.evaluate(CHOSEN)
        if stop["is_page"] or any(stop["place"] == one["place"] for one in found):
            break
        found.append(stop)
    return found


@pytest.mark.parametrize(("persona", "address"), MAIN)
def test_the_keyboard_goes_all_through_and_is_seen(
    chromium: Browser, house: House, persona: str, address: str
) -> None:
    with opened(chromium, house, persona, address) as page:
        reached = stops(page)
        reachable = page.locator(
            "a[href]:visible, button:visible, select:visible, summary:visible, textarea:visible, "
            "input:visible:not([type=hidden], [tabindex='-1'])"
        ).count()
    assert [one["html"] for one in reached if not (one["is_seen"] and one["has_ring"])] == []
    # Of several radio buttons of one question the tabulator reaches one.
    assert reachable * 0.8 <= len(reached) < MOST_STOPS


def test_the_first_wrong_field_has_the_keyboard_and_its_words(
    chromium: Browser, house: House
) -> None:
    with opened(chromium, house, NOBODY, "/join/") as page:
        with page.expect_navigation():
            page.evaluate("""() => { const form = document.querySelector('main form');
                form.noValidate = true; form.submit(); }""")
        wrong = page.locator("[aria-invalid=true]").first
        expect(wrong).to_be_focused()
        told = wrong.get_attribute("aria-describedby") or ""
        words = [page.locator(f"[id='{one}']").text_content() or "" for one in told.split()]
    assert any(word.strip() for word in words)


@pytest.mark.parametrize(("persona", "address"), PRINTED)
def test_paper_has_no_shell_and_is_black_on_white(
    chromium: Browser, house: House, persona: str, address: str
) -> None:
    with opened(chromium, house, persona, address) as page:
        page.emulate_media(media="print", color_scheme="dark")
        for away in (".tabs", ".languages", ".account", "main form", ".button", ".skip"):
            for one in page.locator(away).all():
                expect(one).to_be_hidden()
        expect(page.locator("main h1")).to_be_visible()
        colours = page.evaluate(
            "[getComputedStyle(document.body).backgroundColor, "
            "getComputedStyle(document.querySelector('h1')).color]"
        )
        assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
        assert page.pdf(format="A4").startswith(b"%PDF")


def test_no_page_is_heavy(walked: list[Seen]) -> None:
    sheet = len(gzip.compress(SHEET.read_bytes()))
    pages = sorted((one for one in walked if one.is_page), key=lambda one: one.gzipped_bytes)
    heaviest = pages[-1]
    print(f"the heaviest: {heaviest.asked} {heaviest.gzipped_bytes} + sheet {sheet} bytes, gzip")
    assert heaviest.gzipped_bytes + sheet < HEAVIEST_BYTES


def test_every_field_has_a_name_of_its_own(walked: list[Seen]) -> None:
    """Two fields of a form with one name would overwrite each other without a word."""
    twice = []
    for seen in walked:
        if seen.is_page and seen.answer.status == 200:
            for form in forms_of(seen.answer.text):
                names = [
                    one.name
                    for one in form.fields
                    if one.kind not in {"radio", "checkbox", "button"}
                ]
                twice += [f"{seen.asked}: {name}" for name in names if names.count(name) > 1]
    assert twice == []
