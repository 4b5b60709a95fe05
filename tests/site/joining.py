"""What is typed into the forms of joining, and who stands behind the tests of their pages."""

import uuid
from datetime import timedelta
from typing import Any

from django.test import Client

from ayil.kit.clock import local_date, now
from ayil.members.actions import admit, affiliate, enter_party
from ayil.members.applications import Part
from ayil.members.joining import Form, Named, apply_as_person
from ayil.members.models import (
    Application,
    Party,
    PartyKind,
    Purpose,
    User,
)
from tests.site.cast import AT, START, Programme, account_of

TODAY = local_date(now())


def said(**changed: Any) -> dict[str, Any]:
    return {
        "uid": str(uuid.uuid4()), "name": "Асел Токтосунова", "village": "ak-say",
        "phone": "0555 12 34 56", "words": "Чий токуйм", "may_membership": "on", "website": "",
    } | changed  # fmt: skip


def together(**changed: Any) -> dict[str, Any]:
    return {
        "uid": str(uuid.uuid4()), "name": "«Оймо» жамааты", "village": "ak-say",
        "leader_name": "Гүлнара Садыкова", "leader_phone": "", "contact_name": "Кенже Асанова",
        "contact_phone": "0777 123456", "words": "", "may_membership": "on", "website": "",
    } | changed  # fmt: skip


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode().replace("\u00a0", " "))


def as_(client: Client, party: Party) -> Client:
    user = User.objects.filter(party=party).first() or account_of(party)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    party.language = "en"
    party.save()
    return client


def waits(made: Programme, name: str = "Асел Токтосунова", days_ago: int = 1) -> Application:
    """An application that came some days ago."""
    form = Form(uuid.uuid4(), Application.Way.PAGE, frozenset({Purpose.MEMBERSHIP}), words="Чий")
    return apply_as_person(
        applicant=Named(name, made.villages[2], "+996555123456"), form=form, by=None,
        on=TODAY - timedelta(days=days_ago), at=now(),
    )  # fmt: skip


def group_of(made: Programme, leader: Party, contact: Party, name: str = "Ак-Сай кийиз") -> Party:
    group = enter_party(kind=PartyKind.COMMUNITY, name=name, village=made.villages[2], at=AT)
    for party, part in ((leader, Part.LEADER), (contact, Part.CONTACT)):
        affiliate(person=party, community=group, since=START, by=made.officer, part=part)
    admit(party=group, on=START, by=made.officer, at=AT)
    return group
