"""Goods brought back to a real till with a real server: by code, by number, by label, offline."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.rig.till_house import ShopHouse, shop_house
from tests.till.shifts.counter import JAM, SLIPPERS, Clerk, clerk_at

pytestmark = pytest.mark.browser
LIMIT = 30_000  # 300 som: the jam goes back without a manager, the slippers do not
SET_LIMIT = f"""
import django; django.setup()
from ayil.kit.clock import now
from ayil.members.models import Party, Shop
from ayil.shop.models import TillTerms
TillTerms.objects.create(shop=Shop.objects.get(), refund_limit_minor={LIMIT}, at=now(),
                         by=Party.objects.first())
"""
CODE = """async ([receipt]) => {
  const version = document.documentElement.dataset.version;
  const load = (name) => import(`/till/v/${version}/${name}`);
  const store = await load("log/store.js");
  const { signedText } = await load("receipts/signed.js");
  const db = await store.openStore(localStorage.getItem("ayil-till-device"));
  const events = db.transaction("events").objectStore("events").index("receipt");
  const record = await store.result(events.get(receipt));
  const key = await store.result(db.transaction("keys").objectStore("keys").get("receipt"));
  const text = await signedText(JSON.parse(record.body), key);
  db.close();
  return text;
}"""


@pytest.fixture(scope="module")
def house() -> Iterator[ShopHouse]:
    with shop_house(lots=4, pieces=50) as found:
        found.run(sys.executable, "-c", SET_LIMIT)
        yield found


@pytest.fixture
def clerk(house: ShopHouse, chromium: Browser) -> Iterator[Clerk]:
    with clerk_at(house, chromium) as found:
        found.open({200: 10, 100: 10, 50: 10, 20: 10})
        yield found


def refunds(house: ShopHouse) -> list[dict[str, Any]]:
    """Payloads of the server's refunds, oldest first."""
    rows = house.ask("SELECT body FROM shop_tillevent WHERE kind = 'refund' ORDER BY id")
    return [json.loads(bytes(row[0]))["payload"] for row in rows]


def test_by_its_number_within_the_limit_and_by_a_manager_above(
    house: ShopHouse, clerk: Clerk
) -> None:
    receipt = clerk.sell(JAM, JAM, SLIPPERS)
    clerk.look_for(receipt)
    clerk.sees("What came back?")
    clerk.press(f"One more: {JAM}")
    clerk.press("Next")
    clerk.sees("To give back: 120 som")
    expect(clerk.page.get_by_text("A manager", exact=False)).to_have_count(0)
    assert "100 som × 1" in clerk.words
    clerk.press("The money is given back")
    expect(clerk.page.get_by_text("Say why, in a few words.")).to_be_visible()
    clerk.press("Broken")
    clerk.press("The money is given back")
    clerk.sees("Given back: 120 som")
    assert "Broken" in clerk.paper_with("Refund")
    clerk.press("To the counter")

    clerk.look_for(receipt)
    clerk.sees("What came back?")
    assert "Came back before: 1" in clerk.words
    clerk.press(f"One more: {SLIPPERS}")
    clerk.press("Next")
    clerk.press("Wrong size")
    clerk.press("The money is given back")
    expect(clerk.page.get_by_text("Type the PIN: 4 to 8 digits.")).to_be_visible()
    clerk.manager_signs()
    clerk.press("The money is given back")
    clerk.sees("Given back: 450 som")
    clerk.sent()
    jam, slippers = refunds(house)
    assert (jam["lines"][0]["line"], jam["lines"][0]["gross"], jam["approved"]) == (1, 12_000, None)
    assert jam["tenders"] == [
        {"kind": "cash", "amount": 12_000, "notes": {"10000": -1, "2000": -1}}
    ]
    assert slippers["approved"]["by"] == house.shop["people"]["manager"]["uid"]
    assert house.ask("SELECT code FROM shop_eventexception") == []
    assert house.verify() == []


def test_a_scanned_code_without_a_network_and_what_another_till_gave_back_is_flagged(
    house: ShopHouse, chromium: Browser, clerk: Clerk
) -> None:
    receipt = clerk.sell(JAM)
    code = clerk.page.evaluate(CODE, [receipt])
    clerk.sent()
    with clerk_at(house, chromium) as other:  # another tablet, whose log knows nothing of it
        other.open({100: 5, 20: 5})
        other.lose_the_network()
        other.bring_back()
        other.scan(code)
        other.sees("What came back?")
        assert "what other tills took back of this receipt is not known here" in other.words
        other.press(f"One more: {JAM}")
        other.press("Next")
        other.press("Broken")
        other.press("The money is given back")
        other.sees("Given back: 120 som")
        other.press("To the counter")
        # A code that somebody changed is none of ours.
        other.bring_back()
        other.page.get_by_label("Number of the receipt").fill(code[:-8] + "AAAAAAAA")
        other.press("Look for it")
        expect(other.page.get_by_text("no till of ours signed it")).to_be_visible()

        clerk.look_for(receipt)  # meanwhile the first till does not know, online as it is
        clerk.press(f"One more: {JAM}")
        clerk.press("Next")
        clerk.press("Spoiled")
        clerk.press("The money is given back")
        clerk.sees("Given back: 120 som")
        clerk.sent()
        other.page.context.set_offline(False)
        other.page.evaluate("dispatchEvent(new Event('online'))")
        other.sent()
    assert house.ask("SELECT code FROM shop_eventexception") == [("over-refund",)]
    lost = house.ask("SELECT balance_minor FROM ledger_account WHERE code = 'losses'")
    assert lost == [(12_000,)]
    assert house.verify() == []


def test_online_a_receipt_of_another_tablet_is_found_by_its_number(
    house: ShopHouse, chromium: Browser, clerk: Clerk
) -> None:
    receipt = clerk.sell(SLIPPERS)
    clerk.sent()
    with clerk_at(house, chromium) as other:
        other.open({100: 5})
        other.look_for(receipt)
        other.sees("What came back?")
        assert f"№ {receipt}" in other.words
        other.look_for("karakol-9-77-1")
        expect(other.page.get_by_text("No sale has the number karakol-9-77-1.")).to_be_visible()


def test_without_a_receipt_by_the_label(house: ShopHouse, clerk: Clerk) -> None:
    jam = next(good for good in house.shop["goods"] if good["en"] == JAM)
    clerk.bring_back()
    clerk.press("Take back by the label of the goods")
    clerk.page.get_by_label("Label of the goods").fill("2000000000992")
    clerk.press("Add")
    expect(clerk.page.get_by_text("This till knows no goods")).to_be_visible()
    clerk.page.get_by_label("Label of the goods").fill(jam["label"])
    clerk.press("Add")
    clerk.press(f"One more: {JAM}")
    clerk.press("Next")
    clerk.sees("To give back: 240 som")
    clerk.press("All by: QR payment")
    assert "bank's own programme" in clerk.words
    clerk.press("All by: Cash")
    clerk.press("Spoiled")
    clerk.press("The money is given back")
    clerk.sees("Given back: 240 som")
    clerk.sent()
    [line] = refunds(house)[-1]["lines"]
    assert (line["sale"], line["line"], line["quantity"], line["gross"]) == (None, None, 2, 24_000)
    assert house.verify() == []
