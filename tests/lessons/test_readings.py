"""The figures that lessons are read from: open days, stock, shelf, price."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from ayil.consignment.actions import return_goods
from ayil.lessons.items import Goods, ItemFigures
from ayil.lessons.readings import Window, read_items
from tests.cast import Cast, assemble
from tests.lessons.season import day, sell

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def read(cast: Cast, last: int) -> tuple[Window, dict[int, ItemFigures]]:
    window, goods = read_items(cast.shop, as_of=day(last))
    return window, {int(item.variant_id): item for items in goods.values() for item in items}


def test_days_are_those_on_which_the_shop_was_open_since_the_first_delivery(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 20)
    sell(cast, lot, {0: 1, 3: 2, 9: 1})
    cast.deliver(cast.jam, 10, on=day(2))
    window, items = read(cast, 10)
    assert items[cast.slippers.pk].days.tolist() == [day(0), day(3), day(9)]
    assert items[cast.slippers.pk].units.tolist() == [1, 2, 1]
    assert items[cast.jam.pk].days.tolist() == [day(3), day(9)]
    assert items[cast.jam.pk].units.tolist() == [0, 0]
    assert window.open_days == 3


def test_stock_is_followed_from_delivery_to_the_last_sale_and_back(cast: Cast) -> None:
    """Two slippers sell out on day 1; the shelf is empty on 2 and 3 until two more come on 4."""
    first = cast.deliver(cast.slippers, 2)
    jam = cast.deliver(cast.jam, 30)
    sell(cast, jam, dict.fromkeys(range(7), 1), price_minor=12_000)
    sell(cast, first, {0: 1, 1: 1})
    cast.deliver(cast.slippers, 2, on=day(4))
    item = read(cast, 6)[1][cast.slippers.pk]
    assert item.in_stock is not None
    assert item.in_stock.tolist() == [True, True, False, False, True, True, True]
    assert (item.on_shelf, item.shelf_since) == (2, day(4))


def test_the_oldest_lot_that_still_has_some_tells_the_age(cast: Cast) -> None:
    first = cast.deliver(cast.slippers, 3)
    second = cast.deliver(cast.slippers, 3, on=day(5))
    sell(cast, first, {6: 2})
    assert read(cast, 7)[1][cast.slippers.pk].shelf_since == day(0)
    return_goods(lot=first, quantity=1, on=day(8), document="R1")
    item = read(cast, 8)[1][cast.slippers.pk]
    assert (item.on_shelf, item.shelf_since) == (3, day(5))
    assert second.accepted_on == day(5)


def test_the_books_are_read_as_they_stood_on_the_day(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 9)
    sell(cast, lot, {0: 1, 5: 4})
    item = read(cast, 4)[1][cast.slippers.pk]
    assert (item.on_shelf, item.units.tolist()) == (8, [1])


def test_a_window_that_begins_late_knows_what_stood_before(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 9)
    sell(cast, lot, {0: 2, 100: 1})
    item = read(cast, 100)[1][cast.slippers.pk]
    assert item.days.tolist() == [day(100)]
    assert item.in_stock is not None
    assert item.in_stock.tolist() == [True]
    assert item.on_shelf == 6


def test_kinds_and_prices(cast: Cast) -> None:
    cast.deliver(cast.slippers, 1)
    cast.deliver(cast.jam, 1)
    items = read(cast, 1)[1]
    assert items[cast.slippers.pk].kind is Goods.CRAFT
    assert items[cast.jam.pk].kind is Goods.FOOD
    assert (items[cast.jam.pk].price_minor, items[cast.jam.pk].currency) == (12_000, "KGS")


def test_a_shop_without_goods_or_days_is_no_error(cast: Cast) -> None:
    window, goods = read_items(cast.shop, as_of=day(0))
    assert (window.open_days, goods) == (0, {})


def test_one_producers_goods_alone(cast: Cast) -> None:
    sell(cast, cast.deliver(cast.slippers, 5), {0: 1})
    sell(cast, cast.deliver(cast.jam, 5), {0: 1}, price_minor=12_000)
    goods = read_items(cast.shop, as_of=day(1), producer=cast.jyldyz)[1]
    assert list(goods) == [cast.jyldyz.pk]


def test_the_number_of_queries_does_not_hang_on_the_goods(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sell(cast, cast.deliver(cast.slippers, 5), {0: 1})
    with django_assert_num_queries(10):
        read_items(cast.shop, as_of=day(1))
    for number in range(3):
        sell(cast, cast.deliver(cast.jam, 5), {number: 1}, price_minor=12_000)
    with django_assert_num_queries(10):
        read_items(cast.shop, as_of=day(4))


def test_the_shops_own_pace_tells_how_many_days_a_delivery_is_away(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 50)
    sell(cast, lot, dict.fromkeys(range(0, 84, 2), 1))
    window, _goods = read_items(cast.shop, as_of=day(83))
    assert window.first == day(83) - timedelta(days=83)
    assert window.open_days_in(4) == 14
