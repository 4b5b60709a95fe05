"""The till in a real Chromium against a real server: a shelf of 20,000 lots, and two weeks to send.

- A scan with the processor slowed six times: from the scanner's Enter to the line on the screen.
  Floor: a key that draws one line into an empty page, slowed as much.
- The till opened cold without a network. Floor: when its first bytes were there.
- One sale made durable. Floor: a bare strict write of the same bytes into IndexedDB.
- 5,000 sales of 14 days over 64 kbit/s that lose 30 % of all packets. Floor: the bytes, packed, at
  the line's rate. Where a machine may not make networks of its own, whole requests are cut
  instead, which the name of the case says.
"""

import contextlib
import gzip
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench import Case

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.rig.profile import Tablet
    from tests.rig.till_house import ShopHouse

LOTS, SLOWER, SCANS, A_SALE = 20_000, 6, 240, 8
SHIFTS, SALES = 14, 5_000
RATE_BIT_S, LOSS = 64_000, 0.3
SCAN_GOAL_MS, OPEN_GOAL_MS = 100, 1000
OPENINGS = 5
# From the scanner's last key to the frame after the line is drawn.
SCAN = """async (code) => {
  const press = (key, of) => document.dispatchEvent(
    new KeyboardEvent("keydown", { key, code: of, bubbles: true }));
  const shown = document.querySelectorAll(".basket .lines > li").length;
  for (const one of code) press(one, `Digit${one}`);
  const begun = performance.now();
  press("Enter", "Enter");
  while (document.querySelectorAll(".basket .lines > li").length === shown) {
    await new Promise((next) => setTimeout(next, 0));
  }
  await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}"""
BARE_LINE = """async () => {
  const list = document.body.appendChild(document.createElement("ul"));
  addEventListener("keydown", () => {
    list.appendChild(document.createElement("li")).textContent = "Felt toy · 80 som";
  });
  const spent = [];
  for (let turn = 0; turn < 100; turn += 1) {
    const begun = performance.now();
    dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
    await new Promise(requestAnimationFrame);
    spent.push(performance.now() - begun);
  }
  return spent;
}"""
BARE_WRITES = """async ({ count, bytes }) => {
  const db = await new Promise((resolve, reject) => {
    const asked = indexedDB.open("bare", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("rows");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const spent = [];
  for (let row = 0; row < count; row += 1) {
    const begun = performance.now();
    await new Promise((resolve, reject) => {
      const one = db.transaction("rows", "readwrite", { durability: "strict" });
      one.objectStore("rows").put("x".repeat(bytes), row);
      one.oncomplete = resolve;
      one.onerror = () => reject(one.error);
    });
    spent.push(performance.now() - begun);
  }
  db.close();
  return spent;
}"""
# When the till could be used, by the page's own clock, which starts with the navigation.
READY = """
new MutationObserver((_changes, watch) => {
  if (!document.documentElement?.dataset.ready) return;
  window.__readyAt = performance.now();
  watch.disconnect();
}).observe(document, { attributes: true, subtree: true, childList: true });
"""
FIRST_BYTES = 'performance.getEntriesByType("navigation")[0].responseStart'


def run() -> list[Case]:
    from playwright.sync_api import sync_playwright

    from ayil.kit.errors import AyilError
    from tests.rig import machine
    from tests.rig.profile import Tablet
    from tests.rig.till_house import shop_house

    if machine.chromium() is None:
        raise AyilError("There is no Chromium on this machine, and the till lives in one.")
    with (
        shop_house(more_lots=LOTS, pieces=100_000) as house,
        # Whatever becomes of the line, the till keeps its address, and with it its records.
        Way(house) as way,
        tempfile.TemporaryDirectory(prefix="ayil-tablet-", ignore_cleanup_errors=True) as folder,
        sync_playwright() as playwright,
    ):
        tablet = Tablet(Path(folder), playwright.chromium)
        try:
            return [*_at_the_counter(house, way, tablet), *_sent(house, way, tablet)]
        finally:
            tablet.kill()


class Way:
    """The way to the server, at one address: good, gone, or bad."""

    def __init__(self, house: "ShopHouse") -> None:
        from tests.rig.cut import Link

        self.house = house
        self.link = Link(house.port)
        self.origin, self.port = self.link.origin, self.link.port

    def __enter__(self) -> "Way":
        return self

    def __exit__(self, *_error: object) -> None:
        self.link.close()

    def break_off(self, *, broken: bool = True) -> None:
        from tests.rig.cut import pass_all, refuse_all

        self.link.plan = refuse_all if broken else pass_all

    @contextlib.contextmanager
    def gone_bad(self) -> Iterator[tuple[str, Callable[[], int]]]:
        """What it loses, in words, and how many bytes went up it so far."""
        from tests.rig import cut, packets

        if packets.impossible() is None:
            self.link.close()
            with packets.lossy_line(
                self.house.port, rate_bit_s=RATE_BIT_S, loss=LOSS, seed=64, port=self.port
            ) as line:
                yield "of all packets lost", lambda: line.up.taken_bytes
            return
        link = self.link
        link.rate_bytes_s, link.plan = RATE_BIT_S / 8, cut.lossy(LOSS, 64)
        yield "of all requests cut", lambda: sum(one.body_bytes for one in link.asked)


