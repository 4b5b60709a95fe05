"""The counter of a real till: a shop's server, an enrolled browser, a shift that is open."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.rig.till_house import CLERK_PIN, ShopHouse, shop_house
from tests.rig.till_page import MODULES, wait_until_ready
from tests.till.sell.hand import scan

LOTS = 6
FLOAT = {10_000: 3, 5_000: 2, 2_000: 5}
# Counts what a hand does, and what the printer is given, in the order in which it happens.
WATCH = """
  window.taps = 0;
  document.addEventListener("click", (event) => { window.taps += event.isTrusted ? 1 : 0; }, true);
  window.papers = [];
  window.print = () => window.papers.push(document.querySelector("#paper .sheet").textContent);
"""
EVENTS = (
    "async () => {"
    + MODULES
    + """
  const all = await store.result(db.transaction("events").objectStore("events").getAll());
  db.close();
  return all.map((one) => JSON.parse(one.body));
}"""
)
PUT_LOTS = (
    "async (lots) => {"
    + MODULES
    + """
  await store.write(db, ["lots"], (transaction) => {
    for (const lot of lots) transaction.objectStore("lots").put(lot);
  });
  db.close();
}"""
)
META = (
    "async ([name, value]) => {"
    + MODULES
    + """
  const before = await store.getMeta(db, name);
  if (value !== null) await store.setMeta(db, name, value);
  db.close();
  return before;
}"""
)


@pytest.fixture(scope="session")
def counter_house() -> Iterator[ShopHouse]:
    with shop_house(lots=LOTS, pieces=100) as house:
        yield house


@dataclass
class Counter:
    """The till's page as a clerk has it before them."""

    house: ShopHouse
    page: Page
    goods: list[dict[str, Any]] = field(default_factory=list)

    def events(self, kind: str = "sale") -> list[dict[str, Any]]:
        """What the device's log holds of a kind, oldest first."""
        return [one for one in self.page.evaluate(EVENTS) if one["payload"]["kind"] == kind]

    def add(self, *lots: dict[str, Any]) -> None:
        """Other lots on the device's shelf; the page is loaded anew."""
        self.page.evaluate(PUT_LOTS, list(lots))
        self.load()

    def meta(self, name: str, value: Any = None) -> Any:
        """What the device keeps under a name; it is replaced where a value is given."""
        return self.page.evaluate(META, [name, value])

    def load(self) -> None:
        self.page.goto(self.house.origin + "/till/")
        wait_until_ready(self.page)

    def scan(self, code: str) -> None:
        scan(self.page, code)

    def button(self, name: str) -> Any:
        return self.page.get_by_role("button", name=name)

    @property
    def said(self) -> Any:
        return self.page.locator("#said")

    @property
    def lines(self) -> Any:
        return self.page.locator(".lines > li")

    @property
    def taps(self) -> int:
        return int(self.page.evaluate("window.taps"))

    @property
    def papers(self) -> list[str]:
        return list(self.page.evaluate("window.papers"))

    def sell_one(self) -> None:
        """A pair of slippers, paid exactly."""
        self.button("Felt slippers").first.click()
        self.button("Pay").click()
        self.button("exactly").click()
        expect(self.page.get_by_role("heading", name="Sold for")).to_be_visible()


def open_shift(page: Page) -> None:
    """As the clerk does it: who, PIN, float."""
    page.get_by_role("radio", name="Aigul Asanova").check()
    page.locator(".pin input").fill(CLERK_PIN)
    for worth, pieces in FLOAT.items():
        page.locator(f"#count-{worth}").fill(str(pieces))
    page.get_by_role("button", name="Open the shift").click()
    expect(page.locator(".sell")).to_be_visible()


@pytest.fixture
def counter(chromium: Browser, counter_house: ShopHouse) -> Iterator[Counter]:
    context = chromium.new_context(
        viewport={"width": 360, "height": 640}, service_workers="block", locale="en"
    )
    with opened(context, counter_house) as counter:
        yield counter


@contextlib.contextmanager
def opened(context: BrowserContext, house: ShopHouse) -> Iterator[Counter]:
    """A counter in this context, in English, with a shift that is open; closes the context."""
    context.set_default_timeout(10_000)
    context.add_cookies(house.till.cookies(house.origin))  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    found = Counter(house, page, house.shop["goods"])
    found.load()
    found.meta("settings", {"language": "en"})
    found.load()
    open_shift(page)
    expect(page.locator(".picture")).to_have_count(2)  # slippers and jam
    yield found
    context.close()
    assert wrong == []
