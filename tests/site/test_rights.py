"""Every route as every role, as people of another shop, donor and district, and as nobody."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from ayil.members.rights import RIGHTS, Right
from ayil.site.routes import OWN, PUBLIC, ROUTES, SIGNED_IN, TILL, Route
from tests.site.addresses import addresses
from tests.site.digests import digests
from tests.site.samples import SAMPLES, Sample
from tests.site.world import Persona, World, world

METHODS = ("GET", "POST")
# A method that an address does not take is tried by few: it is refused before anybody is looked at.
TRY_EVERYTHING = {"nobody", "maker", "officer"}


def test_every_route_is_in_the_table_and_every_line_is_a_route() -> None:
    assert {name for name, _path, _found in addresses()} == set(ROUTES), "mend ayil/site/routes.py"


def test_every_route_with_parts_has_something_to_ask_for() -> None:
    with_parts = {name for name, _path, found in addresses() if found.pattern.converters}
    assert with_parts <= set(SAMPLES), "mend tests/site/samples.py"
    assert set(SAMPLES) <= set(ROUTES)


@dataclass(frozen=True)
class Asked:
    """One request of the walk and what the tables say about it."""

    route: Route
    sample: Sample
    persona: Persona
    method: str
    address: str

    @property
    def is_allowed(self) -> bool:
        return any(self._is_for(who) for who in self.route.who)

    def _is_for(self, who: object) -> bool:
        if isinstance(who, Right):
            return self._reaches(who)
        if who is OWN:
            own = self.persona.name in self.sample.owners
            return own or (not self.sample.parts and self.persona.party is not None)
        return who is PUBLIC or (who is SIGNED_IN and self.persona.user is not None)

    def _reaches(self, right: Right) -> bool:
        """By the table of rights and the persona's own words, not by the code under test."""
        persona, sample = self.persona, self.sample
        if persona.role is None or persona.role not in RIGHTS[right]:
            return False
        is_narrow = persona.shop or persona.donor or persona.district
        if not is_narrow or not (sample.shop or sample.donor):
            return True
        return persona.shop == sample.shop and persona.donor == sample.donor

    def __str__(self) -> str:
        return f"{self.persona.name}: {self.method} {self.address} ({self.route.name})"


def asked(found: World, persona: Persona) -> Iterator[Asked]:
    for name, route in ROUTES.items():
        for sample in SAMPLES[name](found) if name in SAMPLES else [Sample()]:
            for method in METHODS if persona.name in TRY_EVERYTHING else route.methods:
                address = reverse(name, kwargs=dict(sample.parts))
                yield Asked(route, sample, persona, method, address)


def outcome(client: Client, one: Asked) -> str:
    """yes, no, door (sent to sign in), gone (not there), method, or what else came."""
    with transaction.atomic():
        if one.method == "GET":
            answer = client.get(one.address)
        else:
            answer = client.post(one.address, one.sample.form)
        if one.is_allowed:
            transaction.set_rollback(True)
    location = answer.headers.get("Location", "")
    if answer.status_code in {302, 303}:
        return "door" if location.startswith(f"{reverse('sign-in')}?") else "yes"
    words = {200: "yes", 204: "yes", 400: "yes" if one.method == "POST" else "400"}
    words |= {401: "no", 403: "no", 404: "gone", 405: "method"}
    return words.get(answer.status_code, str(answer.status_code))


def expected(one: Asked) -> set[str]:
    if one.route.who == (TILL,):
        return {"no"} if one.method in one.route.methods else {"method"}
    if one.method not in one.route.methods:
        return {"method"} if one.is_allowed else {"method", "no", "gone", "door"}
    if one.is_allowed:
        return {True: {"yes"}, False: {"gone"}, None: {"yes", "gone"}}[one.sample.is_there]
    return {"door"} if one.persona.user is None else {"no", "gone"}


def signed_in(like: Client, persona: Persona) -> Client:
    client = type(like)()
    if persona.user is not None:
        client.force_login(persona.user)
    return client


@pytest.mark.django_db
def test_every_route_as_everyone(
    client: Client, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, logger="django.request")  # refusals are what we ask for
    found = world()
    wrong, pairs = [], set()
    for persona in found.personas:
        cookies, before = signed_in(client, persona).cookies, digests()
        for one in asked(found, persona):
            asking = type(client)()
            for name in (settings.SESSION_COOKIE_NAME,):
                if name in cookies:
                    asking.cookies[name] = cookies[name].value
            came = outcome(asking, one)
            pairs.add((one.address, one.method, persona.name))
            if came not in expected(one):
                wrong.append(f"{one}: {came}, not {' or '.join(sorted(expected(one)))}")
        after = digests()
        changed = {table for table in after if after[table] != before[table]}
        if changed:
            wrong.append(f"{persona.name} was refused and still changed {changed}")
    with capsys.disabled():
        print(f" {len(ROUTES)} routes as {len(found.personas)} people: {len(pairs)} requests ")
    assert not wrong, "\n".join(wrong[:80])
