"""The staff's desk with one maker, and an officer who sits at it."""

from pathlib import Path
from typing import Any

import pytest

from ayil.members.models import Role
from tests.rig.client import Client
from tests.site.cast import Programme
from tests.site.office import office, staff


@pytest.fixture
def trade(settings: Any, tmp_path: Path) -> Programme:
    return office(settings, tmp_path)


@pytest.fixture
def officer(trade: Programme, client: Client) -> Client:
    client.force_login(staff(trade, Role.OFFICER))
    return client
