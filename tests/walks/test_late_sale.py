"""A sale that comes late, after its month was closed, paid and signed for: it is in the next one.

Jam costs 120 som, and a member's commission is 20 %: of two jars the maker gets
2 × 120 − 48 = 192 som, of three 3 × 120 − 72 = 288 som.
"""

from __future__ import annotations

import re

import pytest

from tests.walks.conftest import Walk
from tests.walks.paying import Office

pytestmark = pytest.mark.browser


def test_a_late_sale_stands_in_the_next_statement(walk: Walk) -> None:
    cast, office = walk.cast, Office(walk)
    name = cast.jyldyz.name
    maker = walk.as_person(cast.jyldyz)
    lot = cast.deliver(cast.jam, 10)
    walk.sell(lot, 2, 12_000)
    late = cast.till.sale((lot, 3, 12_000))  # the till keeps it: no network

    office.close()
    first = office.pay(name, "192 сом")
    maker.go("/my-sales/").sees("192 сом was handed to Jyldyz Mamyrova").press("I have the money")
    maker.sees("the shop's list now says that you have the money")
    paper = office.list_on_paper(first)
    assert "Together 192 сом" in paper
    assert "In words: one hundred ninety-two som 00 tyiyn." in paper
    paid = "All that was stated is paid."
    maker.go("/my-sales/").follow(re.compile("^Statement 1 ")).sees(paid)
    before = maker.paper("On paper (PDF)")
    assert "Your share of what sold 192 сом" in before
    assert "2 × 120 сом 240 сом 20 % 48 сом 0 сом 192 сом" in before

    cast.till.send(late)
    office.close()
    second = office.pay(name, "288 сом")
    maker.go("/my-sales/").press("I have the money")
    paper = office.list_on_paper(second)
    assert "Together 288 сом" in paper
    assert "192 сом" not in paper
    maker.go("/my-sales/").follow(re.compile("^Statement 2 "))
    after = maker.paper("On paper (PDF)")
    # 192 carried + 288 sold − 192 paid = 288; the day is the sale's own, not the closing's.
    for words in (
        "Carried from the last statement 192 сом",
        "Your share of what sold 288 сом",
        "Paid to you −192 сом",
        "Owed to you 288 сом",
        "3 × 120 сом 360 сом 20 % 72 сом 0 сом 288 сом",
        "02.07.2012",
    ):
        assert words in after
    # What was closed and paid is as it was, word for word; only what comes next is told no more.
    maker.go("/my-sales/").follow(re.compile("^Statement 1 "))
    assert maker.paper("On paper (PDF)") == before.replace(f" {paid}", "")
    walk.nothing_is_broken()
