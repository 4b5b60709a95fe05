"""One writer: a second window says so, and has the till only once the first lets go."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.rig import till_page
from tests.rig.clerk import Clerk
from tests.rig.cut import Link
from tests.rig.profile import Tablet
from tests.rig.till_house import ShopHouse

pytestmark = pytest.mark.browser
ELSEWHERE = "The till is open in another window"


def test_a_second_window_waits_until_the_first_lets_go(
    house: ShopHouse, line: Link, tablet: Tablet
) -> None:
    first = till_page.open_till(tablet, line.origin)
    till_page.wait_until_ready(first, lots=len(house.shop["goods"]))
    clerk = Clerk(first, house)
    clerk.speak_english()
    clerk.open_shift()
    clerk.sell("Felt slippers")

    second = tablet.open(line.origin + "/till/")
    expect(second.get_by_role("heading", name=ELSEWHERE)).to_be_visible()
    expect(second.get_by_role("button", name="Pay")).to_have_count(0)

    # In the middle of a payment the first keeps it, however often it is asked.
    clerk.take("Apricot jam")
    clerk.press("Pay")
    expect(first.get_by_role("button", name=re.compile("exactly")).first).to_be_visible()
    second.get_by_role("button", name="Use it here").click()
    second.wait_for_timeout(300)
    expect(second.get_by_role("heading", name=ELSEWHERE)).to_be_visible()
    clerk.press("Back to the counter")

    # Now it lets go, and becomes the one that waits.
    second.get_by_role("button", name="Use it here").click()
    till_page.wait_until_ready(second)
    expect(first.get_by_role("heading", name=ELSEWHERE)).to_be_visible()
    taken_over = Clerk(second, house)
    taken_over.pay_exactly()  # the cart came along
    taken_over.expect_done()
    taken_over.press("The next sale")

    # And when the second window is closed, the first has it again, with all that was sold.
    second.close()
    till_page.wait_until_ready(first)
    Clerk(first, house).sell("Felt slippers")
    till_page.send_all(first)
    assert house.ask("SELECT receipt FROM shop_sale ORDER BY id") == [
        (number,) for number in tablet.receipts
    ]
    assert len(tablet.receipts) == 3
    assert house.ask("SELECT code FROM shop_eventexception") == []
