"""Applicants of the tests, and the officers who answer them."""

import uuid
from datetime import date, timedelta
from typing import Any

from ayil.members.actions import grant_role
from ayil.members.joining import Form, Named, apply_as_community, apply_as_person
from ayil.members.models import (
    Affiliation,
    Application,
    Party,
    Purpose,
    Role,
)
from ayil.members.rules import (
    DAYS_TO_REFUSE,
)
from tests.cast import AT, DAY, Cast, assemble, person

Part = Affiliation.Part
WEEK_LATER = DAY + timedelta(days=DAYS_TO_REFUSE)


def officers() -> Cast:
    """Nurlan is an officer, so is Meerim; Aigul keeps the counter."""
    made = assemble()
    grant_role(party=made.officer, role=Role.OFFICER, since=DAY, by=made.aigul)
    grant_role(party=made.aigul, role=Role.CLERK, since=DAY, by=made.officer, shop=made.shop)
    return made


def second_officer(cast: Cast) -> Party:
    meerim = person("Meerim Kadyrova")
    grant_role(party=meerim, role=Role.OFFICER, since=DAY, by=cast.officer)
    return meerim


def form(way: Application.Way = Application.Way.PAGE, **given: Any) -> Form:
    consents = frozenset(given.pop("consents", {Purpose.MEMBERSHIP}))
    return Form(uid=given.pop("uid", uuid.uuid4()), way=way, consents=consents, **given)


def applied(cast: Cast, name: str = "Asel Toktosunova", on: date = DAY) -> Application:
    return apply_as_person(
        applicant=Named(name, cast.tamga, "+996555123456"), form=form(), by=None, on=on, at=AT
    )


def applied_together(cast: Cast, leader: str = "Gulnara", contact: str = "Kenje") -> Application:
    return apply_as_community(
        community=Named("Tamga Oymo", cast.tamga),
        contacts=[
            (Named(leader, cast.tamga), Part.LEADER),
            (Named(contact, cast.tamga), Part.CONTACT),
        ],
        form=form(),
        by=None,
        on=DAY,
        at=AT,
    )