def _at_the_counter(house: "ShopHouse", way: Way, tablet: "Tablet") -> Iterator[Case]:
    from tests.rig import till_page
    from tests.rig.clerk import Clerk

    tablet.start()
    tablet.enrol(house.till, way.origin)
    begun = perf_counter()
    page = till_page.open_till(tablet, way.origin)
    till_page.wait_until_ready(page, lots=LOTS + len(house.shop["goods"]))
    yield Case(f"the first opening, until {LOTS:,} lots are there", perf_counter() - begun, "s")
    clerk = Clerk(page, house)
    clerk.speak_english()
    clerk.open_shift()
    yield from _scans(house, tablet, page, clerk)
    tablet.stop()
    way.break_off()
    yield from _openings(way, tablet)
    way.break_off(broken=False)


def _scans(house: "ShopHouse", tablet: "Tablet", page: "Page", clerk: Any) -> Iterator[Case]:
    labels = Random(20).sample(house.shop["more"], SCANS)  # noqa: S311 - the same in every run
    slow = tablet.cdp(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    spent = []
    for start in range(0, SCANS, A_SALE):
        spent += [float(page.evaluate(SCAN, one)) for one in labels[start : start + A_SALE]]
        clerk.pay_exactly()
        clerk.expect_done()
        clerk.press("The next sale")
    bare = tablet.open(house.origin + "/till/manifest.webmanifest")
    tablet.cdp(bare).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    floor = sorted(bare.evaluate(BARE_LINE))
    bare.close()
    spent.sort()
    said = f"scan to line among {LOTS:,} lots, processor {SLOWER} times slower"
    worst, least = _p99(spent), _p99(floor)
    yield Case(f"{said}: p99", worst, "ms", least, SCAN_GOAL_MS, more_is_better=False)
    yield Case(f"{said}: median", median(spent), "ms", median(floor))


def _p99(spent: list[float]) -> float:
    return sorted(spent)[int(len(spent) * 0.99)]


def _openings(way: Way, tablet: "Tablet") -> Iterator[Case]:
    """Each in a browser of its own that was just started, with no server anywhere."""
    ready, first = [], []
    for _turn in range(OPENINGS):
        tablet.start()
        tablet.context.add_init_script(READY)
        page = tablet.open(way.origin + "/till/")
        page.locator("html[data-ready]").wait_for(state="attached")
        ready.append(float(page.evaluate("window.__readyAt")))
        first.append(float(page.evaluate(FIRST_BYTES)))
        tablet.stop()
    said = f"opened cold without a network, {LOTS:,} lots"
    most, least = max(ready), median(first)
    yield Case(f"{said}: most of {OPENINGS}", most, "ms", least, OPEN_GOAL_MS, False)
    yield Case(f"{said}: median", median(ready), "ms", least)


def _sent(house: "ShopHouse", way: Way, tablet: "Tablet") -> Iterator[Case]:
    from tests.rig import till_page

    tablet.start()
    page = till_page.open_till(tablet, way.origin)
    till_page.send_all(page)
    way.break_off()
    yield from _committed(house, page)
    bodies = page.evaluate(till_page.BODIES)
    packed = len(gzip.compress(("[" + ",".join(bodies) + "]").encode(), 6))
    with way.gone_bad() as (loses, sent):
        before, begun = sent(), perf_counter()
        till_page.send_all(page, tries=36_000)
        took, more = perf_counter() - begun, sent() - before
    said = f"{len(bodies):,} events over {RATE_BIT_S // 1000} kbit/s with {LOSS:.0%} {loses}"
    yield Case(said, took, "s", packed * 8 / RATE_BIT_S)
    yield Case(f"{said}: sent", more / 1024, "KiB", packed / 1024)
    found = house.ask("SELECT count(DISTINCT receipt), count(*) FROM shop_sale")[0]
    if found[0] != found[1] or found[0] < SALES:
        raise RuntimeError(f"{found[1]} sales came, {found[0]} of them different.")


def _committed(house: "ShopHouse", page: "Page") -> Iterator[Case]:
    from tests.rig import till_page

    cashier, goods = house.shop["people"]["clerk"]["uid"], house.shop["goods"]
    _receipts, spent = till_page.write_shifts(
        page, goods, cashier, shifts=SHIFTS, sales=-(-SALES // SHIFTS)
    )
    bare = page.evaluate(BARE_WRITES, {"count": 500, "bytes": 1000})
    yield Case("one sale made durable: median", median(spent), "ms", median(bare))
    yield Case("one sale made durable: p99", _p99(spent), "ms", _p99(bare))
