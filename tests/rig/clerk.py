"""A clerk at the till: finds everything by the name that a screen reader says, and by no other."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.rig.till_house import CLERK_PIN, ShopHouse


class Clerk:
    """Works at one page of the till, in English: the source that the catalogues are keyed by."""

    def __init__(self, page: Page, house: ShopHouse) -> None:
        self.page, self.house = page, house

    @property
    def name(self) -> str:
        return str(self.house.shop["people"]["clerk"]["name"])

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def speak_english(self) -> None:
        """Under the menu, which is the last button of the bar in every language."""
        self.page.locator("#bar").get_by_role("button").last.click()
        self.press("English")
        expect(self.page.get_by_role("heading", name="More", exact=True)).to_be_visible()

    def open_shift(self) -> None:
        self.press("More")
        self.press("Open a shift")
        choice = self.page.get_by_role("radio", name=self.name)
        if not choice.is_checked():
            choice.check()
        self.page.get_by_label(f"{self.name}, your PIN").fill(CLERK_PIN)
        # Small notes and coins, so that change can be given.
        for worth, pieces in (("100 ×", "20"), ("50 ×", "20"), ("10 ×", "20")):
            self.page.get_by_label(worth, exact=True).fill(pieces)
        self.press("Open the shift")
        expect(self.page.get_by_role("button", name="Pay", exact=True)).to_be_visible()

    def close_shift(self) -> None:
        """Counts an empty drawer: over or short, the shift closes all the same."""
        self.press("More")
        self.press("Close the shift")
        self.press("I have counted")
        self.press("Close the shift")
        expect(self.page.get_by_role("heading", name="Z-report").first).to_be_visible()

    def take(self, good: str) -> None:
        """Touches the picture of a good."""
        self.press(re.compile(re.escape(good)))

    def pay_exactly(self) -> None:
        """The second and third tap of an ordinary sale."""
        self.press("Pay")
        self.press(re.compile("exactly"))

    def expect_done(self) -> str:
        """Waits until the sale is done; the receipt's number."""
        expect(self.page.get_by_text("The receipt is printed.")).to_be_visible()
        number = self.page.get_by_role("main").get_by_text(re.compile(r"^№ ")).inner_text()
        return number.removeprefix("№").strip()

    def sell(self, good: str) -> str:
        self.take(good)
        self.pay_exactly()
        number = self.expect_done()
        self.press("The next sale")
        return number
