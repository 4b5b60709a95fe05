"""Who is added to a roll after the freezing, by two signatures."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from ayil.decisions.actions import (
    add_provisional,
    count_quorum,
    freeze_roll,
    open_poll,
    tick_attendance,
)
from ayil.decisions.models import (
    ProvisionalSigning,
    RollEntry,
    RollFreezing,
    RollObjection,
)
from ayil.decisions.queries import assembly_figures, roll_fingerprint
from ayil.decisions.rolls import (
    attendance_of,
    provisional_fingerprint,
    provisional_of,
)
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from tests.decisions.barskoon import AT, HELD, Barskoon, breaches, villager

About, Way = RollObjection.About, RollObjection.Way


@pytest.fixture
def barskoon(db: None) -> Barskoon:
    return Barskoon()


@pytest.fixture
def hanging(barskoon: Barskoon) -> Barskoon:
    barskoon.hang()
    return barskoon


def frozen(barskoon: Barskoon) -> RollFreezing:
    return freeze_roll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)


def add(barskoon: Barskoon, person: Party, **more: str) -> RollEntry:
    return add_provisional(
        assembly=barskoon.assembly, person=person, by=barskoon.registrar, at=AT, on=HELD,
        **{"reason": "was away", "paper": "list 1"} | more,
    )  # fmt: skip


def test_who_is_added_is_signed_for_present_and_counted(hanging: Barskoon) -> None:
    late = villager("Altynai", hanging.village)
    with pytest.raises(AyilError, match="not frozen yet"):
        add(hanging, late)
    seal = bytes(frozen(hanging).sha256)
    tick_attendance(assembly=hanging.assembly, numbers=range(1, 7))
    for refused in ({"reason": " "}, {"paper": ""}):
        with pytest.raises(AyilError, match="needs its reason"):
            add(hanging, late, **refused)
    with pytest.raises(AyilError, match="on the roll already, number 1"):
        add(hanging, hanging.people[0])
    with pytest.raises(AyilError, match="has no vote"):
        add(hanging, villager("child", hanging.village, born_year=2000))
    empty = provisional_fingerprint(hanging.assembly)
    entry = add(hanging, late)
    assert list(provisional_of(hanging.assembly)) == [entry]
    assert (entry.number, entry.signing.registrar, entry.signing.chair) == (
        13, hanging.registrar, hanging.chair,
    )  # fmt: skip
    assert provisional_fingerprint(hanging.assembly) != empty
    assert roll_fingerprint(hanging.assembly, quorum=(1, 2), ties="runoff, then a public lot") == (
        seal
    )
    came = attendance_of(hanging.assembly)
    assert came is not None
    assert (came.whole, came.ticked, came.needed) == (13, 7, 7)
    counted = count_quorum(assembly=hanging.assembly, by=hanging.registrar, at=AT)
    assert (counted.present, counted.needed, counted.is_met) == (7, 7, True)
    assert assembly_figures(hanging.assembly).ticked == 7
    assert breaches() == []


def test_the_list_ends_with_the_opening_of_the_vote(hanging: Barskoon) -> None:
    frozen(hanging)
    tick_attendance(assembly=hanging.assembly, numbers=range(1, 13))
    count_quorum(assembly=hanging.assembly, by=hanging.registrar, at=AT)
    hanging.propose()
    open_poll(assembly=hanging.assembly, by=hanging.registrar, at=AT)
    late = villager("Altynai", hanging.village)
    with pytest.raises(AyilError, match=r"vote of .* has begun"):
        add(hanging, late)
    with pytest.raises(IntegrityError, match="opening of the vote"), transaction.atomic():
        RollEntry.objects.create(
            assembly=hanging.assembly, number=13, person=late, name="x", provisional=True,
            by=hanging.registrar,
        )  # fmt: skip


def test_two_others_cannot_sign_for_an_addition(hanging: Barskoon) -> None:
    frozen(hanging)
    entry = RollEntry.objects.create(
        assembly=hanging.assembly, number=13, person=villager("late", hanging.village), name="x",
        provisional=True, by=hanging.registrar,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="registrar and the chair"), transaction.atomic():
        ProvisionalSigning.objects.create(
            entry=entry, reason="x", paper="x", registrar=hanging.counter, chair=hanging.chair,
            on=HELD, by=hanging.registrar, at=AT,
        )  # fmt: skip
