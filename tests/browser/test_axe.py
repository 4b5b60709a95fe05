"""axe-core on every page, in three languages, by day and by night, on the smallest phone.

The pages are those that `tests/browser/crawl.py` walks, in Kyrgyz each as up to two of the people
who may open it; the same look also measures what axe does not: what is cut off, what a thumb would
miss.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page

from ayil.site.routes import ROUTES
from tests.browser.crawl import NOT_WALKED, Seen, routes
from tests.browser.test_walk import SMALLEST, overflow_px, small_targets
from tests.rig.demo_house import NOBODY, House, Visitor

pytestmark = pytest.mark.browser
# Pages that no link of the small demo leads to, each with the reason.
BY_NO_LINK = {
    "ageing-say": "in the six weeks of the small demo nothing stands too long",
    "assembly-hands": "in the demo every vote is counted",
    "assembly-attendance": "the demo's assemblies are minuted",
    "assembly-roll-add": "the demo's assemblies are minuted",
    "assembly-roll-add-paper": "the demo's assemblies are minuted",
    "assembly-roll-answer": "in the demo nobody objects to a roll",
    "assembly-roll-enter": "the demo's rolls are frozen",
    "assembly-roll-freeze": "the demo's rolls are frozen",
    "assembly-roll-hang": "the demo's rolls are frozen",
    "assembly-roll-object": "the demo's rolls are frozen",
    "ballot-papers": "in the demo every vote is counted",
    "booth": "in the demo every vote is counted",
    "card": "its code stands on paper only",
    "complain": "the days for complaints about the demo's assemblies are over",
    "decision-paper": "the demo has no photographs of papers",
    "counting-sheets": "in the demo every vote is counted",
    "dispute-case": "in the six weeks of the small demo nobody disputes a statement",
    "dispute-paper": "in the six weeks of the small demo nobody disputes a statement",
    "fiscal": "the demo's shop has no fiscal register",
    "grant-of": "the only agreement stands at /grant/ itself",
    "intake": "the demo's goods were counted on paper, none at a till",
    "mfa_remove_webauthn": "the demo's people have no passkeys",
    "my-ageing": "in the six weeks of the small demo nothing stands too long",
    "payout-hand-over": "at the demo's end every payout is handed over",
    "photo": "the demo has no photographs of people",
    "till-file": "files of the till's programme, no pages",
    "proposal-change": "the demo's votes are held, and their proposals stand as they are",
    "proposal-evidence": "the demo's votes are held, and their proposals stand as they are",
    "proposal-new": "the demo's votes are held, and nothing more is proposed to them",
    "proposal-photo": "the demo's votes are held, and their proposals stand as they are",
    "proposal-picture": "the demo has no photographs",
    "transfer": "the demo has one shop",
    "transfer-paper": "the demo has one shop",
    "use-link": "its token stands in a message only",
    "vote-close": "in the demo every vote is counted",
    "vote-count": "in the demo every vote is counted",
    "vote-lot": "in the demo every vote is counted",
    "vote-open": "in the demo every vote is counted",
}
LANGUAGES = ("ky", "ru", "en")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast"]},
    "resultTypes": ["violations"],
}
RUN = "options => axe.run(document, options)"
# Empties the form and sends it past the browser's own check, so that the server's words come.
SEND_EMPTY = """number => {
    const form = [...document.querySelectorAll('main form[method="post"]')][number];
    for (const field of form.elements) if (field.required) {
        if (field.type === 'checkbox' || field.type === 'radio') field.checked = false;
        else field.value = '';
    }
    form.noValidate = true;
    form.submit();
}"""
EMPTYABLE = """() => [...document.querySelectorAll('main form[method="post"]')].map(
    form => [...form.elements].some(field => field.required && field.type !== 'file'))"""


@dataclass
class Report:
    """What was found, each as one line that names page, person and language."""

    violations: list[str] = field(default_factory=list)
    cut_off: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    looked: Counter[str] = field(default_factory=Counter)


def chosen(walked: Sequence[Seen], people: int) -> dict[str, list[Seen]]:
    """By persona: each page for the first `people` who may, each kind of refusal for one."""
    taken: Counter[tuple[str, int]] = Counter()
    by_persona: dict[str, list[Seen]] = {}
    for seen in walked:
        if not seen.is_page or seen.answer.status == 405:
            continue
        status = seen.answer.status
        key = (seen.landed if status == 200 else "refused", status)
        most = people if status == 200 and seen.persona != NOBODY else 1
        already = any(one.landed == seen.landed for one in by_persona.get(seen.persona, ()))
        if taken[key] < most and not already:
            taken[key] += 1
            by_persona.setdefault(seen.persona, []).append(seen)
    return by_persona


class Looking:
    """One person's browser, and what it finds."""

    def __init__(self, page: Page, origin: str, report: Report, who: str) -> None:
        self.page, self.origin, self.report, self.who = page, origin, report, who

    def look(self, address: str, language: str, *, night: bool) -> None:
        self.page.goto(self.origin + address)
        self.measure(f"{address} ({self.who}, {language})", ALL)
        if night:
            self.page.emulate_media(color_scheme="dark")
            self.measure(f"{address} ({self.who}, by night)", COLOURS)
            self.page.emulate_media(color_scheme="light")

    def measure(self, where: str, options: dict[str, Any]) -> None:
        self.page.evaluate(AXE_SCRIPT)
        self.report.looked["by axe"] += 1
        for found in self.page.evaluate(RUN, options)["violations"]:
            for node in found["nodes"]:
                why = [c["message"] for c in node["any"] + node["all"] + node["none"]]
                words = f"{found['id']}: {node['html'][:160]} {'; '.join(why)[:200]}"
                self.report.violations.append(f"{where}: {words}")
        if overflow_px(self.page):
            self.report.cut_off.append(where)
        self.report.small += [f"{where}: {one}" for one in small_targets(self.page)]

    def send_empty_forms(self, address: str) -> None:
        self.page.goto(self.origin + address)
        forms = self.page.evaluate(EMPTYABLE)
        for number, has_required in enumerate(forms):
            if has_required:
                with self.page.expect_navigation():
                    self.page.evaluate(SEND_EMPTY, number)
                self.report.looked["forms sent empty"] += 1
                self.measure(f"{address}, form {number} sent empty ({self.who})", ALL)
                self.page.goto(self.origin + address)


