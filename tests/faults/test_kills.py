"""Nothing is lost: killed browsers, killed servers, cut lines, at every step of a sale.

A hundred rounds, one sale each. Whatever broke, each receipt that came out of the printer is with
the server exactly once, and nothing is there twice.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from random import Random

import pytest
from playwright.sync_api import Error

from tests.faults.rounds import Rounds
from tests.rig import postgres, till_page
from tests.rig.cut import CUTS, Link, link
from tests.rig.profile import Tablet
from tests.rig.till_house import ShopHouse, shop_house

pytestmark = pytest.mark.browser
BROWSER = (
    "browser_dies_with_goods_in_the_cart",
    "browser_dies_at_the_payment",
    "browser_dies_while_the_sale_is_written",
    "browser_dies_while_the_sale_is_written",
    "browser_dies_at_the_print",
    "browser_dies_when_its_batch_has_come",
    "browser_dies_when_the_server_has_answered",
)
SERVER = ("server_dies_when_a_batch_has_come", "server_dies_when_it_has_answered")


def plan_of(browser: int, server: int, cut: int, random: Random) -> list[tuple[str, int]]:
    """So many rounds of each kind, mixed; the number chooses a cut's fate."""
    kinds = [
        *itertools.islice(itertools.cycle(BROWSER), browser),
        *itertools.islice(itertools.cycle(SERVER), server),
        *["line_is_cut"] * cut,
    ]
    rounds = list(zip(kinds, itertools.count(), strict=False))
    random.shuffle(rounds)
    return rounds


def play(rounds: Rounds, plan: list[tuple[str, int]]) -> None:
    for number, (kind, place) in enumerate(plan):
        fates = [CUTS[place % len(CUTS)]] if kind == "line_is_cut" else []
        try:
            rounds.run(kind, *fates)
        except Exception as error:
            raise AssertionError(f"Round {number}, {kind}: {error}\n{seen(rounds)}") from error


def seen(rounds: Rounds) -> str:
    """What stood on the screen when it failed."""
    try:
        return rounds.page.inner_text("body")[:600]
    except Error:
        return "The browser is off."


def check(rounds: Rounds) -> None:
    """What stands on paper and on the tablet is with the server, once, and nothing else is."""
    till_page.send_all(rounds.page)
    house, tablet = rounds.house, rounds.tablet
    on_server = [row[0] for row in house.ask("SELECT receipt FROM shop_sale ORDER BY id")]
    assert len(on_server) == len(set(on_server))
    assert set(tablet.receipts) <= set(on_server)
    hashes = [bytes(row[0]).hex() for row in house.ask("SELECT hash FROM shop_tillevent")]
    assert sorted(hashes) == sorted(till_page.hashes(rounds.page))
    assert house.ask("SELECT code, words FROM shop_eventexception") == []
    assert house.verify() == []


def test_a_hundred_rounds(house: ShopHouse, line: Link, tablet: Tablet) -> None:
    random = Random(4)  # the same rounds in every run
    rounds = Rounds(house, line, tablet, random)
    rounds.begin()
    play(rounds, plan_of(browser=35, server=16, cut=49, random=random))
    check(rounds)
    print(dict(rounds.tally), len(tablet.receipts), "receipts printed")
    assert len(house.ask("SELECT 1 FROM shop_sale")) == 100
    assert len(tablet.receipts) > 65
    # Each kind of break was really met.
    assert rounds.tally["batches cut"] == 49
    assert rounds.tally["carts that were still there"] >= 10


@pytest.mark.postgres
def test_rounds_on_postgresql(tablets: Callable[..., Tablet]) -> None:
    """Where the server dies or its answer is cut, the database matters: the same on the other."""
    random = Random(15)
    with (
        postgres.cluster() as database,
        shop_house(database=database) as house,
        link(house.port) as line,
    ):
        tablet = tablets()
        tablet.start()
        tablet.enrol(house.till, line.origin)
        rounds = Rounds(house, line, tablet, random)
        rounds.begin()
        play(rounds, plan_of(browser=4, server=10, cut=10, random=random))
        check(rounds)
        print(dict(rounds.tally), len(tablet.receipts), "receipts printed")
        assert len(house.ask("SELECT 1 FROM shop_sale")) == 24
        assert rounds.tally["batches cut"] == 10
