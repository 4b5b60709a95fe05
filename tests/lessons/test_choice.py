"""One lesson a producer a week, and what came of the last one."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.lessons.choice import Choice, Reason, Since, Verdict, this_week, what_came_of_it
from ayil.lessons.items import Goods, ItemFigures
from ayil.lessons.lesson import Action, Lesson, LessonKind, Range
from ayil.lessons.rules import lessons_for
from tests.lessons.goods import AS_OF, item, items
from tests.lessons.test_rules import FEW, MANY

EMPTY = item(MANY[:50] + [0] * 10, in_stock=[True] * 50 + [False] * 10, on_shelf=0, variant_id=1)
STANDING = item(FEW, on_shelf=12, shelf_days=150, variant_id=2)
RUNNING_OUT = item(MANY, on_shelf=2, variant_id=3)
PLENTY = item(MANY, on_shelf=400, variant_id=4)
NEW = item(FEW[:20], on_shelf=5, kind=Goods.FOOD, variant_id=5)


def told(*goods: ItemFigures) -> list[Lesson]:
    return list(chain.from_iterable(lessons_for(list(goods), as_of=AS_OF)))


def chosen(*goods: ItemFigures) -> Choice:
    choice = this_week(told(*goods))
    assert choice is not None
    return choice


def test_the_most_pressing_reason_goes_first() -> None:
    goods = [EMPTY, STANDING, RUNNING_OUT, PLENTY, NEW]
    reasons = []
    while goods:
        choice = chosen(*goods)
        reasons.append(choice.reason)
        goods = [one for one in goods if one.variant_id != choice.lesson.variant_id]
    assert reasons == [
        Reason.EMPTY_NOW,
        Reason.STANDS_LONG,
        Reason.RUNS_OUT,
        Reason.SELLS,
        Reason.FIRST_FIGURES,
    ]


def test_of_two_that_press_alike_the_dearer_is_told() -> None:
    dear = item(MANY, on_shelf=2, variant_id=8, price_minor=900_000)
    assert chosen(RUNNING_OUT, dear).lesson.variant_id == 8


def test_a_shelf_that_nobody_knows_is_not_said_to_run_out() -> None:
    choice = chosen(item(MANY, stock_known=False))
    assert (choice.reason, choice.lesson.kind) == (Reason.SELLS, LessonKind.NEXT_DELIVERY)


def test_what_was_told_lately_waits() -> None:
    first = chosen(EMPTY, STANDING)
    again = this_week(
        told(EMPTY, STANDING), told_lately={(first.lesson.kind, first.lesson.variant_id)}
    )
    assert again is not None
    assert again.lesson != first.lesson


def test_a_producer_without_goods_hears_nothing() -> None:
    assert this_week([]) is None


def test_before_the_shop_was_open_it_says_that_it_cannot_tell() -> None:
    choice = chosen(item([]))
    assert choice.reason is Reason.NOTHING_KNOWN
    assert not choice.lesson.is_told


@given(st.lists(items(), min_size=1, max_size=5, unique_by=lambda one: one.variant_id), st.data())
def test_the_choice_does_not_hang_on_the_order(
    several: list[ItemFigures], data: st.DataObject
) -> None:
    lessons = told(*several)
    shuffled = data.draw(st.permutations(lessons))
    assert this_week(lessons) == this_week(shuffled)


@given(st.lists(items(), min_size=1, max_size=4))
def test_nothing_is_chosen_that_has_nothing_to_say_while_something_has(
    several: list[ItemFigures],
) -> None:
    lessons = told(*several)
    choice = this_week(lessons)
    assert choice is not None
    assert choice.lesson.is_told or not any(lesson.is_told for lesson in lessons)


@pytest.mark.parametrize(
    ("action", "expected", "since", "verdict"),
    [
        (Action.BRING, Range(3, 9), Since(10, 8, 5), Verdict.TOO_EARLY),
        (Action.BRING, Range(3, 9), Since(24, 0, 5), Verdict.NOT_DONE),
        (Action.BRING, Range(3, 9), Since(24, 8, 3), Verdict.AS_EXPECTED),
        (Action.BRING, Range(3, 9), Since(24, 8, 2), Verdict.BELOW_EXPECTED),
        (Action.BRING_A_FEW, None, Since(24, 4, 1), Verdict.SELLING),
        (Action.BRING_A_FEW, None, Since(24, 4, 0), Verdict.NOT_SELLING),
        (Action.WAIT, None, Since(24, 4, 0), Verdict.NOT_DONE),
        (Action.WAIT, None, Since(24, 0, 2), Verdict.SELLING),
        (Action.BRING, Range(3, 9), Since(24, None, 3), Verdict.AS_EXPECTED),
        (Action.WAIT, Range(3, 9), Since(24, 0, 0), Verdict.NOT_SELLING),
        (Action.CHANGE_ONE_THING, Range(0, 1), Since(24, 0, 0), Verdict.NOT_SELLING),
        (Action.CHANGE_ONE_THING, Range(0, 1), Since(24, 0, 2), Verdict.SELLING),
    ],
)
def test_what_came_of_a_promise(
    action: Action, expected: Range | None, since: Since, verdict: Verdict
) -> None:
    assert what_came_of_it(action, expected, since, due_open_days=24) is verdict
