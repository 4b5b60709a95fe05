"""What the shell prints of the lessons: every consignor answers."""

from __future__ import annotations

import json

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from ayil.consignment.actions import agree
from ayil.kit.errors import AyilError
from ayil.lessons.report import lessons_of, told
from tests.cast import DAY, Cast, assemble, person
from tests.lessons.season import day, sell

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = assemble()
    sell(cast, cast.deliver(cast.slippers, 28), dict.fromkeys(range(20), 1))
    agree(shop=cast.shop, consignor=person("Meerim"), number="A-9", since=DAY, by=cast.officer)
    return cast


def test_every_consignor_has_an_entry_and_a_reason_for_silence(cast: Cast) -> None:
    entries = {entry["name"]: entry for entry in lessons_of(cast.shop)}
    assert set(entries) == {"Ak-Say Kiyiz", "Jyldyz Mamyrova", "Meerim"}
    assert entries["Meerim"]["lesson"] is None
    assert entries["Ak-Say Kiyiz"]["lesson"]["figures"]["sold"] == 20
    assert entries["Ak-Say Kiyiz"]["window"]["last"] == day(19).isoformat()
    assert json.loads(json.dumps(list(entries.values())))


def test_one_producer_has_all_lessons_of_all_goods(cast: Cast) -> None:
    (entry,) = lessons_of(cast.shop, producer="Ak-Say Kiyiz", as_of=day(30))
    assert [lesson["kind"] for lesson in entry["lessons"]] == [
        "sold",
        "stock_out",
        "next_delivery",
        "slow_stock",
    ]
    assert lessons_of(cast.shop, producer=entry["uid"], as_of=day(30)) == [entry]


def test_a_name_that_nobody_has_is_said_so(cast: Cast) -> None:
    with pytest.raises(AyilError, match=r"No producer at .* has the name or uid Manas"):
        lessons_of(cast.shop, producer="Manas")


def test_two_of_one_name_are_told_apart_by_uid(cast: Cast) -> None:
    agree(shop=cast.shop, consignor=person("Meerim"), number="A-10", since=DAY, by=cast.officer)
    with pytest.raises(AyilError, match=r"2 producers at .* by its uid"):
        lessons_of(cast.shop, producer="Meerim")


def test_a_shop_that_never_opened_has_entries_without_lessons() -> None:
    entries = lessons_of(assemble().shop)
    assert [entry["lesson"] for entry in entries] == [None, None]


def test_lines_for_a_person(cast: Cast) -> None:
    with translation.override("en"):
        lines = told(lessons_of(cast.shop))
    assert lines[0] == "Ak-Say Kiyiz (karakol)"
    assert lines[1].startswith("  Felt slippers: ")
    assert lines[-1] == "  No goods were brought yet."


def test_queries_do_not_grow_with_the_consignors(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(14):
        assert len(lessons_of(cast.shop)) == 3
    sell(cast, cast.deliver(cast.jam, 9), {20: 1}, price_minor=12_000)
    for number in range(3):
        agree(shop=cast.shop, consignor=person(f"Meerim {number}"), number=f"B-{number}",
              since=DAY, by=cast.officer)  # fmt: skip
    with django_assert_num_queries(14):
        assert len(lessons_of(cast.shop)) == 6
