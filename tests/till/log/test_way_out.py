"""The way out of a broken network: the log in a file that only the server reads."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.rig.demo_house import ayil
from tests.rig.till_house import shop_house
from tests.till.shifts.counter import SLIPPERS, clerk_at

pytestmark = pytest.mark.browser
FLOAT = {100: 3, 50: 2, 20: 5}


def test_what_was_sold_without_a_network_arrives_by_a_file(
    chromium: Browser, tmp_path: Path
) -> None:
    """Opened, sold, saved offline; taken in twice at the server: each sale is there once."""
    with shop_house(lots=3) as house, clerk_at(house, chromium) as clerk:
        clerk.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
        # The goods come a moment after the people; on a busy machine the line was cut between.
        clerk.page.wait_for_load_state("networkidle")
        clerk.page.context.set_offline(True)
        clerk.open(FLOAT)
        receipts = [clerk.sell(SLIPPERS), clerk.sell(SLIPPERS)]
        clerk.press("More")
        with clerk.page.expect_download() as saved:
            clerk.press("Save what waits to a file")
        file = tmp_path / "log.ayil"
        saved.value.save_as(file)
        text = file.read_text(encoding="utf-8")
        assert all(receipt not in text for receipt in receipts)
        assert set(json.loads(text)) == {"ayil", "device", "key", "iv", "body"}
        told = [json.loads(house.run(*ayil("till", "take-in", str(file), "--json"))) for _ in "12"]
        assert [one["new"] for one in told] == [3, 0]
        # The line is back: what the file has brought is known, and the rest goes on.
        clerk.page.context.set_offline(False)
        clerk.press("Send now")
        clerk.page.get_by_text("All records are with the server.").wait_for()
        sold = house.ask("SELECT receipt FROM shop_sale ORDER BY id")
        assert [row[0] for row in sold] == receipts
