"""The private database that the rest of the suite stands on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection

from ayil.places.actions import enter_place
from ayil.places.models import Place, PlaceKind, PlaceVersion


def test_the_home_is_not_the_users_own() -> None:
    assert Path(settings.AYIL_HOME).name.startswith("ayil-home-")
    assert os.environ["AYIL_HOME"] == str(settings.AYIL_HOME)


@pytest.mark.django_db
def test_the_role_is_no_superuser() -> None:
    if connection.vendor != "postgresql":
        assert connection.vendor == "sqlite"
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_posted_rows_are_guarded_and_still_swept_after_a_test(turn: str) -> None:
    """Run twice: the second turn finds the tables empty and the guards back in place."""
    assert Place.objects.count() == 0
    names = ("Issyk-Kul", "Иссык-Кульская область", "Ысык-Көл облусу")
    enter_place(
        code="issyk-kul", kind=PlaceKind.REGION, parent=None, names=names, source=f"test, {turn}"
    )
    with pytest.raises(IntegrityError):
        PlaceVersion.objects.all().delete()
    assert PlaceVersion.objects.count() == 1
