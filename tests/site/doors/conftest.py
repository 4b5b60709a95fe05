"""People at the doors: Asel makes felt, Aigul is the officer, Bakyt manages the shop."""

import pytest
from django.conf import LazySettings

from tests.site.doors.people import People, people


@pytest.fixture(autouse=True)
def quick_hashes(settings: LazySettings) -> None:
    """A door is tried hundreds of times here; what a hash costs is measured where it matters."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def who(db: None) -> People:
    return people()
