"""Whatever words come through a form, they are shown as words, and stay within the page.

Every form that takes words is sent hostile ones, by each person who is shown it, in a house of its
own; then every page is walked again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.crawl import Seen, route_of, walk, walk_as_all
from tests.browser.forms import forms_of
from tests.browser.test_walk import SMALLEST, overflow_px
from tests.rig.demo_house import NOBODY, House, demo_house

pytestmark = pytest.mark.browser
SCRIPT = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>{{7*7}}${7*7}'"
TURNED = "\u202eАйгүл\u2066 🐑👩🏽‍🌾 <b>калын</b>"
LONG = "Ы" * 160
WORDS = (SCRIPT, TURNED, LONG)
# Sent hostile words, these only say no, and after a few of them they shut (see the tests of doors).
DOORS = {"sign-in", "sign-in-card", "ask-link", "sign-out"}
FEWEST_STORED = 5


@dataclass(frozen=True)
class Written:
    """The walk after all the forms were sent, and how often each was taken."""

    walked: list[Seen]
    sent: Counter[str]
    taken: Counter[str]


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.hostile: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        is_code = tag == "script" and not said.get("src") and said.get("type") is None
        if is_code or tag == "b" or any(name.startswith("on") for name in said):
            self.hostile.append(self.get_starttag_text() or tag)


def hostile_elements(page: str) -> list[str]:
    """What a page would run, or draw, of the words that were sent."""
    reader = _Elements()
    reader.feed(page)
    return reader.hostile


def write_everywhere(house: House) -> tuple[Counter[str], Counter[str]]:
    sent: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for persona in (NOBODY, *house.doors):
        for seen in list(walk(house, persona)):
            if not seen.is_page or seen.answer.status != 200 or seen.landed in DOORS:
                continue
            _write(house, persona, seen, sent, taken)
    return sent, taken


def _write(house: House, persona: str, seen: Seen, sent: Counter[str], taken: Counter[str]) -> None:
    for number, form in enumerate(forms_of(seen.answer.text)):
        target = urlsplit(urljoin(seen.answer.address, form.action)).path
        name = f"{route_of(target)}"
        if not form.takes_words or sent[name] >= len(WORDS) or name in DOORS:
            continue
        for words in WORDS:
            visitor = house.visitor(persona)
            # Once more: each opening of a form has a number of its own.
            forms = forms_of(visitor.get(seen.asked).text)
            if number >= len(forms):
                break
            typed = {"website": ""}
            answer = visitor.post(target, forms[number].filled(words, typed), form_on=seen.asked)
            assert answer.status < 500, f"{target} breaks on {words[:20]} from {persona}"
            sent[name] += 1
            taken[name] += answer.address != target


@pytest.fixture(scope="module")
def written() -> Iterator[tuple[House, Written]]:
    with demo_house() as house:
        sent, taken = write_everywhere(house)
        yield house, Written(walk_as_all(house), sent, taken)


def test_words_are_shown_as_words(written: tuple[House, Written]) -> None:
    _house, found = written
    print(f"sent to {len(found.sent)} forms, taken by {sum(map(bool, found.taken.values()))}")
    assert sum(map(bool, found.taken.values())) >= FEWEST_STORED, found.taken
    pages = [seen for seen in found.walked if seen.is_page]
    assert any("{{7*7}}" in seen.answer.text for seen in pages)
    assert [
        f"{seen.asked} ({seen.persona}): {one}"
        for seen in pages
        for one in hostile_elements(seen.answer.text)
    ] == []


def test_no_page_breaks_on_words(written: tuple[House, Written]) -> None:
    _house, found = written
    assert [seen.asked for seen in found.walked if seen.answer.status >= 500] == []


def test_long_words_stay_within_the_page(written: tuple[House, Written], chromium: Browser) -> None:
    house, found = written
    context = chromium.new_context(viewport=SMALLEST)
    wide, looked = [], set()
    for seen in found.walked:
        has_words = seen.is_page and ("Ы" * 20 in seen.answer.text or "\u202e" in seen.answer.text)
        if not has_words or seen.landed in looked:
            continue
        looked.add(seen.landed)
        context.clear_cookies()
        context.add_cookies(house.visitor(seen.persona).cookies())  # type: ignore[arg-type] # as Playwright has them
        page = context.new_page()
        page.on("dialog", lambda dialog: wide.append(f"a dialog: {dialog.message}"))
        page.goto(house.origin + seen.asked)
        if overflow_px(page):
            wide.append(f"{seen.asked} ({seen.persona})")
        page.close()
    context.close()
    assert looked
    assert "\n".join(wide) == ""


def test_a_hostile_element_would_be_found() -> None:
    assert hostile_elements("<p>&lt;script&gt;</p><script src='/till.js'></script>") == []
    assert len(hostile_elements(f"<p>{SCRIPT}{TURNED}</p>")) == 3
