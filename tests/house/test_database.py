"""The private database that the rest of the suite stands on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection


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
