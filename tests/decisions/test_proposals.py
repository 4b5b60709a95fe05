"""A proposal comes from the village and rests on what the village has."""

from __future__ import annotations

import pytest

from ayil.decisions.actions import (
    name_maker,
    open_poll,
    propose,
    record_resource,
)
from ayil.decisions.models import (
    LocalResource,
)
from ayil.kit.errors import AyilError, Conflict
from tests.decisions.barskoon import AT, Barskoon, village, villager


@pytest.fixture
def barskoon(db: None) -> Barskoon:
    """Quorate, with three proposals."""
    made = Barskoon()
    made.quorate()
    made.propose()
    return made


def test_a_proposal_is_the_villages_own(barskoon: Barskoon) -> None:
    tamga = village("tamga", "Tamga")
    words = {
        "assembly": barskoon.assembly, "names": ("Honey", "Мёд", "Бал"), "symbol": "bee",
        "proposer": barskoon.proposers[0], "resource": barskoon.resource(), "at": AT,
    }  # fmt: skip
    salt = record_resource(
        village=tamga, kind=LocalResource.Kind.EARTH, name="salt", yearly_amount=1, unit="t",
        access="lease", by=barskoon.registrar, at=AT,
    )  # fmt: skip
    for change, refusal in (
        ({"proposer": villager("Sadyr", tamga)}, "does not live in"),
        ({"resource": salt}, "not a resource of"),
        ({"symbol": "yurt"}, "is taken"),
        ({"names": ("Honey", "Мёд", "")}, "three languages"),
    ):
        with pytest.raises(AyilError, match=refusal):
            propose(**words | change)
    uid = barskoon.chair.uid
    first = propose(**words, uid=uid)
    assert propose(**words, uid=uid) == first
    with pytest.raises(Conflict):
        propose(**words | {"symbol": "hive"}, uid=uid)
    assert first.number == 4
    maker = name_maker(proposal=first, person=barskoon.people[4], may_be_named=True)
    assert name_maker(proposal=first, person=barskoon.people[4], may_be_named=True) == maker
    with pytest.raises(AyilError, match="not one of"):
        name_maker(proposal=first, person=villager("x", tamga), may_be_named=True)
    open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT, paper=[1, 4])
    with pytest.raises(AyilError, match=r"vote of .* has begun"):
        propose(**words | {"symbol": "hive"})


def test_a_resource_says_how_much_and_whose(barskoon: Barskoon) -> None:
    for change in ({"access": ""}, {"yearly_amount": -1}, {"season": (0, 12)}):
        with pytest.raises(AyilError, match="whose right"):
            record_resource(**{
                "village": barskoon.village, "kind": LocalResource.Kind.WOOL, "name": "wool",
                "yearly_amount": 5, "unit": "t", "access": "own flocks", "by": barskoon.registrar,
                "at": AT,
            } | change)  # fmt: skip
