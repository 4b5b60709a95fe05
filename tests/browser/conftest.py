"""One demo house for all browser tests that only look, and one walk through it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.crawl import Seen, walk_as_all
from tests.rig.demo_house import House, demo_house


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    with demo_house() as house:
        yield house


@pytest.fixture(scope="session")
def walked(house: House) -> list[Seen]:
    """Every page as every persona; in Kyrgyz."""
    return walk_as_all(house)
