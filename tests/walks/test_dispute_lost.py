"""A maker says that one line is wrong and is not: late and red on the desk, answered with a reason.

Jam costs 120 som, a member's commission is 20 %: four jars sold and one brought back leave
3 × 120 − 72 = 288 som, and the account is moved by nothing when the shop says no.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.cast import hash_of
from tests.walks.conftest import Walk
from tests.walks.paying import Office

pytestmark = pytest.mark.browser

SAID = "Nobody brought a jar back"
WHY = "The jar stands here with its broken lid, receipt and all"


def test_a_dispute_is_lost(walk: Walk) -> None:
    cast = walk.cast
    lot = cast.deliver(cast.jam, 10)
    sold = walk.sell(lot, 4, 12_000).encode()
    cast.till.send(cast.till.refund(lot, 1, 12_000, of=hash_of(sold)))
    Office(walk).close()

    maker = walk.as_person(cast.jyldyz)
    maker.go("/my-sales/").follow(re.compile("^Statement 1 ")).sees("288 сом", "came back")
    maker.follow("This line is wrong karakol-1-1-2").sees("−96 сом")
    maker.type(words=SAID).press("Send it to the shop").sees("The shop has your words")
    asked = "This is in dispute already."
    maker.follow("This line is wrong karakol-1-1-2").type(words=SAID)
    maker.press("Send it to the shop").sees(asked)

    # The shop has a fortnight. On the fifteenth day it is red, for the maker and on the desk.
    walk.days_later(15)
    maker = walk.as_person(cast.jyldyz)
    maker.go("/my-sales/").follow(re.compile("^Statement 1 "))
    expect(maker.page.locator(".badge.no", has_text="late by 1 day")).to_be_visible()
    office = Office(walk)
    desk = office.manager.go("/desk/")
    expect(desk.page.locator(".note.error", has_text="1 dispute is overdue")).to_be_visible()
    desk.follow(re.compile("^1 dispute is overdue"))
    expect(desk.page.locator(".badge.no", has_text="late by 1 day")).to_be_visible()
    desk.follow("Jyldyz Mamyrova · Statement 1").sees(SAID)
    desk.page.get_by_label("The statement is right").check()
    desk.type(reason=WHY).press("Answer").sees("The dispute is answered.", "dismissed")
    desk.go("/desk/")
    expect(desk.page.locator("body")).not_to_contain_text("overdue")

    maker.go("/my-sales/").sees("The shop answered what you said")
    maker.follow(re.compile("^Statement 1 ")).sees("dismissed", WHY)
    maker.follow(re.compile("^What stands behind it")).sees(WHY)
    outcome = maker.paper("On paper (PDF)")
    for words in (f"In their own words {SAID}", "Outcome dismissed", f"Why {WHY}"):
        assert words in outcome
    assert "The account changes by" not in outcome

    walk.sell(lot, 1, 12_000)
    office.close()
    maker.go("/my-sales/").follow(re.compile("^Statement 2 "))
    after = maker.paper("On paper (PDF)")
    # 288 carried + 96 sold = 384, and nothing else moved.
    for words in ("Carried from the last statement 288 сом", "Owed to you 384 сом"):
        assert words in after
    assert "Write-offs and corrections" not in after
    walk.nothing_is_broken()
