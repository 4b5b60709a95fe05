"""The roll hangs, is objected to, is frozen and changes no more; who comes later is signed for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from ayil.decisions.actions import (
    Said,
    answer_objection,
    enter_residents,
    enter_roll,
    freeze_roll,
    name_officer,
    object_to_roll,
    post_roll,
    propose,
)
from ayil.decisions.models import (
    Part,
    RollEntry,
    RollFreezing,
    RollObjection,
    RollObjectionAnswer,
    RollPosting,
    RollStriking,
)
from ayil.decisions.queries import entry_leaf, roll_fingerprint
from ayil.decisions.rolls import (
    left_out_of,
)
from ayil.decisions.rules import Lacks, RollFacts, freezing_lacks, in_fours
from ayil.kit import guards
from ayil.kit.errors import AyilError
from ayil.members.actions import grant_role
from ayil.members.doubles import merge
from ayil.members.models import Party, Role
from tests.decisions.barskoon import AT, CALLED, HELD, Barskoon, breaches, village, villager

About, Way = RollObjection.About, RollObjection.Way


@pytest.fixture
def barskoon(db: None) -> Barskoon:
    return Barskoon()


@pytest.fixture
def hanging(barskoon: Barskoon) -> Barskoon:
    barskoon.hang()
    return barskoon


def objection(barskoon: Barskoon, about: RollObjection.About, **said: Any) -> RollObjection:
    return object_to_roll(
        assembly=barskoon.assembly, said=Said(about, **said), way=Way.VOICE, objector=None,
        by=barskoon.registrar, at=AT,
    )  # fmt: skip


def answer(one: RollObjection, *, upheld: bool = True, **more: Any) -> RollObjectionAnswer:
    by = one.assembly.called_by
    return answer_objection(objection=one, upheld=upheld, reason="looked", by=by, at=AT, **more)


def frozen(barskoon: Barskoon) -> RollFreezing:
    return freeze_roll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)


# What a roll needs before it is frozen


FACTS = {
    "is_frozen": False, "size": 3, "posted_on": CALLED, "posting_days": 3, "open_objections": 0,
    "people": 4, "today": CALLED + timedelta(days=3),
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({}, []),
        ({"is_frozen": True, "size": 0}, [Lacks.FROZEN]),
        ({"size": 0}, [Lacks.PEOPLE]),
        ({"posted_on": None}, [Lacks.POSTING]),
        ({"today": CALLED + timedelta(days=2)}, [Lacks.DAYS]),
        ({"open_objections": 1}, [Lacks.OBJECTIONS]),
        ({"people": 3, "posted_on": None}, [Lacks.OFFICES, Lacks.POSTING]),
    ],
)
def test_what_keeps_a_roll_from_being_frozen(change: dict[str, Any], lacks: list[Lacks]) -> None:
    assert freezing_lacks(RollFacts(**{**FACTS, **change})) == lacks


def test_a_roll_hangs_before_it_is_frozen(barskoon: Barskoon) -> None:
    enter_roll(assembly=barskoon.assembly, people=barskoon.people, by=barskoon.registrar)
    with pytest.raises(AyilError, match="not hung up"):
        frozen(barskoon)
    words = {"assembly": barskoon.assembly, "by": barskoon.registrar, "at": AT}
    for wrong in ({"hangs_at": " ", "since": CALLED}, {"hangs_at": "x", "since": CALLED - DAY},
                  {"hangs_at": "x", "since": HELD + DAY}):  # fmt: skip
        with pytest.raises(AyilError):
            post_roll(**words, **wrong)
    post_roll(**words, hangs_at="shop", since=HELD - 2 * DAY)
    with pytest.raises(AyilError, match=r"frozen from 13\s+May"):
        frozen(barskoon)
    post_roll(**words, hangs_at="school", since=HELD - 3 * DAY)
    assert frozen(barskoon).roll_size == 12


DAY = timedelta(days=1)


def test_nobody_hangs_an_empty_roll(barskoon: Barskoon) -> None:
    with pytest.raises(AyilError, match="Nobody is on the roll"):
        post_roll(
            assembly=barskoon.assembly, hangs_at="x", since=CALLED, by=barskoon.registrar, at=AT
        )


def test_a_hanging_roll_grows_by_objection_alone(hanging: Barskoon) -> None:
    late = villager("Altynai", hanging.village)
    with pytest.raises(AyilError, match="added by an objection"):
        enter_roll(assembly=hanging.assembly, people=[late], by=hanging.registrar)
    with pytest.raises(IntegrityError, match="the roll hangs"), transaction.atomic():
        RollEntry.objects.create(
            assembly=hanging.assembly, number=13, person=late, name="x", by=hanging.registrar
        )


def test_without_all_four_nothing_is_frozen(hanging: Barskoon) -> None:
    with connection.cursor() as cursor:
        guards.remove(connection, ["decisions_assemblyoffice_no_delete"])
        cursor.execute("DELETE FROM decisions_assemblyoffice WHERE person_id = %s",
                       [hanging.second.pk])  # fmt: skip
    with pytest.raises(AyilError, match="two counters are not all named"):
        frozen(hanging)
    with pytest.raises(IntegrityError, match="all four are named"), transaction.atomic():
        RollFreezing.objects.create(
            assembly=hanging.assembly, roll_size=12, quorum_numerator=1, quorum_denominator=2,
            ties="lot", sha256=b"x", by=hanging.registrar, frozen_at=AT,
        )  # fmt: skip


def test_the_quorum_is_the_associations(hanging: Barskoon) -> None:
    freezing = frozen(hanging)
    assert (freezing.quorum_numerator, freezing.quorum_denominator) == (1, 2)


# All who live there, in one go


def test_all_residents_are_entered_and_the_others_told(barskoon: Barskoon) -> None:
    child = villager("Aibek", barskoon.village, born_year=1996)
    clerk, unknown = villager("Chynara", barskoon.village), villager("Zamira", barskoon.village)
    Party.objects.filter(pk=unknown.pk).update(born_year=None)
    grant_role(party=clerk, role=Role.CLERK, since=CALLED, by=barskoon.registrar)
    done = enter_residents(assembly=barskoon.assembly, by=barskoon.registrar)
    assert len(done.entries) == 13, "who gave no year is vouched for"
    told = [(left.person, left.why) for left in left_out_of(barskoon.assembly)]
    assert told == [(child, "is not of age"), (clerk, "is clerk of the programme")]
    assert [left.person for left in done.left_out] == [child, clerk]
    names = [entry.name for entry in done.entries]
    assert names == sorted(names)


# Two records of one person


def as_one(kept: Party, double: Party) -> None:
    """An officer, who lives elsewhere, says that the two records are one person."""
    officer = villager("officer", village("tamga", "Tamga"))
    grant_role(party=officer, role=Role.OFFICER, since=CALLED, by=officer)
    merge(kept=kept, double=double, reason="the same", by=officer, at=AT)


def test_two_records_of_one_person_are_one_entry(barskoon: Barskoon) -> None:
    double = villager("Aigul A.", barskoon.village)
    as_one(barskoon.people[0], double)
    enter_residents(assembly=barskoon.assembly, by=barskoon.registrar)
    enter_roll(assembly=barskoon.assembly, people=[double], by=barskoon.registrar)
    assert not barskoon.assembly.roll.filter(person=double).exists()


def test_an_office_on_another_record_bars_too(barskoon: Barskoon) -> None:
    kept, clerk = barskoon.people[2], villager("Cholpon clerk", barskoon.village)
    grant_role(party=clerk, role=Role.CLERK, since=CALLED, by=barskoon.registrar)
    as_one(kept, clerk)
    with pytest.raises(AyilError, match="Cholpon has no vote"):
        enter_roll(assembly=barskoon.assembly, people=[kept], by=barskoon.registrar)
    second = barskoon.call(HELD + DAY)
    with pytest.raises(AyilError, match=r"already|works for the programme"):
        name_officer(assembly=second, part=Part.CHAIR, person=kept, by=kept, at=AT)


def test_registrar_counter_and_proposer_are_different_people(barskoon: Barskoon) -> None:
    counter = villager("Kubat K.", barskoon.village)
    as_one(barskoon.counter, counter)
    with pytest.raises(AyilError):
        propose(
            assembly=barskoon.assembly, names=("Felt", "", ""), symbol="felt", proposer=counter,
            resource=None, at=AT,
        )  # fmt: skip
    with connection.cursor() as cursor:
        guards.remove(connection, ["decisions_assemblyoffice_no_delete"])
        cursor.execute("DELETE FROM decisions_assemblyoffice WHERE person_id = %s",
                       [barskoon.second.pk])  # fmt: skip
    with pytest.raises(AyilError, match="four parts, four people"):
        name_officer(
            assembly=barskoon.assembly, part=Part.COUNTER, person=counter, by=counter, at=AT
        )


# After the freezing


def test_after_the_freezing_nothing_of_it_changes(hanging: Barskoon) -> None:
    one = objection(hanging, About.DIED, number=2)
    answer(one, upheld=False)
    frozen(hanging)
    with pytest.raises(AyilError, match="changes no more"):
        objection(hanging, About.DIED, number=1)
    with pytest.raises(IntegrityError, match="before the roll is frozen"), transaction.atomic():
        RollObjection.objects.create(
            assembly=hanging.assembly, about=About.OTHER, words="x", way=Way.VOICE,
            recorded_by=hanging.registrar, recorded_at=AT,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="before the roll is frozen"), transaction.atomic():
        RollStriking.objects.create(entry=one.entry, objection=one, by=hanging.registrar, at=AT)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        RollPosting.objects.update(since=CALLED + DAY)


CHANGES: list[tuple[str, str]] = [
    ("name", "'Aigul B'"), ("born_year", "1971"), ("sex", "'man'"), ("number", "77"),
    ("salt", "leaf"), ("leaf", "salt"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "value"), CHANGES)
def test_one_changed_byte_is_found(hanging: Barskoon, column: str, value: str) -> None:
    frozen(hanging)
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE decisions_rollentry SET {column} = {value} WHERE number = 1")  # noqa: S608
    assert any("2012-05-12" in line for line in breaches())


def test_a_row_past_the_guards_is_found(hanging: Barskoon) -> None:
    frozen(hanging)
    late = villager("late", hanging.village)
    guards.remove(connection)
    RollEntry.objects.create(
        assembly=hanging.assembly, number=13, person=late, name="late", by=hanging.registrar,
        provisional=True, salt=b"1", leaf=b"2",
    )  # fmt: skip
    RollPosting.objects.update(since=HELD)
    found = "\n".join(breaches())
    for words in ("without its signatures", "hung 0 days", "not who was entered"):
        assert words in found


@given(
    names=st.lists(st.text(max_size=8), min_size=2, max_size=5),
    place=st.integers(0, 4),
    other=st.text(max_size=8),
)
def test_a_leaf_hangs_on_every_byte_of_an_entry(names: list[str], place: int, other: str) -> None:
    entries = [
        RollEntry(number=number, name=name, born_year=1970, sex="woman", salt=b"s" * 16)
        for number, name in enumerate(names, start=1)
    ]
    one = entries[place % len(entries)]
    before = entry_leaf(one)
    for changed in (
        RollEntry(number=one.number + 1, name=one.name, born_year=1970, sex="woman", salt=one.salt),
        RollEntry(number=one.number, name=one.name, born_year=None, sex="woman", salt=one.salt),
        RollEntry(number=one.number, name=one.name, born_year=1970, sex="", salt=one.salt),
        RollEntry(number=one.number, name=one.name, born_year=1970, sex="woman", salt=b"t" * 16),
    ):
        assert entry_leaf(changed) != before
    renamed = RollEntry(number=one.number, name=other, born_year=1970, sex="woman", salt=one.salt)
    assert (entry_leaf(renamed) == before) == (other == one.name)
    assert len({entry_leaf(entry) for entry in entries}) == len(entries), "numbers differ"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_fingerprint_knows_numbers_and_no_order_of_entering(
    barskoon: Barskoon, order: tuple[int, int]
) -> None:
    """The same entries, written in either order."""
    seals = []
    for turn in (order, order[::-1]):
        with transaction.atomic():
            for place in turn:
                entry = RollEntry(
                    assembly=barskoon.assembly, number=place + 1, person=barskoon.people[place],
                    name=barskoon.people[place].name, salt=b"s" * 16, by=barskoon.registrar,
                )  # fmt: skip
                entry.leaf = entry_leaf(entry)
                entry.save()
            seals.append(roll_fingerprint(barskoon.assembly, quorum=(1, 2), ties="lot"))
            transaction.set_rollback(True)
    assert seals[0] == seals[1]


def test_a_fingerprint_is_read_in_fours() -> None:
    assert in_fours("0123456789ab") == ["0123", "4567", "89ab"]
