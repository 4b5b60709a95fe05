"""A newer till waits while a shift is open and takes over between two shifts; old logs go on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.rig import till_page
from tests.rig.clerk import Clerk
from tests.rig.cut import Link
from tests.rig.profile import Tablet
from tests.rig.till_house import ShopHouse

pytestmark = pytest.mark.browser
# What an event needed when the first till spoke: none of the fields that came with a default.
OLD_SHIFT = (
    "async ({ good, cashier }) => {"
    + till_page.LOG
    + """
  const date = new Date().toISOString().slice(0, 10);
  const shift = { name: `${log.head.epoch}-01d01d01`, date, cashier };
  await log.append({ kind: "shift_opened", float: 70000 }, { shift });
  await log.append({
    kind: "sale", receipt: `${about.device}-${log.head.epoch}-${log.head.seq + 1}`, rounding: 0,
    lines: [{ label: good.label, quantity: 1, unit_price: good.price, gross: good.price }],
    tenders: [{ kind: "cash", amount: good.price }], visitor: null,
  });
  db.close();
}"""
)


def version_of(page: Page) -> str:
    return str(page.evaluate("document.documentElement.dataset.version"))


def renew(house: ShopHouse) -> None:
    """The server gives out a newer till from now on."""
    house.stop()
    words = house.programme / "words" / "ru.json"
    words.write_text(words.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    house.start()


def begun(house: ShopHouse, line: Link, tablet: Tablet) -> Clerk:
    page = till_page.open_till(tablet, line.origin)
    till_page.wait_until_ready(page, lots=len(house.shop["goods"]))
    clerk = Clerk(page, house)
    clerk.speak_english()
    return clerk


def test_a_newer_version_waits_for_the_end_of_the_shift(
    house: ShopHouse, line: Link, tablet: Tablet
) -> None:
    clerk = begun(house, line, tablet)
    clerk.open_shift()
    page, first = clerk.page, version_of(clerk.page)
    numbers = [clerk.sell("Felt slippers")]
    renew(house)
    clerk.press("More")
    expect(page.get_by_text("A newer version is here.")).to_be_visible()
    # Loaded anew in the middle of the shift, it is the same till as before.
    page.reload()
    till_page.wait_until_ready(page)
    assert version_of(page) == first
    numbers.append(clerk.sell("Apricot jam"))
    clerk.close_shift()
    clerk.press("More")
    clerk.press("Open a shift")
    expect(page.locator(f"html[data-ready]:not([data-version='{first}'])")).to_have_count(1)
    till_page.wait_until_ready(page)
    clerk.open_shift()
    numbers.append(clerk.sell("Felt slippers"))
    till_page.send_all(page)
    rows = house.ask("SELECT receipt FROM shop_sale ORDER BY id")
    assert [row[0] for row in rows] == numbers
    assert house.verify() == []


def test_a_newer_version_opens_without_a_network(
    house: ShopHouse, line: Link, tablet: Tablet
) -> None:
    """It is whole on the device before it takes over: no file of it is asked for later."""
    clerk = begun(house, line, tablet)
    first = version_of(clerk.page)
    renew(house)
    clerk.press("More")
    expect(clerk.page.get_by_text("A newer version is here.")).to_be_visible()
    tablet.stop()
    house.stop()
    tablet.start()
    page = tablet.open(line.origin + "/till/")
    expect(page.locator(f"html[data-ready]:not([data-version='{first}'])")).to_have_count(1)
    clerk = Clerk(page, house)
    clerk.open_shift()
    assert clerk.sell("Felt slippers")
    house.start()
    till_page.send_all(page)


def test_a_log_of_an_older_version_goes_on(house: ShopHouse, line: Link, tablet: Tablet) -> None:
    clerk = begun(house, line, tablet)
    good = house.shop["goods"][0]
    given = {"good": good, "cashier": house.shop["people"]["clerk"]["uid"]}
    clerk.page.evaluate(OLD_SHIFT, given)
    clerk.page.reload()
    till_page.wait_until_ready(clerk.page)
    # The shift is open, its sale is known, and the till sells on in it.
    clerk.sell("Apricot jam")
    clerk.close_shift()
    till_page.send_all(clerk.page)
    assert house.ask("SELECT count(*) FROM shop_sale") == [(2,)]
    assert house.ask("SELECT float_minor FROM shop_shiftopening") == [(70_000,)]
    assert house.ask("SELECT code FROM shop_eventexception") == []
    assert house.verify() == []
