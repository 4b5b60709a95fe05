"""Whoever stands before a door, with what they hold in their hands."""

import time
from dataclasses import dataclass
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.http import HttpResponse
from django.test import Client

from ayil.members import doors
from ayil.members.actions import grant_role
from ayil.members.models import Card, Party, Role, User
from ayil.shop.devices import COOKIE, enrol_device, remember
from tests.site.cast import AT, START, Programme, person, programme

PIN, PASSWORD = "8315", "nine winters of felt"


@dataclass
class People:
    made: Programme
    asel: Party
    clerk: Party
    card: Card
    code: str

    @property
    def user(self) -> User:
        return User.objects.get(party=self.asel)

    def card_of(self, party: Party) -> Card:
        doors.set_pin(party=party, pin=PIN, by=self.made.officer, at=AT)
        return doors.issue_card(party=party, by=self.made.officer, at=AT)[0]

    def name(self, party: Party, username: str) -> User:
        """Gives the person a name and the password of this cast."""
        return doors.open_sign_in(
            party=party, by=self.other_officer(), at=AT, username=username, password=PASSWORD
        )

    def other_officer(self) -> Party:
        known = Party.objects.filter(name="Экинчи кызматкер").first()
        if known is None:
            known = person("Экинчи кызматкер", language="en")
            grant_role(party=known, role=Role.OFFICER, since=START, by=self.made.officer)
        return known

    def device(self) -> str:
        """The token of a device that is the shop's."""
        return enrol_device(shop=self.made.shop, code="krs-1", by=self.made.manager, at=AT)[1]


def people() -> People:
    made = programme()
    asel, clerk = (
        person("Асел Иманова", made.villages[0], "en"),
        person("Нургүл Осмонова", language="en"),
    )
    Party.objects.update(language="en")  # the tests read what the pages say
    for party in (made.officer, made.manager, asel, clerk):
        party.refresh_from_db()
    asel.phone = "+996555123456"
    asel.save()
    grant_role(party=clerk, role=Role.CLERK, since=START, by=made.officer, shop=made.shop)
    doors.set_pin(party=asel, pin=PIN, by=made.officer, at=AT)
    card, code = doors.issue_card(party=asel, by=made.officer, at=AT)
    who = People(made=made, asel=asel, clerk=clerk, card=card, code=code)
    who.name(asel, "asel")
    return who


def by_name(client: Client, username: str, **more: str) -> HttpResponse:
    data: dict[str, Any] = {"username": username, "password": PASSWORD} | more
    return client.post("/sign-in/", data)


def by_card(client: Client, number: str, pin: str = PIN, **more: str) -> HttpResponse:
    return client.post("/sign-in/card/", {"card": number, "pin": pin} | more)


def is_in(client: Client) -> bool:
    """Whether whoever holds this browser is somebody."""
    return client.get("/my-account/").headers.get("Location", "") != "/sign-in/?next=/my-account/"


def sign_as_device(client: Client, token: str) -> None:
    """The cookie that the shop's device has from the day it was enrolled."""
    answer = HttpResponse()
    remember(answer, token)
    client.cookies[COOKIE] = answer.cookies[COOKIE].value


def second_factor(user: User) -> str:
    """Gives the user an app for codes, and answers its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_now(secret: str, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))
