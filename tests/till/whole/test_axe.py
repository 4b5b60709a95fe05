"""Every screen of the till in Kyrgyz on the smallest phone: axe, the thumb, the edge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_axe import ALL, COLOURS, RUN
from tests.browser.test_walk import SMALLEST, overflow_px
from tests.rig import till_page
from tests.rig.clerk import Clerk
from tests.rig.cut import Link
from tests.rig.till_house import ShopHouse

pytestmark = pytest.mark.browser
# What a thumb must hit: a radio or tick box is hit on its label.
SMALL = """() => {
  const least = 44;
  const whole = (one) => one.matches("input[type=radio], input[type=checkbox]")
    ? one.labels[0] ?? one : one;
  return [...document.querySelectorAll(
    "button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button]",
  )].filter((one) => one.getClientRects().length && !one.closest("#paper"))
    .map((one) => [one, whole(one).getBoundingClientRect()])
    .filter(([, box]) => box.height < least - 0.01 || box.width < least - 0.01)
    .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width}×${box.height}`);
}"""
# A picture without a word, a button for a mouse, a line wider than the phone.
BREAK = """() => {
  document.body.innerHTML = "<main><h1>Ак-Сай</h1><img src=x><button>+</button><p>…</p></main>";
  Object.assign(document.querySelector("button").style, { minHeight: 0, height: "20px" });
  document.querySelector("p").style.width = "999px";
}"""


@pytest.fixture
def page(chromium: Browser, house: ShopHouse, line: Link) -> Iterator[Page]:
    """The enrolled till on a phone of 320 px, in Kyrgyz, with a shift and goods in the cart."""
    context = chromium.new_context(viewport=SMALLEST, reduced_motion="reduce")
    context.add_cookies(house.till.cookies(line.origin))  # type: ignore[arg-type]
    context.add_init_script("window.print = () => {};")
    page = context.new_page()
    page.goto(line.origin + "/till/")
    till_page.wait_until_ready(page, lots=len(house.shop["goods"]))
    yield page
    context.close()


class Looking:
    """What was found, as lines that name the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []
        self.looked: list[str] = []

    def look(self, screen: str) -> None:
        self.looked.append(screen)
        self._axe(screen, ALL)
        self.page.emulate_media(color_scheme="dark")
        self._axe(f"{screen} by night", COLOURS)
        self.page.emulate_media(color_scheme="light")
        self.found += [f"{screen}: too small: {one}" for one in self.page.evaluate(SMALL)]
        if overflow_px(self.page):
            self.found.append(f"{screen}: wider than the phone by {overflow_px(self.page)} px")

    def _axe(self, screen: str, options: dict[str, Any]) -> None:
        self.page.evaluate(AXE_SCRIPT)
        for fault in self.page.evaluate(RUN, options)["violations"]:
            nodes = " | ".join(node["html"][:120] for node in fault["nodes"])
            self.found.append(f"{screen}: {fault['id']}: {nodes}")


def test_every_screen(page: Page, house: ShopHouse) -> None:
    looking = Looking(page)
    looking.look("open, before the first shift")
    clerk = Clerk(page, house)
    clerk.speak_english()
    clerk.open_shift()
    clerk.sell("Felt slippers")
    clerk.take("Apricot jam")
    clerk.take("Felt slippers")
    clerk.press("More")
    clerk.press("Кыргызча")
    expect(page.locator("html")).to_have_attribute("lang", "ky")
    for screen in till_page.SCREENS:
        till_page.show(page, screen)
        page.wait_for_timeout(100)  # what a screen fetches of the log comes a moment later
        looking.look(screen)
    till_page.show(page, "sell")
    page.locator("button.line").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    looking.look("sell, a line is changed")
    page.keyboard.press("Escape")
    till_page.show(page, "pay")
    page.locator(".main.proposal").click()
    expect(page.locator(".done")).to_be_visible()
    looking.look("done")
    assert looking.found == []
    assert len(looking.looked) == len(till_page.SCREENS) + 3


def test_the_looking_would_find_something(page: Page) -> None:
    looking = Looking(page)
    page.evaluate(BREAK)
    looking.look("broken")
    assert len(looking.found) >= 3
