"""A device without room: the selling stops before the payment, and says why."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.rig import machine
from tests.rig.chromium import WORDS, port_of
from tests.rig.till_house import ShopHouse
from tests.till.sell.conftest import Counter, opened

pytestmark = pytest.mark.browser

# No file of the browser may grow beyond this; an event is smaller, the till's reserve is larger.
SMALL_BYTES = 64 * 1024
# A file that would grow too large is then refused like one on a full disk, and nothing is killed.
REFUSING = ("sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh")


@contextlib.contextmanager
def _browser_of_its_own(browsers: Browser, folder: Path) -> Iterator[tuple[Browser, int]]:
    program = machine.chromium()
    assert program is not None
    process = subprocess.Popen(
        [*REFUSING, program, *WORDS, f"--user-data-dir={folder}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        port = port_of(folder, process)
        yield browsers.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}"), process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=20)


def _limit(group: int, size: int) -> None:
    """No process of the group may write files beyond the size from now on."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        with contextlib.suppress(ProcessLookupError):
            if os.getpgid(int(folder.name)) == group:
                resource.prlimit(
                    int(folder.name), resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY)
                )


def test_on_a_full_disk_nothing_is_begun(
    chromium: Browser, counter_house: ShopHouse, tmp_path: Path
) -> None:
    with (
        _browser_of_its_own(chromium, tmp_path) as (browser, group),
        # The first context alone lies on the disk; any other is kept in memory.
        opened(browser.contexts[0], counter_house) as counter,
    ):
        counter.scan(counter.goods[0]["label"])
        expect(counter.lines).to_have_count(1)
        _limit(group, SMALL_BYTES)
        counter.button("Pay").click()
        expect(counter.said).to_contain_text("This device is full")
        expect(counter.page.locator(".sell")).to_be_visible()
        expect(counter.lines).to_have_count(1)
        _limit(group, resource.RLIM_INFINITY)
        _sold_after_all(counter)


def _sold_after_all(counter: Counter) -> None:
    counter.button("Pay").click()
    counter.button("exactly").click()
    expect(counter.page.get_by_role("heading", name="Sold for")).to_be_visible()
    assert len(counter.events()) == 1
