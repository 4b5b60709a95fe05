"""Guessed addresses lead nowhere, and a form takes nothing that it did not ask for."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ayil.payouts.actions import dismiss_dispute
from ayil.payouts.models import Dispute
from ayil.site.routes import PUBLIC, ROUTES
from tests.site.addresses import addresses
from tests.site.samples import SAMPLES, Sample
from tests.site.test_rights import Asked, asked, signed_in
from tests.site.world import LATER, Persona, World, world

pytestmark = pytest.mark.django_db
GUESSES: Mapping[str, tuple[object, ...]] = {
    "IntConverter": (0, 999_999, 2**63, 10**30),
    "UUIDConverter": (UUID(int=0), UUID(int=2**128 - 1)),
    "SlugConverter": ("no-such", "x" * 300, "1-or-1"),
    "PathConverter": ("no-such.js", "../sw.js", "%2e%2e/run.py", "ң" * 200),
    "StringConverter": ("no-such", "'; DROP TABLE", "%00", "..", "ң" * 200),
}
# Whether a code is right is said by what it asks for next: the page is the same for all.
SAY_NOTHING = {"card", "use-link"}
# What stands in our rows and is never asked for by a form of a person's own.
EXTRA_NAMES = (
    "party", "party_id", "is_superuser", "is_staff", "is_active", "username", "by", "by_id", "at",
    "recorded_at", "entered_at", "id", "pk", "uid", "amount_minor", "balance_minor", "price",
    "owner", "consignor", "consignor_id", "raised_by", "verdict", "user", "user_id", "sort_key",
    "step", "since", "on", "approved_by", "statement", "lesson", "hash", "simulation",
)  # fmt: skip
# A pseudonym is drawn by lot: two erasures of one person never leave the same name.
DRAWN_BY_LOT = {"person-erase"}
# Made anew by chance or by the clock in every row.
BY_CHANCE = {"hash", "code_hash", "token_hash", "number", "session_key", "password", "token"}
WHO_TRIES = ("nobody", "maker", "leader", "fellow", "our manager", "officer")
WHO_GUESSES = ("nobody", "maker", "officer")


@pytest.fixture
def found(caplog: pytest.LogCaptureFixture) -> World:
    caplog.set_level(logging.CRITICAL, logger="django.request")  # refusals are what we ask for
    return world()


def named(found: World, names: tuple[str, ...]) -> Iterator[Persona]:
    by_name = {persona.name: persona for persona in found.personas}
    yield from (by_name[name] for name in names)


def guessed(found: World) -> Iterator[tuple[str, str]]:
    """(Route, address) with one part after another changed into what nobody was told."""
    for name, _path, route in addresses():
        if name in SAY_NOTHING or not route.pattern.converters:
            continue
        parts = dict(SAMPLES[name](found)[0].parts)
        for part, converter in route.pattern.converters.items():
            for guess in GUESSES[type(converter).__name__]:
                yield name, reverse(name, kwargs=parts | {part: guess})


def is_door(answer: HttpResponse) -> bool:
    """Sent to sign in, or to say again who one is before anything is looked up."""
    doors = (reverse("sign-in"), reverse("account_reauthenticate"))
    return answer.status_code == 302 and answer.headers["Location"].startswith(doors)


def test_a_guessed_address_is_not_there(client: Client, found: World) -> None:
    wrong, tried = [], 0
    for persona in named(found, WHO_GUESSES):
        asking = signed_in(client, persona)
        for name, address in guessed(found):
            for method in ROUTES[name].methods:
                with transaction.atomic():
                    answer = asking.get(address) if method == "GET" else asking.post(address)
                    transaction.set_rollback(True)
                tried += 1
                if answer.status_code not in {403, 404} and not is_door(answer):
                    wrong.append(f"{persona.name}: {method} {address}: {answer.status_code}")
    assert tried > 500
    assert not wrong, "\n".join(wrong)


def rows() -> dict[str, list[str]]:
    """Every table's rows without what chance and the clock make."""
    found = {}
    for model in apps.get_models():
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if not isinstance(field, models.DateTimeField | models.UUIDField | models.BinaryField)
            and field.name not in BY_CHANCE
            and not (field.primary_key and model._meta.label.startswith("members.Historical"))
        ]
        if model._meta.app_label not in {"sessions", "usersessions", "axes"}:
            values = model._default_manager.order_by("pk").values_list(*names)
            found[model._meta.label] = [repr(row) for row in values]
    return found


@contextmanager
def numbers_as_they_were() -> Iterator[None]:
    """PostgreSQL's sequences stand outside of transactions: a row's number would tell the order."""
    before: list[tuple[str, int | None]] = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT quote_ident(sequencename), last_value FROM pg_sequences")
            before = cursor.fetchall()
    yield
    with connection.cursor() as cursor:
        for name, last in before:
            cursor.execute("SELECT setval(%s, %s, %s)", [name, last or 1, last is not None])


def left_by(client: Client, one: Asked, extra: Mapping[str, str]) -> dict[str, list[str]]:
    """What the form left in the tables, before it is taken back."""
    with numbers_as_they_were(), transaction.atomic():
        answer = signed_in(client, one.persona).post(one.address, {**extra, **one.sample.form})
        assert answer.status_code < 500, one
        left = rows()
        transaction.set_rollback(True)
    return left


def forms(found: World, persona: Persona) -> Iterator[Asked]:
    for one in asked(found, persona):
        is_form = one.method == "POST" and "POST" in one.route.methods
        if is_form and one.is_allowed and one.route.name not in DRAWN_BY_LOT:
            yield one


def test_a_form_takes_nothing_that_it_did_not_ask_for(client: Client, found: World) -> None:
    other = found.others.maker.party
    extra = dict.fromkeys(EXTRA_NAMES, str(other.pk))
    wrong, tried = [], 0
    for persona in named(found, WHO_TRIES):
        for one in forms(found, persona):
            told = {name: value for name, value in extra.items() if name not in one.sample.form}
            plain, stuffed = left_by(client, one, {}), left_by(client, one, told)
            tried += 1
            wrong += [f"{one}: {table}" for table in plain if plain[table] != stuffed[table]]
    assert tried > 100
    assert not wrong, "\n".join(wrong)


def test_an_unknown_field_would_be_noticed(client: Client, found: World) -> None:
    """The comparison itself: a field that the form does take makes another row."""
    open_one = Dispute.objects.get(statement__consignor=found.ours.maker.party)
    dismiss_dispute(dispute=open_one, by=found.ours.made.manager, at=LATER, reason="туура")
    (maker,) = named(found, ("maker",))
    one = next(form for form in forms(found, maker) if form.route.name == "dispute")
    assert left_by(client, one, {}) == left_by(client, one, {})
    other = Asked(one.route, Sample(one.sample.parts, form={"words": "x"}), one.persona,
                  one.method, one.address)  # fmt: skip
    assert left_by(client, one, {}) != left_by(client, other, {})


def test_no_route_hides_behind_being_public() -> None:
    """Nothing that is public takes an address with a number that could be counted up to it."""
    counted = {
        name
        for name, _path, route in addresses()
        if PUBLIC in ROUTES[name].who
        and any(type(part).__name__ == "IntConverter" for part in route.pattern.converters.values())
    }
    assert counted == {"catalogue:good"}
