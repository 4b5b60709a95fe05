"""What villagers say against a roll, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ayil.decisions.actions import (
    Said,
    answer_objection,
    freeze_roll,
    object_to_roll,
    tick_attendance,
)
from ayil.decisions.models import (
    AttendanceMark,
    RollEntry,
    RollFreezing,
    RollObjection,
    RollObjectionAnswer,
    RollStriking,
)
from ayil.decisions.queries import roll_fingerprint
from ayil.decisions.rolls import (
    roll_lines,
)
from ayil.kit.errors import AyilError
from tests.decisions.barskoon import AT, Barskoon, breaches, villager

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


def standing(barskoon: Barskoon) -> list[int]:
    return [line.number for line in roll_lines(barskoon.assembly) if not line.struck]


def test_an_upheld_objection_strikes_and_the_entry_stays(hanging: Barskoon) -> None:
    before = roll_fingerprint(hanging.assembly, quorum=(1, 2), ties="lot")
    answer(objection(hanging, About.DIED, number=9))
    lines = roll_lines(hanging.assembly)
    assert [line.struck for line in lines if line.struck] == ["has died"]
    assert (len(lines), standing(hanging)) == (12, [n for n in range(1, 13) if n != 9])
    assert roll_fingerprint(hanging.assembly, quorum=(1, 2), ties="lot") != before
    assert frozen(hanging).roll_size == 11
    with pytest.raises(AyilError, match="no number 9"):
        tick_attendance(assembly=hanging.assembly, numbers=[9])
    struck = hanging.assembly.roll.get(number=9)
    with pytest.raises(IntegrityError, match="struck off"), transaction.atomic():
        AttendanceMark.objects.create(entry=struck)
    assert breaches() == []


def test_a_dismissed_one_changes_nothing(hanging: Barskoon) -> None:
    one = objection(hanging, About.ELSEWHERE, number=3)
    with pytest.raises(AyilError, match="objection is not answered"):
        frozen(hanging)
    with pytest.raises(IntegrityError, match="objections are answered"), transaction.atomic():
        RollFreezing.objects.create(
            assembly=hanging.assembly, roll_size=12, quorum_numerator=1, quorum_denominator=2,
            ties="lot", sha256=b"x", by=hanging.registrar, frozen_at=AT,
        )  # fmt: skip
    answer(one, upheld=False)
    with pytest.raises(AyilError, match="answered already"):
        answer(one)
    with pytest.raises(IntegrityError, match="was upheld"), transaction.atomic():
        RollStriking.objects.create(entry=one.entry, objection=one, by=hanging.registrar, at=AT)
    assert frozen(hanging).roll_size == 12


def test_who_is_missing_is_entered(hanging: Barskoon) -> None:
    late = villager("Altynai", hanging.village)
    one = objection(hanging, About.MISSING, name="Altynai")
    with pytest.raises(AyilError, match="Say who Altynai is"):
        answer(one)
    child = villager("child", hanging.village, born_year=2000)
    with pytest.raises(AyilError, match="has no vote"):
        answer(one, person=child)
    with pytest.raises(AyilError, match="number 1"):
        answer(one, person=hanging.people[0])
    answer(one, person=late)
    assert hanging.assembly.roll.get(person=late).number == 13
    assert frozen(hanging).roll_size == 13


def test_who_was_written_wrong_is_struck_and_entered_anew(hanging: Barskoon) -> None:
    person = hanging.people[4]
    person.name = "Elnura Sydykova"
    person.save()
    one = objection(hanging, About.WRONG, number=5)
    answer(one)
    assert [(e.number, e.name, e.again) for e in hanging.assembly.roll.filter(person=person)] == [
        (5, "Elnura", 0), (13, "Elnura Sydykova", 1),
    ]  # fmt: skip
    with pytest.raises(IntegrityError, match="earlier one is struck"), transaction.atomic():
        RollEntry.objects.create(
            assembly=hanging.assembly, number=14, person=person, name="x", again=2,
            by=hanging.registrar,
        )  # fmt: skip
    assert frozen(hanging).roll_size == 12
    assert breaches() == []


def test_nobody_has_to_give_a_name_but_on_their_own_page(hanging: Barskoon) -> None:
    villager_ = hanging.people[5]
    said = Said(About.TWICE, number=2)
    words = {"assembly": hanging.assembly, "said": said, "at": AT}
    with pytest.raises(AyilError, match="for themselves"):
        object_to_roll(**words, way=Way.PAGE, objector=None, by=villager_)
    uid = villager_.uid
    first = object_to_roll(**words, way=Way.PAGE, objector=villager_, by=villager_, uid=uid)
    again = object_to_roll(**words, way=Way.PAGE, objector=villager_, by=villager_, uid=uid)
    assert first == again
    with pytest.raises(AyilError, match="Write the number"):
        objection(hanging, About.DIED)
    with pytest.raises(AyilError, match="no number 40"):
        objection(hanging, About.DIED, number=40)
    assert objection(hanging, About.OTHER, words="the school is far").entry is None
    with pytest.raises(AyilError, match="their own objection"):
        answer_objection(objection=first, upheld=True, reason="x", by=villager_, at=AT)
