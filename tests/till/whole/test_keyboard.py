"""A sale by the keyboard alone, one by what a screen reader says alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.rig import till_page
from tests.rig.clerk import Clerk
from tests.rig.cut import Link
from tests.rig.profile import Tablet
from tests.rig.till_house import CLERK_PIN, ShopHouse

pytestmark = pytest.mark.browser
MOST_TABS = 60
# What a screen reader would call the element that has the focus.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one.matches("button, a[href], input, select, textarea, summary")) return "";
  const labels = [...(one.labels ?? [])].map((label) => label.textContent).join(" ");
  return one.getAttribute("aria-label") ?? (labels || one.textContent);
}"""


class Hands:
    """A clerk who has a keyboard and nothing else: neither mouse nor finger."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def type(self, keys: str) -> None:
        self.page.keyboard.press(keys)

    def to(self, name: str) -> None:
        """Tabs to what bears the name; fails where the keyboard never comes there."""
        passed = []
        for _tab in range(MOST_TABS):
            found = " ".join(str(self.page.evaluate(FOCUSED)).split())
            if re.search(name, found):
                return
            passed.append(found[:30])
            self.type("Tab")
        raise AssertionError(f"{MOST_TABS} tabs never reached {name!r}, but: {passed}")


def opened(house: ShopHouse, line: Link, tablet: Tablet) -> Clerk:
    page = till_page.open_till(tablet, line.origin)
    till_page.wait_until_ready(page, lots=len(house.shop["goods"]))
    clerk = Clerk(page, house)
    clerk.speak_english()
    return clerk


def test_the_keyboard_alone(house: ShopHouse, line: Link, tablet: Tablet) -> None:
    """From the opening of the shift to the second buyer; Tab reaches all, the usual has a key."""
    clerk = opened(house, line, tablet)
    hands = Hands(clerk.page)
    hands.to("^Open a shift$")
    hands.type("Enter")
    expect(clerk.page.get_by_role("heading", name="Open a shift")).to_be_focused()
    hands.to(f"^{clerk.name}$")
    hands.type("Space")
    hands.to("your PIN$")
    clerk.page.keyboard.type(CLERK_PIN)
    hands.to("^100 ×$")
    clerk.page.keyboard.type("20")
    hands.to("^Open the shift$")
    hands.type("Enter")
    expect(clerk.page.get_by_role("heading", name="The counter")).to_be_focused()

    hands.to("Felt slippers")
    hands.type("Enter")
    hands.to("^Pay$")
    hands.type("Enter")
    hands.to("exactly")
    hands.type("Enter")
    clerk.expect_done()
    hands.to("The next sale")
    hands.type("Enter")
    # The second buyer, by the short keys: F2 finds, F4 pays, Enter takes the exact sum.
    expect(clerk.page.get_by_role("heading", name="The counter")).to_be_focused()
    hands.type("F2")
    clerk.page.keyboard.type("jam")
    expect(clerk.page.get_by_role("button", name=re.compile("Felt slippers"))).to_have_count(0)
    hands.to("Apricot jam")
    hands.type("Enter")
    expect(clerk.page.get_by_role("button", name="Pay", exact=True)).to_be_enabled()
    hands.type("F4")
    expect(clerk.page.get_by_role("button", name=re.compile("exactly"))).to_be_focused()
    hands.type("Enter")
    clerk.expect_done()
    till_page.send_all(clerk.page)
    assert house.ask("SELECT count(*), sum(gross_minor) FROM shop_sale") == [(2, 57_000)]


def test_a_screen_reader_alone(house: ShopHouse, line: Link, tablet: Tablet) -> None:
    """Everything is found by role and name, and every step is said or has the focus."""
    clerk = opened(house, line, tablet)
    page = clerk.page
    status = page.locator("#said")
    expect(status).to_have_attribute("aria-live", "polite")
    clerk.open_shift()
    expect(status).to_have_text("The shift is open.")
    clerk.take("Felt slippers")
    expect(status).to_contain_text("Felt slippers · 450")
    expect(status).to_contain_text("Together 450")
    clerk.press("Pay")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("To pay 450"))
    clerk.press(re.compile("exactly"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Sold for 450"))
    clerk.expect_done()
    expect(page.get_by_role("button", name="The next sale")).to_be_focused()
    # Each screen names itself once, so that a reader knows where they are.
    for screen in till_page.SCREENS:
        till_page.show(page, screen)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
