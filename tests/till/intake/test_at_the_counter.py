"""Goods come in at a real till with a real server, on a phone of 320 px, and are sold offline."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ayil.consignment.rules import is_till_label
from tests.rig.till_house import CLERK_PIN, ShopHouse, shop_house
from tests.till.sell.hand import scan

pytestmark = pytest.mark.browser

# The digits under the bars of each paper; the printing window itself is the rig's.
PRINTED = """
  window.printed = [];
  window.windows = 0;
  window.print = () => {
    window.windows += 1;
    for (const sheet of document.querySelectorAll("#paper .sheet")) {
      window.printed.push(sheet.querySelector(".digits")?.textContent ?? "");
    }
  };
"""
EVENTS = (
    "SELECT e.kind, a.event_id IS NOT NULL FROM shop_tillevent e "
    "LEFT JOIN shop_application a ON a.event_id = e.id ORDER BY e.id"
)
LOTS = (
    "SELECT l.label, b.accepted, b.sold, l.batch FROM consignment_lot l "
    "JOIN consignment_lotbalance b ON b.lot_id = l.id"
)


@pytest.fixture(scope="module")
def house() -> Iterator[ShopHouse]:
    with shop_house(lots=4, pieces=50) as found:
        yield found


@pytest.fixture(scope="module")
def tablet(house: ShopHouse, chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    context.add_cookies(house.till.cookies(house.origin))  # type: ignore[arg-type]
    context.add_init_script(PRINTED)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def till(house: ShopHouse, tablet: BrowserContext) -> Iterator[Page]:
    """The till in English with an open shift, as its clerk left it."""
    page = tablet.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{house.origin}/till/")
    page.locator("html[data-ready]").wait_for(state="attached", timeout=30_000)
    page.locator("#bar button").last.click()
    page.get_by_role("button", name="English", exact=True).click()
    expect(page.get_by_role("heading", name="More", exact=True)).to_be_visible()
    if page.get_by_role("button", name="Open a shift", exact=True).count():
        press(page, "Open a shift")
        clerk = house.shop["people"]["clerk"]["name"]
        page.get_by_role("radio", name=clerk).check()
        page.get_by_label(f"{clerk}, your PIN").fill(CLERK_PIN)
        press(page, "Open the shift")
        expect(page.get_by_role("button", name="Pay", exact=True)).to_be_visible()
        press(page, "More")
    press(page, "Goods come in")
    yield page
    page.close()
    assert errors == []


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def count_jam(page: Page) -> None:
    """Jyldyz brings twelve jars, of which two leak."""
    page.get_by_label("Name or village").fill("жылдыз")
    press(page, re.compile("^Jyldyz Mamyrova"))
    press(page, "Өрүк кыямы" if page.get_by_role("button", name="Өрүк кыямы").count() else
          "Apricot jam")  # fmt: skip
    expect(page.get_by_text("One costs 120 som. The shop keeps 20\u202f%")).to_be_visible()
    page.get_by_label("Accepted", exact=True).fill("10")
    press(page, "Refused: one more")
    press(page, "Refused: one more")
    press(page, "Opened or leaking")
    page.get_by_label("Batch, as it stands on the goods").fill("7")
    press(page, "A year")
    press(page, "Counted")
    expect(page.get_by_text("10 accepted, 2 refused: Opened or leaking")).to_be_visible()


def sign_with_a_finger(page: Page) -> None:
    box = page.locator("svg.signature").first
    box.scroll_into_view_if_needed()
    place = box.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 40, place["y"] + 40)
    page.mouse.down()
    for step in range(1, 16):
        page.mouse.move(place["x"] + 40 + 10 * step, place["y"] + 30 + 9 * (step % 4))
    page.mouse.up()


def sign_both(page: Page, house: ShopHouse) -> None:
    press(page, "Now both sign: 1 line")
    sign_with_a_finger(page)
    clerk = house.shop["people"]["clerk"]["name"]
    page.get_by_label(f"{clerk}, your PIN").fill(CLERK_PIN)
    press(page, "It is right: onto the shelf")
    expect(page.get_by_role("heading", name="On the shelf, and can be sold")).to_be_visible()


def intakes(house: ShopHouse) -> int:
    return sum(kind == "intake" for kind, _applied in house.ask(EVENTS))


def expect_all_sent(page: Page) -> None:
    expect(page.get_by_text("All is sent")).to_be_visible(timeout=30_000)


def test_goods_are_counted_signed_labelled_and_sold_without_a_network(
    house: ShopHouse, till: Page
) -> None:
    till.route("**/sync/**", lambda route: route.abort())
    count_jam(till)
    sign_both(till, house)
    expect(till.get_by_text("10 labels are printed.")).to_be_visible()
    printed = till.evaluate("window.printed")
    label = printed[0]
    assert is_till_label(label)
    assert printed == [label] * 10
    assert till.evaluate("window.windows") == 1
    assert label not in {lot for lot, *_sums in house.ask(LOTS)}
    press(till, "To the counter")
    expect(till.get_by_role("button", name="Pay", exact=True)).to_be_visible()
    scan(till, label)
    press(till, "Pay")
    press(till, re.compile("exactly"))
    expect(till.get_by_text("The receipt is printed.")).to_be_visible()
    till.unroute("**/sync/**")
    till.evaluate("dispatchEvent(new Event('online'))")
    expect_all_sent(till)
    assert house.ask(EVENTS)[-2:] == [("intake", 1), ("sale", 1)]
    assert house.ask("SELECT code FROM shop_eventexception") == []
    assert (label, 10, 1, "7") in house.ask(LOTS)
    signed = house.ask("SELECT side, way, verified FROM shop_signature WHERE side <> 'opening'")
    assert signed == [("shop", "pin", 1), ("consignor", "drawn", None)]
    assert house.verify() == []


def test_a_count_outlives_a_reload_and_may_be_given_up(house: ShopHouse, till: Page) -> None:
    before = intakes(house)
    count_jam(till)
    till.reload()
    till.locator("html[data-ready]").wait_for(state="attached")
    press(till, "More")
    press(till, "Goods come in")
    expect(till.get_by_text("10 accepted, 2 refused: Opened or leaking")).to_be_visible()
    press(till, "Give up this count")
    press(till, "Give it up")
    expect(till.get_by_label("Name or village")).to_be_visible()
    expect_all_sent(till)
    assert intakes(house) == before


def test_what_lacks_is_said_and_nothing_is_written(house: ShopHouse, till: Page) -> None:
    before = intakes(house)
    count_jam(till)
    press(till, re.compile("10 accepted"))
    till.get_by_label("Batch, as it stands on the goods").fill("")
    press(till, "Counted")
    expect(till.get_by_role("status")).to_contain_text("Food needs a batch")
    expect(till.get_by_label("Batch, as it stands on the goods")).to_be_focused()
    press(till, re.compile("^Made today"))
    press(till, "Counted")
    press(till, "Now both sign: 1 line")
    press(till, "It is right: onto the shelf")
    expect(till.get_by_role("status")).to_contain_text("Jyldyz Mamyrova has not signed yet.")
    sign_with_a_finger(till)
    press(till, "It is right: onto the shelf")
    expect(till.get_by_role("status")).to_contain_text("type the PIN")
    press(till, "Back to the count")
    press(till, "Give up this count")
    press(till, "Give it up")
    expect_all_sent(till)
    assert intakes(house) == before
