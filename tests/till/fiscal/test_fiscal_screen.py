"""The register beside the till: its number is typed or scanned after a sale, or later."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.rig.till_house import ShopHouse, shop_house
from tests.till.shifts.counter import JAM, SLIPPERS, Clerk, clerk_at

pytestmark = pytest.mark.browser
FLOAT = {500: 1, 100: 10, 50: 4}
CODE = "https://register.example/ticket?fn_number=0004113&fd_number=13147&sum=12000"
# A manager says on the page that a register stands beside the till.
SAY = """
import django
django.setup()
from ayil.kit.clock import now
from ayil.members.models import Party, Shop
from ayil.shop.terms import set_terms
by = Party.objects.get(name="Bakyt Osmonov")
set_terms(shop=Shop.objects.get(), refund_limit_minor=0, fiscal="external", by=by, at=now())
"""


# Keys in a burst, as a scanner with an English keyboard presses them.
SIGNS = {
    ":": ("Semicolon", True), "/": ("Slash", False), "?": ("Slash", True), "=": ("Equal", False),
    "&": ("Digit7", True), "_": ("Minus", True), ".": ("Period", False),
}  # fmt: skip
SCAN = """(keys) => keys.forEach(([code, shiftKey]) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { code, shiftKey, key: code === "Enter" ? code : "",
    bubbles: true, cancelable: true })))"""


def key(sign: str) -> tuple[str, bool]:
    if sign.isdigit():
        return f"Digit{sign}", False
    return SIGNS.get(sign) or (f"Key{sign.upper()}", sign.isupper())


@pytest.fixture(scope="module")
def house() -> Iterator[ShopHouse]:
    with shop_house(lots=4, pieces=50) as found:
        found.run(sys.executable, "-c", SAY)
        yield found


@pytest.fixture
def clerk(house: ShopHouse, chromium: Browser) -> Iterator[Clerk]:
    with clerk_at(house, chromium) as found:
        found.page.get_by_role("button", name="Open the shift").wait_for()
        yield found


def sell(clerk: Clerk, good: str) -> str:
    clerk.press(good, exact=False)
    clerk.press("Pay")
    clerk.page.locator("button.proposal").first.click()
    return clerk.page.locator("p.faint", has_text="№").inner_text().removeprefix("№ ")


def test_a_number_at_once_one_later_and_one_scanned(house: ShopHouse, clerk: Clerk) -> None:
    clerk.open(FLOAT)
    first = sell(clerk, SLIPPERS)
    clerk.press("Number of the fiscal register")
    field = clerk.page.get_by_label("Scan the square code", exact=False)
    expect(field).to_be_focused()
    assert f"№ {first}, 450 som" in clerk.words
    field.press("Enter")
    expect(clerk.page.get_by_text("This is no number of a register")).to_be_visible()
    field.fill("000101")
    field.press("Enter")
    clerk.sees("The counter")
    expect(clerk.page.get_by_text("Number 000101 is written down.")).to_be_visible()
    papers = clerk.page.evaluate("window.__papers.length")
    assert papers == 1  # the receipt is not printed again

    later = sell(clerk, JAM)
    clerk.press("Number of the fiscal register")
    clerk.press("Later")
    clerk.sees("The counter")
    scanned = clerk.sell(JAM)
    clerk.more("Numbers of the fiscal register")
    waiting = clerk.page.get_by_text("2 receipts of this shift have no number")
    expect(waiting).to_be_visible()
    assert first not in clerk.words
    clerk.press(f"№ {later}, 120 som")
    field.fill("000101")
    clerk.press("Write it down")
    assert f"Receipt № {first} has this number already" in clerk.words
    field.fill("000102")
    clerk.press("Write it down")
    expect(clerk.page.get_by_text("1 receipt of this shift has no number")).to_be_visible()
    clerk.press(f"№ {scanned}, 120 som")
    clerk.page.evaluate(SCAN, [*map(key, CODE), ("Enter", False)])
    expect(clerk.page.get_by_text("Every receipt of this shift has its number.")).to_be_visible()
    clerk.sent()
    numbers = house.ask(
        "SELECT s.receipt, n.number FROM shop_fiscalnumber n JOIN shop_tillevent e "
        "ON e.hash = n.sale JOIN shop_sale s ON s.event_id = e.id ORDER BY n.id"
    )
    assert numbers == [(first, "000101"), (later, "000102"), (scanned, "0004113-13147")]
    assert house.ask("SELECT code FROM shop_eventexception") == []
    assert house.verify() == []
