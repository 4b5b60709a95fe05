"""One sale a round, and in each something is broken at another step from the tap to the print."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from playwright.sync_api import Error, expect

from tests.rig import till_page
from tests.rig.clerk import Clerk
from tests.rig.cut import Asked, Fate, Link, pass_all
from tests.rig.profile import Tablet
from tests.rig.till_house import ShopHouse

GOODS = ("Felt slippers", "Apricot jam")
SETTLES_WITHIN_S = 30


@dataclass
class Rounds:
    """A shop with one tablet. A round leaves both standing, whatever it broke."""

    house: ShopHouse
    line: Link
    tablet: Tablet
    random: Random
    tally: Counter[str] = field(default_factory=Counter)
    in_log: int = 0
    in_cart: bool = False

    def begin(self) -> None:
        """The first opening, with a shift."""
        self.page = till_page.open_till(self.tablet, self.line.origin)
        till_page.wait_until_ready(self.page, lots=len(self.house.shop["goods"]))
        self.clerk.speak_english()
        # Chromium writes a cookie down within half a minute: this till was enrolled long ago.
        self.tablet.stop()
        self.tablet.start()
        self.page = till_page.open_till(self.tablet, self.line.origin)
        self.clerk.open_shift()

    @property
    def clerk(self) -> Clerk:
        return Clerk(self.page, self.house)

    # What may break, each at a step of its own.

    def browser_dies_with_goods_in_the_cart(self) -> None:
        """The cart of the last tap may be gone with it; it is taken once more then."""
        self.clerk.take(self._good())
        self._after_a_moment(self.tablet.kill)
        self._browser_again(may_be_gone=True)

    def browser_dies_at_the_payment(self) -> None:
        self._take_and_keep()
        self.clerk.press("Pay")
        self._after_a_moment(self.tablet.kill)
        self._browser_again()

    def browser_dies_while_the_sale_is_written(self) -> None:
        """Between 0 and 80 ms after the last tap: before, in and after the commit."""
        self._take_and_keep()
        self.clerk.press("Pay")
        self.page.get_by_role("button", name="exactly").dispatch_event("click")
        time.sleep(self.random.random() * 0.08)
        self.tablet.kill()
        self._browser_again()

    def browser_dies_at_the_print(self) -> None:
        self.tablet.on_print = self.tablet.kill
        self.clerk.take(self._good())
        self._until_broken(self.clerk.pay_exactly, self.clerk.expect_done)
        self.tablet.on_print = lambda: None
        self._browser_again()

    def browser_dies_when_its_batch_has_come(self) -> None:
        self._sell_then_break("on_asked", self.tablet.kill)
        self._browser_again()

    def browser_dies_when_the_server_has_answered(self) -> None:
        self._sell_then_break("on_answered", self.tablet.kill)
        self._browser_again()

    def server_dies_when_a_batch_has_come(self) -> None:
        self._sell_then_break("on_asked", lambda: self._after_a_moment(self.house.kill))
        self.house.start()

    def server_dies_when_it_has_answered(self) -> None:
        self._sell_then_break("on_answered", self.house.kill)
        self.house.start()

    def line_is_cut(self, fate: Fate) -> None:
        """The next batch of events meets its fate; the sale itself goes on as if nothing was."""
        met = threading.Event()

        def plan(asked: Asked) -> Fate:
            if not asked.sends_events or met.is_set():
                return Fate.PASS
            met.set()
            return fate

        self.line.plan = plan
        till_page.send(self.page)  # of the round before, while the clerk sells on
        self.clerk.sell(self._good())
        till_page.send(self.page)
        self.tally["batches cut"] += met.wait(SETTLES_WITHIN_S)
        self.line.plan = pass_all

    # What every round does.

    def _good(self) -> str:
        return self.random.choice(GOODS)

    def _after_a_moment(self, break_it: Callable[[], None]) -> None:
        time.sleep(self.random.random() * 0.02)
        break_it()

    def _sell_then_break(self, moment: str, break_it: Callable[[], None]) -> None:
        """Breaks in the proxy's own thread, with the batch in the very state that is meant."""
        broken = threading.Event()

        def hook(asked: Asked) -> None:
            if asked.sends_events and not broken.is_set():
                break_it()
                broken.set()

        self.line.plan = lambda asked: Fate.REFUSE if asked.sends_events else Fate.PASS
        self.clerk.sell(self._good())
        setattr(self.line, moment, hook)
        self.line.plan = pass_all
        deadline = time.monotonic() + SETTLES_WITHIN_S
        while not broken.is_set() and time.monotonic() < deadline:
            self._until_broken(lambda: till_page.send(self.page))
            broken.wait(0.2)
        if not broken.is_set():
            raise AssertionError(f"No batch was sent within {SETTLES_WITHIN_S} s.")
        setattr(self.line, moment, lambda _asked: None)

    def _until_broken(self, *steps: Callable[[], object]) -> None:
        """The browser may die in the middle of any of these."""
        try:
            for step in steps:
                step()
        except (Error, AssertionError):
            if not self.tablet.is_off_within(5):
                raise
            self.tally["steps that broke off"] += 1

    def _take_and_keep(self) -> None:
        """Goods in the cart, and the cart on the disk."""
        self.clerk.take(self._good())
        till_page.wait_for_cart(self.page)

    def _browser_again(self, *, may_be_gone: bool = False) -> None:
        """The same tablet, switched on: the cart is still there or sold, never both or neither."""
        self.tablet.stop()
        self.tablet.start()
        self.page = till_page.open_till(self.tablet, self.line.origin)
        pay = self.page.get_by_role("button", name="Pay")
        if self.in_cart and till_page.sold(self.page) == self.in_log:
            if may_be_gone and not till_page.has_cart(self.page):
                self.clerk.take(self._good())
            expect(pay).to_be_enabled()
            self.tally["carts that were still there"] += 1
            self.clerk.pay_exactly()
            self.clerk.expect_done()
            self.clerk.press("The next sale")
        expect(pay).to_be_disabled()

    def run(self, kind: str, *how: Fate) -> None:
        """One round, told apart in the report where it fails."""
        self.in_log = till_page.sold(self.page)
        self.in_cart = kind in IN_CART
        self.tally[kind] += 1
        getattr(self, kind)(*how)
        more = till_page.sold(self.page) - self.in_log
        if more != 1:
            raise AssertionError(f"{kind}: the log has {more} sales more; it was one.")


# Rounds that break before the sale is certain to be in the log.
IN_CART = frozenset(
    {
        "browser_dies_with_goods_in_the_cart",
        "browser_dies_at_the_payment",
        "browser_dies_while_the_sale_is_written",
    }
)
