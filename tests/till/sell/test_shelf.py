"""The shelf in memory: by label, by words, and which lot is sold first."""

from typing import Any

import pytest

from tests.till.conftest import Modules
from tests.till.sell.goods import TODAY, jam, lot

pytestmark = pytest.mark.browser

LOTS = [lot("2900000000018"), lot("2900000000025", on_shelf=1), jam("2900000000032")]


def found(modules: Modules, words: str, narrowed: dict[str, str] | None = None) -> list[int]:
    body = """
      const shelf = new m.Shelf(given[0]);
      return shelf.find(given[1], given[2]).map((good) => good.variant);
    """
    answer: list[int] = modules.run("sell/shelf.js", body, LOTS, words, narrowed or {})
    return answer


@pytest.mark.parametrize(
    ("words", "variants"),
    [
        ("тапоч", [1]),
        ("чокой", [1]),
        ("slipp felt", [1]),
        ("Zhypargul", [1]),
        ("жыпаргул", [1]),
        ("Барск", [1]),
        ("жылдыз", [2]),
        ("oruk", [2]),
        ("0032", [2]),
        ("2900", [1, 2]),
        ("апок", []),
        ("felt jam", []),
        ("", [1, 2]),
    ],
)
def test_goods_are_found_by_the_fronts_of_their_words(
    modules: Modules, words: str, variants: list[int]
) -> None:
    assert found(modules, words) == variants


def test_goods_are_narrowed_by_village_and_kind(modules: Modules) -> None:
    assert found(modules, "", {"village": "tamga"}) == [2]
    assert found(modules, "", {"kind": "craft"}) == [1]
    assert found(modules, "чокой", {"kind": "food"}) == []


def test_what_comes_anew_replaces_what_was_known(modules: Modules) -> None:
    body = """
      const shelf = new m.Shelf(given[0]);
      shelf.find("oruk");
      shelf.add(given[1]);
      return [shelf.size, shelf.get("2900000000032").price, shelf.find("мармелад").length,
        shelf.find("oruk").length, shelf.villages().map((one) => one.code), shelf.kinds(),
        shelf.get("29") === null];
    """
    renamed = jam("2900000000032", price=13_000, names={"ru": "Мармелад", "ky": "", "en": ""})
    assert modules.run("sell/shelf.js", body, LOTS, [renamed]) == [
        3, 13_000, 1, 0, ["barskoon", "tamga"], ["craft", "food"], True,
    ]  # fmt: skip


def first_lot(modules: Modules, lots: list[dict[str, Any]], sold: dict[str, int]) -> str:
    body = """
      const shelf = new m.Shelf(given[0]);
      const good = shelf.good(given[0][0].variant);
      return m.lotToSell(shelf, good, given[1], (label) => given[2][label] ?? 0).label;
    """
    answer: str = modules.run("sell/shelf.js", body, lots, TODAY, sold)
    return answer


def test_the_oldest_date_is_sold_first(modules: Modules) -> None:
    lots = [
        jam("late", best_before="2013-06-01"),
        jam("soon", best_before="2012-08-01", on_shelf=2),
        jam("gone", best_before="2012-07-10", on_shelf=0),
        jam("past", best_before="2012-07-04"),
    ]
    assert first_lot(modules, lots, {}) == "soon"
    assert first_lot(modules, lots, {"soon": 2}) == "late"
    # All sold by the books, but one stands there: the shelf may read below zero.
    assert first_lot(modules, lots, {"soon": 2, "late": 10}) == "late"
    assert first_lot(modules, lots[3:], {}) == "past"
    # What came first goes first where there is no date; uncounted stock is taken to be there.
    assert first_lot(modules, [lot("a", on_shelf=None), lot("b")], {}) == "a"


def test_food_is_expired_from_the_day_after_its_date(modules: Modules) -> None:
    body = "return given[0].map((lot) => m.isExpired(lot, given[1]));"
    lots = [jam("1", best_before=day) for day in ("2012-07-04", "2012-07-05", None)]
    soap = lot("4", best_before="2012-01-01")
    assert modules.run("sell/shelf.js", body, [*lots, soap], TODAY) == [True, False, False, False]


def test_a_price_named_before_holds_from_its_day(modules: Modules) -> None:
    later = [
        {"since": "2012-07-05", "price": 13_000, "floor": 12_500},
        {"since": "2012-07-09", "price": 14_000, "floor": None},
    ]
    body = "return given[1].map((day) => Object.values(m.priceOn(given[0], day)));"
    days = ["2012-07-04", "2012-07-05", "2012-07-08", "2012-08-01"]
    assert modules.run("sell/shelf.js", body, jam("1", later=later), days) == [
        [12_000, None], [13_000, 12_500], [13_000, 12_500], [14_000, None],
    ]  # fmt: skip
