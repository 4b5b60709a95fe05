"""One demo house for all browser tests that only look, and one walk through it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.crawl import Seen, walk_as_all
from tests.browser.forms import forms_of
from tests.rig.demo_house import House, demo_house


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    with demo_house() as house:
        yield house


@pytest.fixture(scope="session")
def walked(house: House) -> list[Seen]:
    """Every page as every persona, in Kyrgyz, after somebody has applied to join."""
    return walk_as_all(house, also=[apply(house)])


def apply(house: House) -> str:
    """Fills in the form of whoever wants to join, as the page asks for it; where it then stands."""
    visitor = house.visitor()
    form = next(one for one in forms_of(visitor.get("/join/").text) if one.takes_words)
    typed = {"name": "Гүлнара Өмүралиева", "website": "", "phone": ""}
    answer = visitor.post("/join/", form.filled("Кийизден баштык", typed), form_on="/join/")
    if answer.address == "/join/":
        raise RuntimeError("The application was not taken.")
    return answer.address