def opened(context: BrowserContext, visitor: Visitor, report: Report) -> Page:
    context.clear_cookies()
    context.add_cookies(visitor.cookies())  # type: ignore[arg-type] # as Playwright has them
    page = context.new_page()
    page.on("pageerror", lambda error: report.said.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: (
            report.said.append(f"{page.url}: {said.text}")
            if said.type == "error" and "the server responded with a status of" not in said.text
            else None
        ),
    )
    return page


@pytest.fixture(scope="module")
def report(house: House, walked: list[Seen], chromium: Browser) -> Report:
    report = Report()
    # Without motion: a colour that is still fading in when night falls is no colour of ours.
    context = chromium.new_context(viewport=SMALLEST, reduced_motion="reduce")
    for language in LANGUAGES:
        in_full = language == LANGUAGES[0]
        for persona, pages in chosen(walked, people=2 if in_full else 1).items():
            visitor = house.visitor(persona)
            visitor.speak(language)
            page = opened(context, visitor, report)
            looking = Looking(page, house.origin, report, persona)
            for seen in pages:
                report.looked[f"pages, {language}"] += 1
                looking.look(seen.asked, language, night=in_full)
                if in_full and seen.answer.status == 200:
                    looking.send_empty_forms(seen.asked)
            page.close()
    context.close()
    print(dict(report.looked))
    return report


def test_axe_finds_nothing(report: Report) -> None:
    assert report.looked["by axe"] > 100
    assert report.violations == []


def test_nothing_is_cut_off(report: Report) -> None:
    assert report.cut_off == []


def test_nothing_is_too_small_for_a_thumb(report: Report) -> None:
    assert sorted(set(report.small)) == []


def test_no_page_breaks_the_policy_or_a_script(report: Report) -> None:
    assert report.said == []


def test_axe_would_find_something(page: Page) -> None:
    page.set_content("<main><h1>Ак-Сай</h1><img src='x.png'><button></button></main>")
    page.evaluate(AXE_SCRIPT)
    found = {one["id"] for one in page.evaluate(RUN, ALL)["violations"]}
    assert {"image-alt", "button-name", "html-has-lang"} <= found


def test_every_page_was_walked(walked: list[Seen]) -> None:
    """A route whose address has parts is reached by a link: where none leads to it, nobody can."""
    reached = {seen.route for seen in walked} | {seen.landed for seen in walked}
    # A library's pages have names of its own beside ours, at the same address.
    addresses = {one.address for one in routes() if one.name in reached}
    pages = {
        one.name
        for one in routes()
        if one.name not in NOT_WALKED
        and one.address not in addresses
        and ("GET" in ROUTES[one.name].methods if one.name in ROUTES else not one.parts)
    }
    assert pages - BY_NO_LINK.keys() == set()


def test_no_link_leads_to_a_refusal(walked: list[Seen]) -> None:
    plain = {one.address for one in routes() if not one.parts}
    refused = [
        f"{seen.asked} answers {seen.answer.status} to {seen.persona}"
        for seen in walked
        if seen.asked not in plain and seen.answer.status not in {200, 405}
    ]
    assert refused == []
