"""What the four lessons say, and what they keep silent on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.lessons.items import Goods, ItemFigures, add_up, take_back_refunds
from ayil.lessons.lesson import Action, Lesson, LessonKind, Silence, lesson_from_json
from ayil.lessons.rules import Terms, lessons_for
from tests.lessons.goods import AS_OF, item, items

FEW = [0, 1, 0, 0, 2, 0, 1] + [0] * 53
SOME = [0, 0, 1, 0, 1] * 6  # 12 in 30 days
MANY = [1, 2, 0, 3, 1, 0] * 10  # 70 in 60 days


def four(figures: ItemFigures) -> dict[LessonKind, Lesson]:
    return {lesson.kind: lesson for lesson in lessons_for([figures], as_of=AS_OF)[0]}


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=40))
def test_refunds_undo_the_latest_sales_before_them(units: list[int]) -> None:
    """Against a plain walk from the last day back, which carries what came back."""
    net = take_back_refunds(np.array(units))
    owed, expected = 0, []
    for sold in reversed(units):
        left = sold - owed
        owed = max(-left, 0)
        expected.append(max(left, 0))
    assert net.tolist() == expected[::-1]


def test_under_five_sold_only_counts_are_told() -> None:
    sold = four(item(FEW))[LessonKind.SOLD]
    assert sold.figures == {"sold": 4, "days": 60}
    assert (sold.range, sold.silence) == (None, Silence.TOO_FEW_SALES)
    assert sold.is_told


def test_from_five_to_fifteen_a_range_and_no_number() -> None:
    for lesson in four(item(SOME, in_stock=[True] * 29 + [False], on_shelf=0)).values():
        if lesson.range is None:
            assert not lesson.is_told
        else:
            assert "typical" not in lesson.figures
            assert "units" not in lesson.amounts


def test_from_sixteen_a_number_with_its_range() -> None:
    sold = four(item(MANY))[LessonKind.SOLD]
    assert sold.range is not None
    assert sold.range.low <= sold.figures["typical"] <= sold.range.high
    assert sold.figures["weeks"] == 1


def test_the_range_of_few_sales_is_the_wider_one() -> None:
    """Measured by its own middle: 12 sold teach less than 70."""
    widths = []
    for units in (SOME, MANY):
        span = four(item(units))[LessonKind.NEXT_DELIVERY].range
        assert span is not None
        widths.append((span.high - span.low) / (span.high + span.low))
    assert widths[0] > widths[1]


def test_empty_days_are_days_on_which_the_shop_was_open() -> None:
    marks = [True] * 40 + [False] * 20
    stock_out = four(item(MANY[:40] + [0] * 20, in_stock=marks, on_shelf=0))[LessonKind.STOCK_OUT]
    assert stock_out.figures["empty_days"] == 20
    assert stock_out.figures["days"] == 60
    assert stock_out.action is Action.BRING


def test_a_sale_from_a_shelf_that_reads_empty_shows_that_it_was_not() -> None:
    marks = [True, False, False, True]
    stock_out = four(item([1, 2, 0, 1], in_stock=marks))[LessonKind.STOCK_OUT]
    assert stock_out.figures["empty_days"] == 1


def test_next_delivery_looks_at_days_with_stock_only() -> None:
    """Half a window of empty shelf must not halve the advice."""
    full = four(item(MANY, on_shelf=0))[LessonKind.NEXT_DELIVERY]
    marks = [True] * 60 + [False] * 10
    paused = four(item(MANY + [0] * 10, in_stock=marks, on_shelf=0))[LessonKind.NEXT_DELIVERY]
    taken_as_bad_days = four(item(MANY + [0] * 10, on_shelf=0))[LessonKind.NEXT_DELIVERY]
    assert abs(paused.amounts["units"] - full.amounts["units"]) <= 4
    assert taken_as_bad_days.amounts["units"] < paused.amounts["units"] - 4


def test_what_stands_on_the_shelf_need_not_be_brought() -> None:
    bare = four(item(MANY, on_shelf=0))[LessonKind.NEXT_DELIVERY]
    some = four(item(MANY, on_shelf=10))[LessonKind.NEXT_DELIVERY]
    plenty = four(item(MANY, on_shelf=500))[LessonKind.NEXT_DELIVERY]
    assert some.amounts["units"] == bare.amounts["units"] - 10
    assert (plenty.action, dict(plenty.amounts)) == (Action.WAIT, {})


def test_a_thing_without_five_sales_is_tested_with_a_few() -> None:
    bring = four(item(FEW, on_shelf=0))[LessonKind.NEXT_DELIVERY]
    assert (bring.action, dict(bring.amounts)) == (Action.BRING_A_FEW, {})
    enough_to_tell = four(item(FEW, on_shelf=3))[LessonKind.NEXT_DELIVERY]
    assert enough_to_tell.action is Action.WAIT


@pytest.mark.parametrize(("goods", "limit"), [(Goods.FOOD, 60), (Goods.CRAFT, 120)])
def test_slow_stock_is_looked_at_after_its_days(goods: Goods, limit: int) -> None:
    fresh = four(item(FEW, shelf_days=limit - 1, kind=goods))[LessonKind.SLOW_STOCK]
    old = four(item(FEW, shelf_days=limit, kind=goods))[LessonKind.SLOW_STOCK]
    assert fresh.silence is Silence.STILL_FRESH
    assert old.figures["age_days"] == limit
    assert old.action is Action.CHANGE_ONE_THING


@pytest.mark.parametrize(
    ("figures", "kind", "silence"),
    [
        (item([]), LessonKind.SOLD, Silence.NO_OPEN_DAYS),
        (item([]), LessonKind.NEXT_DELIVERY, Silence.NO_OPEN_DAYS),
        (item(MANY, stock_known=False), LessonKind.STOCK_OUT, Silence.STOCK_UNKNOWN),
        (item(MANY, stock_known=False), LessonKind.SLOW_STOCK, Silence.STOCK_UNKNOWN),
        (item(MANY), LessonKind.STOCK_OUT, Silence.NEVER_EMPTY),
        (item([0], in_stock=[False]), LessonKind.STOCK_OUT, Silence.NEVER_ON_SHELF),
        (item([0], in_stock=[False]), LessonKind.NEXT_DELIVERY, Silence.NEVER_ON_SHELF),
        (item(MANY, on_shelf=0), LessonKind.SLOW_STOCK, Silence.NOTHING_ON_SHELF),
        (item(MANY, on_shelf=-2), LessonKind.SLOW_STOCK, Silence.NOTHING_ON_SHELF),
        (item(MANY, on_shelf=2, shelf_days=200), LessonKind.SLOW_STOCK, Silence.SELLS_THROUGH),
    ],
)
def test_each_reason_for_silence(figures: ItemFigures, kind: LessonKind, silence: Silence) -> None:
    lesson = four(figures)[kind]
    assert lesson.silence is silence
    assert not lesson.is_told
    assert (dict(lesson.figures), lesson.range, lesson.action) == ({}, None, None)


def test_trade_without_known_stock_still_learns_what_to_bring() -> None:
    """Days before the first sale teach nothing: nobody knows whether it was there."""
    late = four(item([0] * 40 + MANY, stock_known=False))[LessonKind.NEXT_DELIVERY]
    assert late.figures["days"] == len(MANY) - MANY.index(1)
    assert "shelf_days" not in late.figures
    assert late.action is Action.BRING


@given(items())
def test_no_lesson_says_more_than_its_sales_allow(figures: ItemFigures) -> None:
    net = int(add_up([figures], as_of=AS_OF).sold[0])
    for lesson in four(figures).values():
        if net < 5:
            assert lesson.range is None
            assert not lesson.amounts
            assert lesson.silence is not None
        if net < 16:
            assert "typical" not in lesson.figures
            assert "units" not in lesson.amounts


@given(items())
def test_ranges_are_ordered_and_hold_the_median(figures: ItemFigures) -> None:
    for lesson in four(figures).values():
        if lesson.range is not None:
            assert 0 <= lesson.range.low <= lesson.range.high
            typical = lesson.figures.get("typical", lesson.range.low)
            assert lesson.range.low <= typical <= lesson.range.high


@given(items())
def test_no_advice_is_negative(figures: ItemFigures) -> None:
    for lesson in four(figures).values():
        assert all(amount >= 0 for amount in lesson.amounts.values())
        assert lesson.stake_minor >= 0
        assert all(value >= 0 for name, value in lesson.figures.items() if name != "on_shelf")
        if lesson.action is Action.BRING:
            assert max(lesson.amounts.values()) > 0


@given(items(), st.floats(0.5, 0.85), st.floats(0.01, 0.1))
def test_a_surer_shelf_never_asks_for_less(
    figures: ItemFigures, service: float, more: float
) -> None:
    def asked(chance: float) -> int:
        terms = Terms(service=chance)
        lesson = lessons_for([figures], as_of=AS_OF, terms=terms)[0][2]
        return lesson.amounts.get("units", 0)

    assert asked(service) <= asked(service + more)


@given(items(), st.integers(2, 9))
def test_a_price_times_n_changes_the_stake_alone(figures: ItemFigures, times: int) -> None:
    dearer = replace(figures, price_minor=figures.price_minor * times)
    for plain, dear in zip(four(figures).values(), four(dearer).values(), strict=True):
        assert replace(dear, stake_minor=0) == replace(plain, stake_minor=0)
        assert dear.stake_minor == plain.stake_minor * times


@given(items(), st.integers(1, 2000))
def test_moving_everything_in_time_changes_nothing(figures: ItemFigures, days: int) -> None:
    since = figures.shelf_since
    moved = replace(
        figures,
        days=figures.days + np.timedelta64(days, "D"),
        shelf_since=since and since + timedelta(days=days),
    )
    later = lessons_for([moved], as_of=AS_OF + timedelta(days=days))[0]
    assert list(later) == list(four(figures).values())


@given(st.lists(items(), max_size=6))
def test_items_are_judged_apart_from_each_other(several: list[ItemFigures]) -> None:
    together = lessons_for(several, as_of=AS_OF)
    assert together == [lessons_for([figures], as_of=AS_OF)[0] for figures in several]


@given(items())
def test_a_lesson_survives_its_json(figures: ItemFigures) -> None:
    for lesson in four(figures).values():
        assert lesson_from_json(lesson.as_json()) == lesson


def test_a_lesson_cannot_be_changed() -> None:
    lesson = four(item(MANY))[LessonKind.SOLD]
    with pytest.raises(TypeError):
        lesson.figures["sold"] = 7  # type: ignore[index]


def test_figures_that_do_not_fit_their_days_are_refused() -> None:
    with pytest.raises(ValueError, match="variant 1: 3 sums for 60 days"):
        replace(item(MANY), units=np.zeros(3, dtype=np.int64))
    with pytest.raises(ValueError, match="variant 1: 3 marks for 60 days"):
        replace(item(MANY), in_stock=np.zeros(3, dtype=np.bool_))


def test_days_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="must ascend"):
        replace(item([1, 2]), days=item([1, 2]).days[::-1])


def test_a_shop_of_4600_things_is_judged_in_a_moment() -> None:
    """A second of processor time is far above what it takes, and far below one model a thing."""
    lot = np.random.default_rng(4600)
    shop = [
        item(lot.poisson(rate, 90).tolist(), on_shelf=3, variant_id=number)
        for number, rate in enumerate(lot.gamma(0.4, 3.0, 4600))
    ]
    began = process_time()
    lessons_for(shop, as_of=AS_OF)
    assert process_time() - began < 2.0
