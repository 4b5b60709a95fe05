"""The payout of a shop, done on its pages by three people, as more than one walk needs it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tests.walks.conftest import Seat, Walk

LISTS = "/shop/payouts/"
DRAWER = "drawer:karakol-1"


@dataclass
class Office:
    """The accountant prepares, the manager closes and approves, the paymaster pays out."""

    walk: Walk

    @cached_property
    def accountant(self) -> Seat:
        return self.walk.as_staff("accountant")

    @cached_property
    def manager(self) -> Seat:
        return self.walk.as_staff("manager")

    @cached_property
    def paymaster(self) -> Seat:
        return self.walk.as_staff("paymaster")

    def close(self) -> None:
        self.manager.go(LISTS).press("Close the statements now")

    def prepare(self) -> str:
        """The new list's address."""
        self.accountant.go(LISTS).press("Prepare a list")
        self.accountant.sees("The list is prepared.", "waits for a second person")
        return self.accountant.page.url.removeprefix(self.accountant.server)

    def approve(self, address: str) -> None:
        # Whoever prepared it is told why they cannot, and finds no button.
        self.accountant.go(address).sees("You prepared this list")
        self.manager.go(address).press("I looked at it: it may be paid").sees("Approved.")

    def hand_over(self, address: str, maker: str, amount: str) -> None:
        """The list has one line that waits; the money is taken out of the drawer."""
        desk = self.paymaster.go(address)
        desk.follow(f"Hand the money over {maker}").sees(amount)
        desk.page.get_by_label("Where the money is taken from").select_option(DRAWER)
        desk.press("The money is handed over").sees(f"Handed over: {amount}")

    def pay(self, maker: str, amount: str) -> str:
        """From the list to the drawer; the list's address."""
        address = self.prepare()
        self.approve(address)
        self.hand_over(address, maker, amount)
        return address

    def list_on_paper(self, address: str) -> str:
        return self.paymaster.go(address).paper("Print the list to sign")
