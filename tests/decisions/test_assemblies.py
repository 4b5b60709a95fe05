"""The roll is the village's, frozen before anybody is ticked; a quorum is counted."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ayil.decisions.actions import (
    call_assembly,
    count_quorum,
    enter_roll,
    freeze_roll,
    name_officer,
    tick_attendance,
)
from ayil.decisions.models import (
    Assembly,
    AssemblyOffice,
    AttendanceMark,
    Part,
    QuorumCount,
    RollEntry,
    Rule,
)
from ayil.decisions.queries import assembly_figures
from ayil.decisions.rules import Stage
from ayil.kit.errors import AyilError, Conflict
from ayil.members.actions import end_role, enter_party, grant_role
from ayil.members.models import PartyKind, Role
from tests.decisions.barskoon import (
    AT,
    CALLED,
    HELD,
    WOMEN,
    YURTS,
    Barskoon,
    breaches,
    village,
    villager,
)


@pytest.fixture
def barskoon(db: None) -> Barskoon:
    return Barskoon()


def test_an_assembly_becomes_quorate(barskoon: Barskoon) -> None:
    assert assembly_figures(barskoon.assembly).stage == Stage.CALLED
    barskoon.quorate()
    figures = assembly_figures(barskoon.assembly)
    assert figures.stage == Stage.QUORATE
    assert (figures.roll_size, figures.women_on_roll, figures.ticked) == (12, WOMEN, 12)
    assert figures.quorum is not None
    assert (figures.quorum.present, figures.quorum.women, figures.quorum.needed) == (12, WOMEN, 6)
    assert len(figures.roll_sha256) == 64
    assert breaches() == []


def test_under_the_quorum_it_is_not(barskoon: Barskoon) -> None:
    barskoon.quorate(present=5)
    assert assembly_figures(barskoon.assembly).stage == Stage.CALLED


def test_everybody_is_told_before_the_day(barskoon: Barskoon) -> None:
    words = {
        "village": barskoon.village, "called_on": CALLED, "held_on": date(2012, 6, 1),
        "place": "school", "notice": "posted", "by": barskoon.registrar, "at": AT,
    }  # fmt: skip
    for change in ({"called_on": date(2012, 6, 1)}, {"notice": " "}):
        with pytest.raises(AyilError, match="needs a notice"):
            call_assembly(**words | change)
    with pytest.raises(AyilError, match="already"):
        call_assembly(**words | {"held_on": HELD})
    with pytest.raises(AyilError, match="no village"):
        call_assembly(**words | {"village": barskoon.village.parent})
    uid = barskoon.registrar.uid
    assert call_assembly(**words, uid=uid) == call_assembly(**words, uid=uid)
    with pytest.raises(Conflict):
        call_assembly(**words | {"held_on": date(2012, 7, 1)}, uid=uid)


def test_donor_administration_and_staff_are_on_no_roll(barskoon: Barskoon) -> None:
    someone = barskoon.people[0]
    donor = {"role": Role.DONOR, "donor": barskoon.registrar, "by": barskoon.registrar}
    grant = grant_role(party=someone, since=CALLED, **donor)
    clerk = grant_role(party=someone, role=Role.CLERK, since=CALLED, by=barskoon.registrar)
    end_role(grant=clerk, on=CALLED, by=barskoon.registrar)
    with pytest.raises(AyilError, match=r"has no vote.*is donor"):
        enter_roll(assembly=barskoon.assembly, people=barskoon.people, by=barskoon.registrar)
    assert not RollEntry.objects.exists()
    with pytest.raises(IntegrityError, match="have no vote"), transaction.atomic():
        RollEntry.objects.create(
            assembly=barskoon.assembly, number=1, person=someone, name="x", by=barskoon.registrar
        )
    end_role(grant=grant, on=HELD, by=barskoon.registrar)
    still = grant_role(party=someone, role=Role.AUDITOR, since=CALLED, by=barskoon.registrar)
    end_role(grant=still, on=date(2012, 5, 13), by=barskoon.registrar)
    with pytest.raises(IntegrityError, match="have no vote"), transaction.atomic():
        RollEntry.objects.create(
            assembly=barskoon.assembly, number=1, person=someone, name="x", by=barskoon.registrar
        )
    someone = barskoon.people[0] = villager("Altynai", barskoon.village)
    late = grant_role(party=someone, since=CALLED, **donor)
    end_role(grant=late, on=HELD, by=barskoon.registrar)
    enter_roll(assembly=barskoon.assembly, people=barskoon.people, by=barskoon.registrar)
    assert RollEntry.objects.count() == 12


def test_a_role_given_later_is_found(barskoon: Barskoon) -> None:
    barskoon.quorate()
    grant_role(
        party=barskoon.people[2],
        role=Role.ADMINISTRATION,
        district=barskoon.village.parent,
        since=CALLED,
        by=barskoon.registrar,
    )
    assert breaches() == ["barskoon 2012-05-12: number 3 of the roll is administration."]


def test_only_adults_who_live_there_are_on_the_roll(barskoon: Barskoon) -> None:
    tamga = village("tamga", "Tamga")
    for person in (
        villager("from Tamga", tamga),
        villager("a child", barskoon.village, born_year=1996),
        enter_party(kind=PartyKind.COMMUNITY, name="Ulgu", at=AT, village=barskoon.village),
    ):
        with pytest.raises(AyilError, match="has no vote"):
            enter_roll(assembly=barskoon.assembly, people=[person], by=barskoon.registrar)
    with pytest.raises(IntegrityError, match="live in this village"), transaction.atomic():
        RollEntry.objects.create(
            assembly=barskoon.assembly, number=1, person=villager("x", tamga), name="x",
            by=barskoon.registrar,
        )  # fmt: skip


def test_one_entry_a_person(barskoon: Barskoon) -> None:
    twice = [*barskoon.people, barskoon.people[0]]
    enter_roll(assembly=barskoon.assembly, people=twice, by=barskoon.registrar)
    enter_roll(assembly=barskoon.assembly, people=twice, by=barskoon.registrar)
    assert [entry.number for entry in RollEntry.objects.all()] == list(range(1, 13))


def test_a_frozen_roll_takes_nobody(barskoon: Barskoon) -> None:
    barskoon.quorate()
    late = villager("late", barskoon.village)
    with pytest.raises(AyilError, match="frozen"):
        enter_roll(assembly=barskoon.assembly, people=[late], by=barskoon.registrar)
    with pytest.raises(IntegrityError, match="roll is frozen"), transaction.atomic():
        RollEntry.objects.create(
            assembly=barskoon.assembly, number=13, person=late, name="x", by=barskoon.registrar
        )
    with pytest.raises(AyilError, match="frozen already"):
        freeze_roll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)


@pytest.mark.parametrize("quorum", [(0, 2), (3, 2)])
def test_a_quorum_that_nobody_can_use_is_not_frozen(
    barskoon: Barskoon, quorum: tuple[int, int]
) -> None:
    enter_roll(assembly=barskoon.assembly, people=barskoon.people, by=barskoon.registrar)
    with pytest.raises(AyilError, match="cannot be used"):
        freeze_roll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT, quorum=quorum)


@pytest.mark.parametrize(
    "asks",
    [
        {"rule": Rule.SHARES, "places": 1},
        {"rule": Rule.SHARES, "places": 6},
        {"rule": Rule.BUDGET},
        {"rule": Rule.BUDGET, "budget_minor": 0},
        {"rule": Rule.APPROVAL, "places": 2},
        {"rule": Rule.SCHULZE, "budget_minor": 100},
    ],
)
def test_an_assembly_asks_one_thing(barskoon: Barskoon, asks: dict[str, object]) -> None:
    with pytest.raises(AyilError, match="seeks one product"):
        barskoon.call(date(2012, 6, 1), **asks)


def test_four_parts_four_people_of_the_village(barskoon: Barskoon) -> None:
    assembly = barskoon.assembly
    stranger = villager("Tamga's own", village("tamga", "Tamga"))
    for part, person, refusal in (
        (Part.CHAIR, barskoon.people[1], "has its chair"),
        (Part.COUNTER, barskoon.people[1], "has its counter"),
        (Part.CHAIR, barskoon.counter, "has a part"),
        (Part.COUNTER, stranger, "is not one of the village"),
    ):
        with pytest.raises(AyilError, match=refusal):
            name_officer(assembly=assembly, part=part, person=person, by=barskoon.chair, at=AT)
    with pytest.raises(IntegrityError, match="two people count"), transaction.atomic():
        AssemblyOffice.objects.create(
            assembly=assembly, part="counter", person=barskoon.people[1], by=barskoon.chair, at=AT
        )


def test_a_tick_counts_once_and_only_on_the_roll(barskoon: Barskoon) -> None:
    with pytest.raises(AyilError, match="Freeze the roll"):
        tick_attendance(assembly=barskoon.assembly, numbers=[1])
    barskoon.quorate(present=4)
    assert tick_attendance(assembly=barskoon.assembly, numbers=[4, 5, 6]) == 2
    with pytest.raises(AyilError, match="no number 13"):
        tick_attendance(assembly=barskoon.assembly, numbers=[7, 13])
    assert AttendanceMark.objects.count() == 6


def test_nobody_is_ticked_once_the_minutes_are_written(barskoon: Barskoon) -> None:
    barskoon.quorate(present=11)
    barskoon.propose()
    barskoon.vote(YURTS)
    barskoon.minute()
    with pytest.raises(AyilError, match=r"minutes .* are written"):
        tick_attendance(assembly=barskoon.assembly, numbers=[12])
    with pytest.raises(IntegrityError, match="minutes are written"), transaction.atomic():
        AttendanceMark.objects.create(entry=barskoon.assembly.roll.get(number=12))


def test_no_more_are_present_than_are_ticked(barskoon: Barskoon) -> None:
    barskoon.quorate(present=8)
    with pytest.raises(AyilError, match="8 are ticked"):
        count_quorum(assembly=barskoon.assembly, by=barskoon.registrar, at=AT, present=9)
    for present, needed in ((9, 6), (8, 5)):
        with pytest.raises(IntegrityError, match="ticked on the roll"), transaction.atomic():
            QuorumCount.objects.create(
                assembly=barskoon.assembly, present=present, women=0, needed=needed,
                by=barskoon.registrar, counted_at=AT,
            )  # fmt: skip


def test_an_assembly_is_a_villages(barskoon: Barskoon) -> None:
    with pytest.raises(IntegrityError, match="village"), transaction.atomic():
        Assembly.objects.create(
            village=barskoon.village.parent, called_on=CALLED, held_on=HELD, notice="n", place="p",
            called_by=barskoon.registrar, recorded_at=AT,
        )  # fmt: skip
