"""A browser that is enrolled anew: the old till's log stays the old till's, to the last sale."""

from __future__ import annotations

import json
import sys

import pytest
from playwright.sync_api import expect

from tests.rig import till_page
from tests.rig.clerk import Clerk
from tests.rig.cut import Link, pass_all, refuse_all
from tests.rig.demo_house import ayil
from tests.rig.profile import Tablet
from tests.rig.till_house import Enrolled, ShopHouse

pytestmark = pytest.mark.browser
ANOTHER = "This browser is another till now: see More"
ANEW = """
import django; django.setup()
import json
from django.http import HttpResponse
from ayil.kit.clock import now
from ayil.members.models import Shop
from ayil.shop.devices import COOKIE, enrol_device, remember
_device, token = enrol_device(shop=Shop.objects.get(), code="karakol-10", by=None, at=now())
response = HttpResponse()
remember(response, token)
cookie = response.cookies[COOKIE].value
print(json.dumps({"code": "karakol-10", "cookie": cookie, "token": token}))
"""


def test_two_tills_on_one_browser_keep_two_logs(
    house: ShopHouse, line: Link, tablet: Tablet
) -> None:
    page = till_page.open_till(tablet, line.origin)
    till_page.wait_until_ready(page, lots=len(house.shop["goods"]))
    clerk = Clerk(page, house)
    clerk.speak_english()
    line.plan = refuse_all
    clerk.open_shift()
    clerk.sell("Felt slippers")
    anew = Enrolled(**json.loads(house.run(sys.executable, "-c", ANEW)))
    tablet.enrol(anew, line.origin)
    line.plan = pass_all

    # It is told, sells on into its own log, and sends nothing under the new till's name.
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text(ANOTHER)).to_be_visible()
    clerk.sell("Felt slippers")
    clerk.close_shift()
    clerk.press("More")
    clerk.press("Go over to the new till")
    till_page.wait_until_ready(page, lots=len(house.shop["goods"]))
    clerk.open_shift()
    clerk.sell("Apricot jam")
    till_page.send_all(page)
    assert house.ask("SELECT code FROM shop_eventexception") == []
    numbers = [row[0] for row in house.ask("SELECT receipt FROM shop_sale ORDER BY id")]
    assert [number.rsplit("-", 2)[0] for number in numbers] == ["karakol-10"]

    # What the old one wrote can be handed over, and taken in as that till's.
    clerk.press("More")
    expect(page.get_by_text("Till karakol-9 was on this browser before: 4 records")).to_be_visible()
    with page.expect_download() as saved:
        clerk.press("Save what waits to a file")
    file = house.home / "old.ayil"
    saved.value.save_as(file)
    told = json.loads(house.run(*ayil("till", "take-in", str(file), "--json")))
    assert (told["till"], told["new"], told["exceptions"]) == ("karakol-9", 4, [])

    # Enrolled as the old one again, everything of it is still there, and goes out.
    tablet.enrol(house.till, line.origin)
    clerk.close_shift()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text(ANOTHER)).to_be_visible()
    clerk.press("More")
    clerk.press("Go over to the new till")
    till_page.wait_until_ready(page)
    till_page.send_all(page)
    sold = [row[0] for row in house.ask("SELECT receipt FROM shop_sale ORDER BY id")]
    assert sorted(sold) == sorted(tablet.receipts)
    assert len(sold) == 3


def test_a_browser_that_forgot_who_it_is_still_has_its_log(
    house: ShopHouse, line: Link, tablet: Tablet
) -> None:
    """Cookies and small notes reach the disk late: a till switched off too early forgets them."""
    page = till_page.open_till(tablet, line.origin)
    till_page.wait_until_ready(page, lots=len(house.shop["goods"]))
    clerk = Clerk(page, house)
    clerk.speak_english()
    line.plan = refuse_all
    clerk.open_shift()
    clerk.sell("Felt slippers")
    page.evaluate("localStorage.removeItem('ayil-till-device')")
    tablet.context.clear_cookies()
    line.plan = pass_all
    page.reload()
    till_page.wait_until_ready(page)
    expect(page.get_by_text("Not known to the server: call the manager")).to_be_visible()
    clerk.sell("Felt slippers")
    tablet.enrol(house.till, line.origin)
    till_page.send_all(page)
    sold = [row[0] for row in house.ask("SELECT receipt FROM shop_sale ORDER BY id")]
    assert sold == tablet.receipts
    assert len(sold) == 2
