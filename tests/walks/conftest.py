"""One shop with its people, served to a browser each: what happens is done on the pages.

The test and the server share a database, so that a walk may be looked at from behind as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Self
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from ayil.consignment.models import Lot
from ayil.kit.invariants import collected
from ayil.members.actions import grant_role
from ayil.members.language import choose_language
from ayil.members.models import Party, Role, User
from tests.cast import AT, DAY, Cast, assemble, person
from tests.rig.client import Client
from tests.rig.papers import words_on
from tests.rig.till_fixtures import house, line, tablet, tablets

__all__ = ["house", "line", "tablet", "tablets"]
PHONE = {"width": 320, "height": 640}
OFFICES = {
    "manager": Role.MANAGER,
    "accountant": Role.ACCOUNTANT,
    "paymaster": Role.PAYMASTER,
    "clerk": Role.CLERK,
}


@dataclass
class Walk:
    """The shop of the cast, and a way to sit down as any of its people."""

    cast: Cast
    server: str
    chromium: Browser
    staff: dict[str, Party]
    patches: pytest.MonkeyPatch
    ending: ExitStack = field(default_factory=ExitStack)

    def as_person(self, party: Party, *, language: str = "en") -> Seat:
        """A browser of their own at a phone's width, signed in; in English, the words that the
        catalogues are keyed by."""
        user, _made = User.objects.get_or_create(username=f"u{party.pk}", party=party)
        client = Client()
        client.force_login(user)
        context = self.chromium.new_context(viewport=PHONE)
        self.ending.callback(context.close)
        if party.language != language:
            choose_language(party=party, language=language, by=party, at=AT)
        kept = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": kept, "url": self.server}]
        )
        context.set_default_timeout(15_000)
        return Seat(context.new_page(), self.server)

    def as_staff(self, office: str) -> Seat:
        return self.as_person(self.staff[office])

    def sell(self, lot: Lot, pieces: int, price: int) -> str:
        """What the till sends when it has a network; the event's raw text."""
        raw = self.cast.till.sale((lot, pieces, price))
        self.cast.till.send(raw)
        return raw.decode()

    def days_later(self, days: int) -> None:
        """The clock on the wall goes on; who sat down before is signed out meanwhile."""

        class Later(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Self:
                return super().now(tz) + timedelta(days=days)

        self.patches.setattr("ayil.kit.clock.datetime", Later)

    def nothing_is_broken(self) -> None:
        assert [line for check in collected() for line in check.find()] == []


@dataclass
class Seat:
    """Somebody at a page, who finds things by the words on them."""

    page: Page
    server: str

    def go(self, address: str) -> Seat:
        answer = self.page.goto(self.server + address)
        assert answer is not None
        assert answer.status == 200, f"{address}: {answer.status}"
        return self

    def follow(self, words: str | re.Pattern[str]) -> Seat:
        self.page.get_by_role("link", name=words, exact=isinstance(words, str)).first.click()
        return self

    def press(self, words: str | re.Pattern[str]) -> Seat:
        self.page.get_by_role("button", name=words, exact=isinstance(words, str)).first.click()
        return self

    def type(self, **typed: str) -> Seat:
        """By the names of the form's fields."""
        for name, value in typed.items():
            self.page.locator(f"[name={name}]").first.fill(value)
        return self

    def sees(self, *words: str | re.Pattern[str]) -> Seat:
        for said in words:
            expect(self.page.locator("body")).to_contain_text(said)
        return self

    def paper(self, link: str | re.Pattern[str]) -> str:
        """The words on the PDF behind a link of this page."""
        found = self.page.get_by_role("link", name=link, exact=isinstance(link, str)).first
        address = str(found.get_attribute("href"))
        base = urlsplit(self.page.url)
        whole = address if "://" in address else f"{base.scheme}://{base.netloc}{address}"
        answer = self.page.request.get(whole)
        assert answer.status == 200, f"{address}: {answer.status}"
        assert answer.headers["content-type"] == "application/pdf"
        return words_on(answer.body())


@pytest.fixture
def walk(
    live_server: LiveServer, chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Walk]:
    # Playwright keeps a loop of its own in this thread; what asks the database here is no task.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    cast = assemble()
    staff = {}
    for office, role in OFFICES.items():
        party = cast.aigul if office == "clerk" else person(f"{office.title()} Bekova")
        grant_role(party=party, role=role, since=DAY, by=cast.officer, shop=cast.shop)
        staff[office] = party
    grant_role(party=cast.officer, role=Role.OFFICER, since=DAY, by=cast.officer)
    walk = Walk(cast, live_server.url, chromium, staff, monkeypatch)
    with walk.ending:
        yield walk
