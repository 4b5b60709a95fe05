"""The screens of printing in a whole till: a printer is chosen, fails, and prints again."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.rig.clerk import Clerk
from tests.rig.profile import Tablet
from tests.rig.till_fixtures import house, line, tablet, tablets
from tests.rig.till_house import ShopHouse
from tests.rig.till_page import open_till, sold
from tests.till.receipts.test_printer import SERIAL, USB

__all__ = ["house", "line", "tablet", "tablets"]
pytestmark = pytest.mark.browser

# A printer on the table, and a hand that pulls its cable out and puts it in again.
TABLE = f"""
(() => {{ {USB} {SERIAL}
  globalThis.cable = new Cable();
  globalThis.plugIn = () => plug(globalThis.cable);
  globalThis.pullOut = () => plug();
  globalThis.plugIn();
}})()
"""


@pytest.fixture
def page(tablet: Tablet, house: ShopHouse) -> Page:
    page = open_till(tablet, house.origin)
    page.set_viewport_size({"width": 320, "height": 640})
    return page


def faults(page: Page) -> list[str]:
    """What axe finds, and what is smaller than a thumb."""
    found = [f"{one['id']}: {one['help']}" for one in Axe().run(page).response["violations"]]
    small = page.evaluate(
        """() => [...document.querySelectorAll("main button, main select, main label.choice,"
          + "main input:not([type=radio]):not([type=checkbox])")]
          .filter((one) => one.offsetParent)
          .filter((one) => one.getBoundingClientRect().height < 43.5)
          .map((one) => `small: ${one.tagName} ${one.textContent} ${one.id}`)"""
    )
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, *small, *([f"{wide} px too wide"] if wide > 0 else [])]


def to_printer(clerk: Clerk) -> None:
    clerk.page.locator("#bar").get_by_role("button").last.click()
    clerk.press("Printer")
    expect(clerk.page.get_by_role("heading", name="Printer", exact=True)).to_be_visible()


def test_a_printer_is_chosen_and_what_fails_is_printed_again(page: Page, house: ShopHouse) -> None:
    clerk = Clerk(page, house)
    clerk.speak_english()
    page.evaluate(TABLE)
    to_printer(clerk)
    page.get_by_role("radio", name=re.compile("USB")).check()
    expect(page.get_by_text("No printer is chosen yet.")).to_be_visible()
    clerk.press("Choose the printer")
    expect(page.get_by_text("The printer: Receipt printer")).to_be_visible()
    assert faults(page) == []
    clerk.press("Test print")
    expect(page.get_by_role("status")).to_contain_text("The test print is with the printer.")
    assert page.evaluate("cable.taken.splice(0).length") > 10_000

    page.locator("#bar").get_by_role("button").last.click()
    clerk.open_shift()
    page.evaluate("pullOut()")
    good = house.shop["goods"][0]["en"]
    clerk.take(good)
    clerk.pay_exactly()
    expect(page.get_by_text("The printer does not answer.")).to_be_visible()
    assert page.evaluate("cable.taken.length") == 0

    page.evaluate("plugIn()")
    page.locator("#bar").get_by_role("button").last.click()
    clerk.press("Last receipts")
    receipt = page.get_by_role("listitem").get_by_role("button").first
    number = receipt.inner_text().split(" · ")[0]
    receipt.click()
    expect(page.locator(".preview [data-receipt]")).to_have_attribute("data-receipt", number)
    expect(page.locator(".preview")).to_contain_text("Copy")
    assert faults(page) == []
    clerk.press("Print again")
    expect(page.get_by_role("status")).to_contain_text("Printed again.")
    assert page.evaluate("cable.taken.splice(0).length") > 10_000
    assert sold(page) == 1, "it was sold once and printed twice"

    page.get_by_label("Number under the bars").fill("2999999999994")
    clerk.press("Print labels")
    expect(page.get_by_role("status")).to_contain_text("There is no label 2999999999994")
    page.get_by_label("Number under the bars").fill(house.shop["goods"][0]["label"])
    page.get_by_label("How many").fill("2")
    clerk.press("Print labels")
    expect(page.get_by_role("status")).to_contain_text("The labels are printed.")
    assert page.evaluate("cable.calls.filter((one) => one === 'open').length") == 4
