"""A maker says that one line is wrong and is right: the shop adds it, and the next one shows it.

Jam costs 120 som; the till sold three jars by an old label at 100.01 som. A member's commission is
20 %, half a tyiyn rounded up. What the maker got: 3 × 100.01 = 300.03, less 60.006 ≈ 60.01, is
240.02. What was theirs: 3 × 120 = 360, less 72, is 288. What lacks is 288 − 240.02 = 47.98 som.
"""

from __future__ import annotations

import re

import pytest

from tests.walks.conftest import Walk
from tests.walks.paying import Office

pytestmark = pytest.mark.browser

SAID = "The jars cost 120 som each, the label was old"
WHY = "The old price label was left on three jars"


def test_a_dispute_is_won(walk: Walk) -> None:
    cast, office = walk.cast, Office(walk)
    lot = cast.deliver(cast.jam, 10)
    walk.sell(lot, 3, 10_001)
    walk.sell(lot, 2, 12_000)
    office.close()

    maker = walk.as_person(cast.jyldyz)
    maker.go("/my-sales/").follow(re.compile("^Statement 1 ")).sees("432.02 сом")
    before = maker.paper("On paper (PDF)")
    maker.follow("This line is wrong karakol-1-1-1").sees("3 × 100.01 сом", "240.02 сом")
    maker.type(words=SAID).press("Send it to the shop").sees("The shop has your words")

    manager = office.manager.go("/desk/").follow("1 dispute to answer")
    manager.sees(SAID, "karakol-1-1-1 · Apricot jam", "14 days left")
    manager.follow("Jyldyz Mamyrova · Statement 1").sees("from 2 July 2012 · Jyldyz Mamyrova")
    manager.page.get_by_label("The maker is right: this amount is added").check()
    manager.type(amount="47,98", reason=WHY).press("Answer").sees("The dispute is answered.")

    maker.go("/my-sales/").sees("The shop answered what you said")
    maker.follow(re.compile("^Statement 1 ")).sees("upheld: 47.98 сом", WHY)
    maker.follow(re.compile("^What stands behind it")).sees(WHY, "Manager Bekova")
    outcome = maker.paper("On paper (PDF)")
    for words in (
        f"In their own words {SAID}",
        "Apricot jam 3 100.01 сом 300.03 сом 240.02 сом",
        "120 сом Jyldyz Mamyrova",
        "Outcome upheld",
        "The account changes by 47.98 сом",
        f"Why {WHY}",
        "Decided by Manager Bekova",
    ):
        assert words in outcome

    walk.sell(lot, 2, 12_000)
    office.close()
    maker.go("/my-sales/").follow(re.compile("^Statement 2 "))
    maker.sees("Correction after a dispute", WHY)
    after = maker.paper("On paper (PDF)")
    # 432.02 carried + 192 sold + 47.98 corrected = 672: as if five jars and two had cost 120.
    for words in (
        "Carried from the last statement 432.02 сом",
        "Your share of what sold 192 сом",
        "Write-offs and corrections 47.98 сом",
        "Owed to you 672 сом",
        "Correction after a dispute",
        WHY,
    ):
        assert words in after
    # What was closed is as it was, line by line.
    maker.go("/my-sales/").follow(re.compile("^Statement 1 "))
    receipts = "Receipt by receipt"
    assert maker.paper("On paper (PDF)").split(receipts)[1] == before.split(receipts)[1]
    walk.nothing_is_broken()
