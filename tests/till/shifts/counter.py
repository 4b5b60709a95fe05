"""A clerk at the counter: what their hands do on the till's screens, in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, expect

from tests.rig.till_house import CLERK_PIN, MANAGER_PIN, ShopHouse

READY_MS = 30_000
SLIPPERS = "Felt slippers"
JAM = "Apricot jam"
SOUNDLESS = "window.__papers = []; window.print = () => window.__papers.push("
SOUNDLESS += "document.getElementById('paper').textContent);"


@dataclass
class Clerk:
    """Aigul at her till."""

    page: Page

    def press(self, name: str, *, exact: bool = True) -> None:
        self.page.get_by_role("button", name=name, exact=exact).click()

    def more(self, name: str) -> None:
        self.press("More")
        self.press(name)

    def sees(self, heading: str) -> None:
        found = self.page.get_by_role("heading", name=heading, level=1)
        expect(found).to_be_visible(timeout=READY_MS)

    def count(self, pieces: Mapping[int, int]) -> None:
        """Pieces by their worth in som."""
        for worth, count in pieces.items():
            self.page.get_by_label(f"{worth} ×", exact=True).fill(str(count))

    def begin(self, pin: str = CLERK_PIN) -> None:
        self.page.get_by_role("radio", name="Aigul Asanova").check()
        self.page.get_by_label("Aigul Asanova, your PIN").fill(pin)

    def open(self, pieces: Mapping[int, int]) -> None:
        self.sees("Open a shift")
        self.begin()
        self.count(pieces)
        self.press("Open the shift")
        self.sees("The counter")

    def sell(self, *goods: str) -> str:
        """Sells one of each for exact cash; the receipt's number."""
        for name in goods:
            self.page.locator("button.picture", has_text=name).click()
        self.press("Pay")
        self.page.locator("button.proposal").first.click()
        number = self.page.locator("p.faint", has_text="№").inner_text().removeprefix("№ ")
        self.press("The next sale")
        return number

    def bring_back(self) -> None:
        self.more("Goods brought back")
        self.sees("Goods brought back")

    def look_for(self, receipt: str) -> None:
        self.bring_back()
        self.page.get_by_label("Number of the receipt").fill(receipt)
        self.press("Look for it")

    def manager_signs(self, pin: str = MANAGER_PIN) -> None:
        self.page.get_by_label("Bakyt Osmonov, your PIN").fill(pin)

    def close(self, pieces: Mapping[int, int]) -> None:
        self.more("Close the shift")
        self.count(pieces)
        self.press("I have counted")
        self.press("Close the shift")
        self.sees("Z-report")

    @property
    def words(self) -> str:
        return self.page.locator("main").inner_text()

    def paper_with(self, words: str) -> str:
        """The first printed paper that has these words, once there is one."""
        for _ in range(100):
            for paper in self.page.evaluate("window.__papers"):
                if words in paper:
                    return str(paper)
            self.page.wait_for_timeout(100)
        raise AssertionError(f"No paper with {words!r} was printed.")

    def lose_the_network(self) -> None:
        """Once the till is whole on the device."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.page.reload()
        self.page.locator("html[data-ready]").wait_for(state="attached")
        self.page.context.set_offline(True)

    def scan(self, code: str) -> None:
        """As a scanner types: faster than a hand, with Enter at the end."""
        self.page.evaluate(
            "(code) => [...code, 'Enter'].forEach((key) => document.activeElement.dispatchEvent("
            "new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))",
            code,
        )

    def sent(self) -> None:
        """Waits until the server has all of it."""
        expect(self.page.get_by_text("All is sent")).to_be_visible(timeout=READY_MS)


@contextmanager
def clerk_at(house: ShopHouse, chromium: Browser, *, wide: int = 320) -> Iterator[Clerk]:
    """A new tablet that is the house's till, its words in English; errors of the page fail."""
    context = chromium.new_context(viewport={"width": wide, "height": 640})
    context.add_cookies(house.till.cookies(house.origin))  # type: ignore[arg-type]
    context.add_init_script(SOUNDLESS)
    page = context.new_page()
    page.set_default_timeout(READY_MS)
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{house.origin}/till/")
    page.locator("html[data-ready]").wait_for(state="attached", timeout=READY_MS)
    page.get_by_role("button", name="English").or_(page.locator("button.menu")).click()
    page.get_by_role("button", name="English").click()
    clerk = Clerk(page)
    clerk.sees("More")
    page.locator("button.brand").click()
    yield clerk
    context.close()
    assert said == []
