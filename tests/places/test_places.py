"""Places by date; a name is never a key."""

from datetime import date

import pytest

from ayil.kit.errors import AyilError
from ayil.places.actions import enter_place, revise_place
from ayil.places.models import PlaceKind
from ayil.places.queries import version_on, villages
from tests.cast import assemble

pytestmark = pytest.mark.django_db


def test_two_villages_may_share_a_name() -> None:
    cast = assemble()
    twin = enter_place(
        code="ton-ak-say-2", kind=PlaceKind.VILLAGE, parent=cast.aksay.parent, source="test",
        names=("Ak-Say", "Ак-Сай", "Ак-Сай"),
    )  # fmt: skip
    assert {cast.aksay, twin} <= set(villages().filter(name_ky="Ак-Сай"))


def test_a_village_keeps_the_name_it_had_on_a_day() -> None:
    village = assemble().tamga
    revise_place(
        place=village, parent=village.parent, names=("Tamga-Tash", "Тамга-Таш", "Тамга-Таш"),
        valid_from=date(2015, 1, 1), source="decree",
    )  # fmt: skip
    before, after = (version_on(village, date(year, 6, 1)) for year in (2014, 2016))
    assert before is not None
    assert after is not None
    assert (before.name_en, after.name_en) == ("Tamga", "Tamga-Tash")
    with pytest.raises(AyilError, match="reach back"):
        revise_place(
            place=village, parent=village.parent, names=("A", "А", "А"),
            valid_from=date(2014, 1, 1), source="decree",
        )  # fmt: skip


def test_a_village_does_not_belong_to_a_village() -> None:
    cast = assemble()
    with pytest.raises(AyilError, match="belongs to"):
        enter_place(
            code="x", kind=PlaceKind.VILLAGE, parent=cast.tamga, names=("X", "X", "X"), source="t"
        )
