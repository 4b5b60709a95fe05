"""Pieces that their owner bears: nothing is owed, and the owner reads the cause and who signed."""

from __future__ import annotations

import re

import pytest

from tests.walks.conftest import Walk

pytestmark = pytest.mark.browser


def test_what_the_owner_bears_is_not_owed(walk: Walk) -> None:
    lot = walk.cast.deliver(walk.cast.jam, 10)
    walk.sell(lot, 2, 12_000)
    manager = walk.as_staff("manager").go("/shop/acts/").follow("Draft an act")
    label = lot.label
    manager.page.get_by_label(f"Pieces of {label}").fill("4")
    manager.page.get_by_label(f"Cause for {label}").select_option("damaged")
    manager.page.get_by_label(f"Who bears {label}").select_option("owner")
    manager.type(note="The lids do not close").press("Draft the act")
    manager.sees("waits for a second signature", "The lids do not close")
    assert "A draft: nothing is booked before it is signed" in manager.paper("Print the act")
    # Whoever drafted it is not its second person, whatever their office.
    assert manager.page.get_by_role("button", name="I have seen it and sign").count() == 0
    clerk = walk.as_staff("clerk").go("/shop/acts/").follow(re.compile("^№ 1 "))
    clerk.sees("damaged", "the owner", "0 сом").press("I have seen it and sign")
    clerk.sees("The act is signed and booked.")

    maker = walk.as_person(walk.cast.jyldyz).go("/my-goods/shelf/")
    maker.sees("4 pieces").follow(re.compile("^Apricot jam: 4 pieces, damaged"))
    maker.sees("The lids do not close", "Drafted by Manager Bekova", "Signed by Aigul Asanova")
    words = maker.paper("Print the act")
    assert re.search(
        rf"{label} Jyldyz Mamyrova 4 damaged the owner 0 сом Together 4 0 сом", words
    ), words
    assert "The lids do not close" in words

    walk.as_staff("accountant").go("/shop/payouts/").press("Close the statements now")
    # Only the sale is paid: 2 at 120 are 240, less 20 %.
    maker.go("/my-sales/").follow(re.compile("^Statement 1 ")).sees("192 сом")
    words = maker.paper("On paper (PDF)")
    assert "Owed to you 192 сом" in words
    assert "Goods lost" not in words
    assert "Write-offs" not in words
    maker.go("/my-goods/shelf/").sees("4 pieces", "borne by the owner")
    walk.nothing_is_broken()
