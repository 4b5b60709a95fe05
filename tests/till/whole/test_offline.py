"""Two weeks without a network, then a bad one: everything arrives, once, from where it broke.

The line is the proxy of tests/rig/cut.py at a faster clock; `ayil bench till` takes the real rate,
with packets that are really lost. Nothing here asserts on a clock.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rig import packets, till_page
from tests.rig.clerk import Clerk
from tests.rig.cut import Fate, Link, lossy, pass_all, refuse_all
from tests.rig.profile import Tablet
from tests.rig.till_house import ShopHouse

pytestmark = pytest.mark.browser
SHIFTS, SALES = 14, 5000
RATE_BYTES_S = 64_000 / 8
CLOCK = 60  # a minute of the real line passes in a second
# The till's own bound, before it is packed; what is packed is smaller.
MOST_BODY_BYTES = 128 * 1024


def filled(tablet: Tablet, line: Link, house: ShopHouse, *, shifts: int, sales: int) -> list[str]:
    """Opens the till, cuts it off, writes so many shifts; the receipts' numbers."""
    page = till_page.open_till(tablet, line.origin)
    till_page.wait_until_ready(page, lots=len(house.shop["goods"]))
    line.plan = refuse_all
    receipts, _spent = till_page.write_shifts(
        page, house.shop["goods"], cashier_of(house), shifts=shifts, sales=sales
    )
    return receipts


def cashier_of(house: ShopHouse) -> str:
    return str(house.shop["people"]["clerk"]["uid"])


def receipts_on_server(house: ShopHouse) -> list[str]:
    return [row[0] for row in house.ask("SELECT receipt FROM shop_sale ORDER BY id")]


def test_two_weeks_offline_then_a_bad_line(house: ShopHouse, line: Link, tablet: Tablet) -> None:
    receipts = filled(tablet, line, house, shifts=SHIFTS, sales=SALES // SHIFTS + 1)
    assert len(receipts) >= SALES
    page = tablet.context.pages[-1]
    page.reload()  # opens without a network, and finds what it wrote
    till_page.wait_until_ready(page)
    asked_before = len(line.fates)
    line.rate_bytes_s, line.plan = RATE_BYTES_S * CLOCK, lossy(0.3, seed=14)
    till_page.send_all(page, tries=2000)
    fates = [(asked, fate) for asked, fate in line.fates[asked_before:] if asked.sends_events]
    line.plan, line.rate_bytes_s = pass_all, None

    assert sorted(receipts_on_server(house)) == sorted(receipts)
    hashes = [bytes(row[0]).hex() for row in house.ask("SELECT hash FROM shop_tillevent")]
    assert sorted(hashes) == sorted(till_page.hashes(page))
    assert house.ask("SELECT code FROM shop_eventexception") == []
    # Bounded in bytes, and none of it was sent again once it had been acknowledged.
    assert line.largest_body_bytes <= MOST_BODY_BYTES
    assert len(fates) > 20
    cut = [asked.body_bytes for asked, fate in fates if fate is not Fate.PASS]
    assert cut, "The line cut nothing: this test would prove nothing."
    through = sum(asked.body_bytes for asked, fate in fates if fate is Fate.PASS)
    assert sum(cut) < through
    assert house.verify() == []


def test_a_line_that_loses_packets(house: ShopHouse, tablets: Callable[..., Tablet]) -> None:
    """30 % of all packets, both ways, under the kernel's own TCP; 2 Mbit/s, so that it is short."""
    if (why := packets.impossible()) is not None:
        pytest.skip(f"packets: {why}")
    tablet = tablets()
    tablet.start()
    with packets.lossy_line(
        house.port, rate_bit_s=2_000_000, loss=0, seed=30, delay_s=0.01
    ) as line:
        tablet.enrol(house.till, line.origin)
        page = till_page.open_till(tablet, line.origin)
        till_page.wait_until_ready(page, lots=len(house.shop["goods"]))
        line.up.loss = line.down.loss = 0.3
        receipts, _spent = till_page.write_shifts(
            page, house.shop["goods"], cashier_of(house), shifts=2, sales=100
        )
        till_page.send_all(page, tries=600)
        assert line.up.lost > 3
    assert receipts_on_server(house) == receipts


def test_a_sale_is_made_without_a_network(house: ShopHouse, line: Link, tablet: Tablet) -> None:
    """Opened cold, sold, printed and reopened with the server gone; it arrives when it is back."""
    page = till_page.open_till(tablet, line.origin)
    till_page.wait_until_ready(page, lots=len(house.shop["goods"]))
    clerk = Clerk(page, house)
    clerk.speak_english()
    line.plan = refuse_all
    house.kill()
    tablet.stop()
    tablet.start()
    clerk = Clerk(till_page.open_till(tablet, line.origin), house)
    clerk.open_shift()
    numbers = [clerk.sell("Felt slippers"), clerk.sell("Apricot jam")]
    assert tablet.receipts == numbers
    house.start()
    line.plan = pass_all
    till_page.send_all(clerk.page)
    assert receipts_on_server(house) == numbers
