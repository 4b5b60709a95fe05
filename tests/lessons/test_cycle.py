"""Triggered, delivered, promised, measured: each step once, and none of them changed later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from ayil.consignment.models import ConsignorAccount
from ayil.kit.errors import AyilError
from ayil.lessons.actions import deliver, measure_outcomes, promise, trigger_lessons
from ayil.lessons.choice import Reason, Verdict
from ayil.lessons.lesson import Action
from ayil.lessons.models import ActionPromise, Channel, Lesson, LessonDelivery, Outcome
from ayil.lessons.queries import lessons_at, lessons_of, lessons_visible_to
from ayil.members.actions import grant_role
from ayil.members.models import Party, Role, User
from tests.cast import Cast, assemble
from tests.lessons.season import at, day, sell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("messages", "in_english")]

SOLD_OUT = 28  # the day on which the slippers are gone


@pytest.fixture
def in_english(messages: None) -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def cast() -> Cast:
    """Slippers sell one a day until they are gone; jam goes on, one every second day."""
    cast = assemble()
    jam = cast.deliver(cast.jam, 60)
    sell(cast, jam, dict.fromkeys(range(0, 35, 2), 1), price_minor=12_000)
    sell(cast, cast.deliver(cast.slippers, 28), dict.fromkeys(range(SOLD_OUT), 1))
    return cast


def trigger(cast: Cast, on: int) -> dict[int, Lesson]:
    lessons = trigger_lessons(shop=cast.shop, as_of=day(on), at=at(on), by=cast.officer)
    return {lesson.producer_id: lesson for lesson in lessons}


def answered(cast: Cast, on: int, units: int = 30) -> ActionPromise:
    lesson = trigger(cast, on)[cast.community.pk]
    deliver(lesson=lesson, channel=Channel.SPOKEN, at=at(on), by=cast.aigul)
    return promise(lesson=lesson, action=Action.BRING, units=units, at=at(on), by=cast.burul)


def test_each_producer_hears_one_lesson(cast: Cast) -> None:
    lessons = trigger(cast, 34)
    assert set(lessons) == {cast.community.pk, cast.jyldyz.pk}
    slippers = lessons[cast.community.pk]
    assert slippers.why is Reason.EMPTY_NOW
    assert slippers.record.figures["empty_days"] == 4  # open on every second day from 28 on
    assert slippers.record.action is Action.BRING
    assert slippers.source["first"] == date(2012, 5, 14).isoformat()


def test_the_same_day_again_changes_nothing(cast: Cast) -> None:
    before = {key: (one.pk, one.figures) for key, one in trigger(cast, 34).items()}
    sell(cast, cast.deliver(cast.slippers, 5, on=day(30)), {33: 2})
    assert {key: (one.pk, one.figures) for key, one in trigger(cast, 34).items()} == before


def test_what_was_told_lately_makes_room_for_the_next(cast: Cast) -> None:
    first, second = trigger(cast, 34), trigger(cast, 35)
    assert (first[cast.jyldyz.pk].kind, first[cast.jyldyz.pk].variant_id) != (
        second[cast.jyldyz.pk].kind,
        second[cast.jyldyz.pk].variant_id,
    )


def test_a_lesson_is_kept_in_the_words_in_which_it_was_told(cast: Cast) -> None:
    lesson = trigger(cast, 34)[cast.community.pk]
    told = deliver(lesson=lesson, channel=Channel.MESSAGE, at=at(34), by=cast.officer)
    assert told.language == "ky"
    assert "Кийиз чокой: дүкөн иштеген" in told.words
    again = deliver(lesson=lesson, channel=Channel.MESSAGE, at=at(35), language="en")
    assert again == told


def test_only_what_has_something_to_tell_is_delivered() -> None:
    cast = assemble()
    cast.deliver(cast.slippers, 3)
    lesson = trigger(cast, 1)[cast.community.pk]
    assert lesson.why is Reason.NOTHING_KNOWN
    with pytest.raises(AyilError, match="nothing to tell yet"):
        deliver(lesson=lesson, channel=Channel.PAGE, at=at(1))


def test_an_answer_comes_after_the_telling(cast: Cast) -> None:
    lesson = trigger(cast, 34)[cast.community.pk]
    with pytest.raises(AyilError, match="Felt slippers: tell the lesson first"):
        promise(lesson=lesson, action=Action.BRING, units=4, at=at(34), by=cast.burul)


@pytest.mark.parametrize(("action", "units"), [(Action.BRING, None), (Action.WAIT, 3)])
def test_a_promise_has_units_only_where_some_are_brought(
    cast: Cast, action: Action, units: int | None
) -> None:
    lesson = trigger(cast, 34)[cast.community.pk]
    with pytest.raises(AyilError, match="say how many"):
        promise(lesson=lesson, action=action, units=units, at=at(34), by=cast.burul)


def test_to_bring_none_is_no_promise(cast: Cast) -> None:
    lesson = trigger(cast, 34)[cast.community.pk]
    with pytest.raises(AyilError, match="one or more, not 0"):
        promise(lesson=lesson, action=Action.BRING, units=0, at=at(34), by=cast.burul)


def test_a_promise_stands(cast: Cast) -> None:
    made = answered(cast, 34)
    again = promise(lesson=made.lesson, action=Action.BRING, units=30, at=at(35), by=cast.burul)
    assert again == made
    with pytest.raises(AyilError, match="answered already"):
        promise(lesson=made.lesson, action=Action.WAIT, at=at(35), by=cast.burul)


def test_an_outcome_waits_for_its_days_and_opens_the_next_lesson(cast: Cast) -> None:
    made = answered(cast, 34)
    lot = cast.deliver(cast.slippers, 30, on=day(35))
    due = made.lesson.due_open_days
    sell(cast, lot, dict.fromkeys(range(36, 36 + due - 1), 1))
    assert measure_outcomes(shop=cast.shop, as_of=day(60), at=at(60)) == []
    sell(cast, lot, {70: 2, 71: 5})
    lesson = trigger(cast, 72)[cast.community.pk]
    outcome = Outcome.objects.get()
    assert (outcome.verdict, outcome.brought, outcome.open_days) == (Verdict.SELLING, 30, due)
    assert (outcome.sold, outcome.last) == (due - 1 + 2, day(70))  # what came later is left out
    assert lesson.after == outcome
    assert lesson.in_words().opening == (
        f"Felt slippers: you brought 30, and {due + 1} sold since."
    )
    assert trigger(cast, 73)[cast.community.pk].after is None


def test_goods_that_never_came_are_found_not_done(cast: Cast) -> None:
    made = answered(cast, 34)
    jam = cast.deliver(cast.jam, 60, on=day(35))
    sell(cast, jam, dict.fromkeys(range(35, 35 + made.lesson.due_open_days), 1), price_minor=12_000)
    trigger(cast, 83)
    assert Outcome.objects.get().verdict == Verdict.NOT_DONE


def test_no_step_is_ever_changed_or_taken_back(cast: Cast) -> None:
    made = answered(cast, 34)
    sell(cast, cast.deliver(cast.jam, 60, on=day(35)), dict.fromkeys(range(35, 70), 1))
    measure_outcomes(shop=cast.shop, as_of=day(80), at=at(80))
    rows = [made, made.lesson, LessonDelivery.objects.get(), Outcome.objects.get()]
    for row in rows:
        for change in (row.save, row.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_a_lesson_cannot_begin_with_anothers_outcome(cast: Cast) -> None:
    answered(cast, 34)
    sell(cast, cast.deliver(cast.jam, 60, on=day(35)), dict.fromkeys(range(35, 70), 1))
    measure_outcomes(shop=cast.shop, as_of=day(80), at=at(80))
    lesson = trigger(cast, 34)[cast.jyldyz.pk]
    lesson.pk, lesson.as_of, lesson.after = None, day(81), Outcome.objects.get()
    with pytest.raises(DatabaseError, match="its own producer"), transaction.atomic():
        lesson.save(force_insert=True)


def test_lessons_are_seen_by_their_producer_and_those_who_keep_the_books(cast: Cast) -> None:
    trigger(cast, 34)
    grant_role(party=cast.aigul, role=Role.MANAGER, shop=cast.shop, since=day(0), by=cast.officer)

    def seen_by(party: Party) -> set[int]:
        user = User.objects.create(username=f"user-{party.pk}", party=party)
        return set(lessons_visible_to(user, day(35)).values_list("producer_id", flat=True))

    assert seen_by(cast.jyldyz) == {cast.jyldyz.pk}
    assert seen_by(cast.burul) == {cast.community.pk}
    assert seen_by(cast.aigul) == {cast.community.pk, cast.jyldyz.pk}
    assert seen_by(cast.officer) == set()


def test_queries_do_not_grow_with_the_lessons(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    account = ConsignorAccount.objects.get(consignor=cast.jyldyz)
    for count in (1, 3):
        for on in range(34, 34 + count):
            trigger(cast, on)
        with django_assert_num_queries(2):
            told = [str(lesson.in_words()) for lesson in lessons_of(account)]
        assert len(told) == count


def test_what_would_be_told_is_read_without_writing(cast: Cast) -> None:
    window, heard = lessons_at(cast.shop, as_of=day(34))
    assert [one.producer_id for one in heard] == sorted([cast.community.pk, cast.jyldyz.pk])
    assert all(len(one.lessons) == 4 for one in heard)
    assert window.last == day(34)
    assert not Lesson.objects.exists()
