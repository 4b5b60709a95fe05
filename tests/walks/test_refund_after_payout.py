"""Goods come back after they were paid for: carried below zero, made up for, paid when enough.

Jam costs 120 som, commission 20 %: a jar gives its maker 96 som. The least payout is 200 som.

    statement   sold            came back   paid    owed
    1           5 × 96 = 480                         480
    2                           96          480      −96
    3           2 × 96 = 192                          96   under 200: carried
    4           2 × 96 = 192                         288   paid
"""

from __future__ import annotations

import re

import pytest

from tests.cast import hash_of
from tests.walks.conftest import Seat, Walk
from tests.walks.paying import LISTS, Office

pytestmark = pytest.mark.browser


def statement(maker: Seat, number: int) -> str:
    maker.go("/my-sales/").follow(re.compile(f"^Statement {number} "))
    return maker.paper("On paper (PDF)")


def set_least(officer: Seat, som: str) -> None:
    officer.go("/association/payout-terms/").type(least=som).press("From that day on")
    officer.go("/association/payout-terms/").sees(f"{som} сом")


def test_a_refund_after_the_payout_is_carried(walk: Walk) -> None:
    cast, office = walk.cast, Office(walk)
    maker = walk.as_person(cast.jyldyz)
    lot = cast.deliver(cast.jam, 20)
    sold = cast.till.sale((lot, 5, 12_000))
    cast.till.send(sold)
    officer = walk.as_person(cast.officer)
    set_least(officer, "200")
    office.close()
    office.pay(cast.jyldyz.name, "480 сом")
    maker.go("/my-sales/").press("I have the money")

    back = cast.till.refund(lot, 1, 12_000, of=hash_of(sold))
    cast.till.send(back)
    missing = "Goods came back after they were paid to you, so 96 сом is missing."
    maker.go("/my-sales/").sees("−96 сом", missing, "nobody asks you to bring it")
    office.close()
    told = statement(maker, 2)
    for words in (
        "Carried from the last statement 480 сом",
        "Your share of what came back −96 сом",
        "Paid to you −480 сом",
        "Owed to you −96 сом",
        missing,
        "−1 × 120 сом −120 сом 20 % −24 сом 0 сом −96 сом",
    ):
        assert words in told
    office.accountant.go(LISTS).sees("below zero", "There is nothing to put on a list now.")

    walk.sell(lot, 2, 12_000)
    office.close()
    told = statement(maker, 3)
    for words in (
        "Carried from the last statement −96 сом",
        "Your share of what sold 192 сом",
        "Owed to you 96 сом",
        "96 сом is less than the least payout, which the association set at 200 сом",
    ):
        assert words in told
    office.accountant.go(LISTS).sees("under the least payout", "nothing to put on a list now")

    walk.sell(lot, 2, 12_000)
    office.close()
    listed = office.pay(cast.jyldyz.name, "288 сом")
    paper = office.list_on_paper(listed)
    assert "Together 288 сом" in paper
    told = statement(maker, 4)
    for words in (
        "Carried from the last statement 96 сом",
        "Your share of what sold 192 сом",
        "Owed to you 288 сом",
        "handed to Jyldyz Mamyrova",
    ):
        assert words in told
    walk.nothing_is_broken()
