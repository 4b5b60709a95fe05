"""The staff's desk for tests of people's pages: one maker with a phone, and who asks for them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.urls import reverse

from ayil.members.actions import grant_role
from ayil.members.models import Party, Role, User
from tests.site.cast import START, Programme, account_of, person, programme

PHONE = "+996555123456"


def office(settings: Any, home: Path) -> Programme:
    """A programme whose files lie in a home of their own, and one maker with a phone."""
    settings.AYIL_HOME = home
    made = programme()
    made.add_maker("Гүлнара Асанова", 0)
    maker = made.makers[0].party
    maker.phone, maker.born_year = PHONE, 1971
    maker.save()
    return made


def staff(trade: Programme, role: Role) -> User:
    """Somebody in that office, who reads English."""
    party = person(f"Кызматкер {role}", trade.villages[1], language="en")
    grant_role(party=party, role=role, since=START, by=trade.officer)
    return account_of(party)


def words(response: Any) -> str:
    """The page's text with every run of spaces as one."""
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " "))


def address(name: str, party: Party, **more: object) -> str:
    return reverse(name, kwargs={"uid": party.uid, **more})
