"""A day at the counter as a clerk lives it: the real till, a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.rig.till_house import ShopHouse, shop_house
from tests.till.shifts.counter import JAM, SLIPPERS, Clerk, clerk_at

pytestmark = pytest.mark.browser
FLOAT = {500: 1, 100: 10, 50: 4}  # 1,700 som


@pytest.fixture(scope="module")
def house() -> Iterator[ShopHouse]:
    with shop_house(lots=4, pieces=50) as found:
        yield found


@pytest.fixture
def clerk(house: ShopHouse, chromium: Browser) -> Iterator[Clerk]:
    with clerk_at(house, chromium) as found:
        yield found


def events(house: ShopHouse) -> list[dict[str, Any]]:
    """What the server holds of the newest epoch, in the order of the numbers."""
    rows = house.ask("SELECT body FROM shop_tillevent ORDER BY epoch, seq")
    found = [json.loads(bytes(row[0])) for row in rows]
    return [event for event in found if event["epoch"] == found[-1]["epoch"]]


def test_a_shift_from_its_opening_to_the_z_report(house: ShopHouse, clerk: Clerk) -> None:
    clerk.open(FLOAT)
    sold = clerk.sell(SLIPPERS, JAM)
    clerk.more("Cash in and out")
    clerk.count({100: 2})
    clerk.press("To the bank")
    clerk.press("It is out of the drawer")
    clerk.sees("The counter")
    clerk.more("Close the shift")
    due = 1_700 + 570 - 200
    assert f"{due}" not in clerk.page.locator("body").inner_text()  # the count is blind
    clerk.count({1000: 2, 20: 1})
    clerk.press("I have counted")
    clerk.sees("Counted: 2020 som")
    clerk.press("Close the shift")
    clerk.sees("Z-report")
    assert "Short: 50 som." in clerk.words
    assert "Due in the drawer\n2070" in clerk.words
    clerk.press("Print")
    assert "Short−50" in clerk.paper_with("Z-report")
    clerk.press("Done")
    clerk.sees("Open a shift")
    clerk.sent()

    opened, sale, moved, closed = events(house)
    assert [event["payload"]["kind"] for event in (opened, sale, moved, closed)] == [
        "shift_opened", "sale", "cash_moved", "shift_closed",
    ]  # fmt: skip
    assert {event["shift"] for event in (opened, sale, moved, closed)} == {opened["shift"]}
    clerk_uid = house.shop["people"]["clerk"]["uid"]
    assert {event["cashier"] for event in (opened, closed)} == {clerk_uid}
    assert opened["payload"]["counted"] == {"50000": 1, "10000": 10, "5000": 4}
    assert opened["payload"]["proof"]["way"] == "pin"
    assert sale["payload"]["receipt"] == sold
    assert (moved["payload"]["amount"], moved["payload"]["notes"]) == (-20_000, {"10000": -2})
    assert closed["payload"]["report"] == {
        "first": opened["seq"], "events": 3, "sales": 1, "refunds": 0, "sold": 57_000,
        "returned": 0, "rounding": 0, "paid": {"cash": 57_000}, "float": 170_000,
        "moved": -20_000, "expected": 207_000,
    }  # fmt: skip
    assert house.ask("SELECT code FROM shop_eventexception") == []
    assert house.verify() == []


def test_nothing_is_sold_without_a_shift_and_a_z_report_is_printed_again(clerk: Clerk) -> None:
    clerk.sees("Open a shift")
    clerk.page.evaluate("location.hash = '#sell'")
    clerk.press("More")
    for closed in ("The counter", "Cash in and out", "Close the shift", "Goods brought back"):
        expect(clerk.page.get_by_role("button", name=closed, exact=True)).to_have_count(0)
    clerk.press("Open a shift")
    clerk.open({})
    clerk.close({})
    assert "The drawer holds exactly what is due." in clerk.words
    clerk.press("Done")
    clerk.more("Z-reports")
    clerk.page.locator("ul.receipts button").first.click()
    clerk.sees("Z-report")
    clerk.press("Print again")
    assert "Z-report" in clerk.paper_with("Copy")


def test_the_day_is_chosen_and_never_before_the_last(clerk: Clerk, house: ShopHouse) -> None:
    clerk.sees("Open a shift")
    clerk.begin()
    clerk.press("The day after")
    clerk.press("Open the shift")
    expect(clerk.page.get_by_text("Is the day right? Say yes first.")).to_be_visible()
    clerk.press("Yes, it is", exact=False)
    clerk.press("Open the shift")
    clerk.sees("The counter")
    clerk.close({})
    clerk.press("Done")
    clerk.sees("Open a shift")
    clerk.begin()
    clerk.press("The day before")
    expect(clerk.page.get_by_text("A new one cannot be on an earlier day")).to_be_visible()
    clerk.press("Open the shift")
    clerk.sees("Open a shift")
    # After a restart the till still knows.
    clerk.page.reload()
    clerk.sees("Open a shift")
    clerk.press("The day before")
    expect(clerk.page.get_by_text("A new one cannot be on an earlier day")).to_be_visible()


def test_a_clock_that_jumps_back_in_a_shift(clerk: Clerk, house: ShopHouse) -> None:
    """Three days back in the middle of the shift: told, and nothing in another order."""
    clerk.open({})
    clerk.sell(JAM)
    clerk.sent()
    jump = 3 * 24 * 3600 * 1000
    clerk.page.evaluate(
        "(jump) => { const Real = Date; globalThis.Date = class extends Real {"
        "constructor(...given) { if (given.length) super(...given);"
        " else super(Real.now() - jump); } static now() { return Real.now() - jump; } }; }",
        jump,
    )
    clerk.sell(JAM)
    expect(clerk.page.get_by_text("The clock is 4320 minutes off")).to_be_visible()
    clerk.close({100: 2, 20: 2})
    clerk.press("Done")
    expect(clerk.page.get_by_text("The clock of this device is wrong.")).to_be_visible()
    clerk.sent()
    opened, first, second, closed = events(house)
    assert second["seq"] == first["seq"] + 1
    assert second["wall"] < first["wall"]
    assert abs(second["offset_ms"] - first["offset_ms"] - jump) < 60_000
    assert {event["business_date"] for event in (opened, first, second, closed)} == {
        opened["business_date"]
    }
    times = house.ask("SELECT sold_at FROM shop_sale ORDER BY id DESC LIMIT 2")
    assert times[0] > times[1]  # put right, the later one is the later one
    assert house.verify() == []


def test_a_wrong_pin_opens_the_shift_and_is_flagged(house: ShopHouse, clerk: Clerk) -> None:
    """The till cannot know offline; the server says so when the record comes."""
    clerk.sees("Open a shift")
    clerk.begin(pin="1111")
    clerk.press("Open the shift")
    clerk.sees("The counter")
    clerk.close({})
    clerk.press("Done")
    clerk.sent()
    assert house.ask("SELECT code FROM shop_eventexception") == [("wrong-pin",)]
