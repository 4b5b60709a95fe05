"""What a maker sold and earned is read by nobody else who makes things: on no page, in no file or
paper, under no guessed address, in no message (invariant 12).

Three makers, two of one shop, each sell once at a price that nobody else has. Every address that
can be made of the routes and of what stands in the database is asked for by people who keep no
books, and whatever comes is searched for the amounts and receipts of the others.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice, product
from uuid import UUID

import openpyxl
import pytest
from django.apps import apps
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ayil.kit.money import share_by_rate
from ayil.members.models import Message
from ayil.payouts.actions import settle
from ayil.site.routes import ROUTES
from tests.rig.papers import words_on
from tests.site.addresses import addresses
from tests.site.cast import START, Maker, Programme
from tests.site.samples import SAMPLES
from tests.site.test_rights import signed_in
from tests.site.world import LATER, Persona, World, world

pytestmark = pytest.mark.django_db
ON = START + timedelta(days=22)
NUMBERS = range(1, 9)
MOST_ADDRESSES = 14  # of one route
WHO = (
    "nobody", "maker", "another maker", "leader", "villager", "trainer", "our donor",
)  # fmt: skip
_NOT_IN_AN_AMOUNT = re.compile(r"[\s\u00a0\u202f\u2060]")


@dataclass(frozen=True)
class Secret:
    """One maker's sale: nobody else's page says any of these words."""

    maker: Maker
    words: tuple[str, ...]

    def in_(self, text: str) -> list[str]:
        plain = _NOT_IN_AN_AMOUNT.sub("", text).replace(",", ".")
        return [word for word in self.words if word in plain]


def sold(made: Programme, maker: Maker, price_minor: int, receipt: str) -> Secret:
    """The gross, the share of it in whatever way it is written, and the number of the receipt."""
    line = {"label": maker.lots[-1].label, "quantity": 1, "unit_price": price_minor}
    made.till.send(
        ON,
        {
            "kind": "sale", "receipt": receipt, "lines": [line | {"gross": price_minor}],
            "tenders": [{"kind": "cash", "amount": price_minor}], "rounding": 0, "visitor": None,
        },
    )  # fmt: skip
    share = price_minor - share_by_rate(price_minor, maker.lots[-1].commission_bp)
    amounts = (price_minor // 100, share / 100)
    written = {f"{amount:.2f}".rstrip("0").rstrip(".") for amount in amounts}
    return Secret(maker, (receipt, *sorted(written), str(share)))


@pytest.fixture
def found(caplog: pytest.LogCaptureFixture) -> tuple[World, list[Secret]]:
    caplog.set_level(logging.CRITICAL, logger="django.request")  # refusals are what we ask for
    found = world()
    ours, others = found.ours, found.others
    neighbour = ours.made.add_maker("Турсун Бекова", 3)
    secrets = [
        sold(ours.made, ours.maker, 3_133_700, "R-3133"),
        sold(ours.made, neighbour, 4_177_700, "R-4177"),
        sold(others.made, others.maker, 5_299_300, "R-5299"),
    ]
    for half in (ours, others):
        settle(shop=half.shop, by=half.made.manager, at=LATER)
    return found, secrets


def known_uids() -> list[UUID]:
    """Every uid of every row that has one, newest first: what somebody may have seen or guessed."""
    found: list[UUID] = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.UUIDField) and not model._meta.label.startswith(
                "members.H"
            ):
                rows = model._default_manager.order_by("-pk").values_list(field.name, flat=True)
                found += [one for one in rows[:3] if one]
    return list(dict.fromkeys(found))


def guesses(found: World, uids: list[UUID]) -> Iterator[tuple[str, str]]:
    """(Route, address): as the samples have it, and with every part made of what there is."""
    for name, _path, route in addresses():
        if "GET" not in ROUTES[name].methods:
            continue
        converters = route.pattern.converters
        if not converters:
            yield name, reverse(name)
            continue
        for sample in SAMPLES[name](found):
            yield name, reverse(name, kwargs=dict(sample.parts))
        parts = dict(SAMPLES[name](found)[0].parts)
        choices = {
            part: {"IntConverter": NUMBERS, "UUIDConverter": uids}.get(
                type(converter).__name__, [parts[part]]
            )
            for part, converter in converters.items()
        }
        for values in islice(product(*choices.values()), MOST_ADDRESSES):
            yield name, reverse(name, kwargs=dict(zip(choices, values, strict=True)))


def text_of(answer: HttpResponse) -> str:
    """What a person reads of it, whatever kind of file it is."""
    body = answer.getvalue() if answer.streaming else answer.content  # type: ignore[attr-defined]
    kind = answer.headers.get("Content-Type", "")
    if body.startswith(b"%PDF-") and b"startxref" in body:  # evidence of the tests has no pages
        return words_on(body)
    if "spreadsheetml" in kind:
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True)
        return " ".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        )
    return bytes(body).decode("utf-8", "replace")


def personas(found: World) -> Iterable[Persona]:
    by_name = {persona.name: persona for persona in found.personas}
    return [by_name[name] for name in WHO]


def test_nobody_reads_anothers_line(
    client: Client, found: tuple[World, list[Secret]], capsys: pytest.CaptureFixture[str]
) -> None:
    it, secrets = found
    uids = known_uids()
    asked = list(dict.fromkeys(guesses(it, uids)))
    told, wrong, walked = 0, [], set()
    for persona in personas(it):
        asking = signed_in(client, persona)
        for name, address in asked:
            with transaction.atomic():
                answer = asking.get(address)
                transaction.set_rollback(True)
            if answer.status_code != 200:
                continue
            text = text_of(answer)
            walked.add(name)
            for secret in secrets:
                if secret.maker.party == persona.party:
                    told += bool(secret.in_(text))
                elif secret.in_(text):
                    wrong.append(f"{persona.name}: {address} says {secret.in_(text)}")
    shut = sorted({name for name, _address in asked} - walked)
    with capsys.disabled():
        print(f"\n {len(asked)} addresses as {len(WHO)} people, {len(walked)} routes opened")
        print(f" opened: {', '.join(sorted(walked))}\n shut: {', '.join(shut)}")
    assert not wrong, "\n".join(wrong[:40])
    assert told >= 6, "the owners read their own: else this walk looks for the wrong words"


def test_who_keeps_the_books_reads_them(client: Client, found: tuple[World, list[Secret]]) -> None:
    """The same search finds all of it where it may be read: it can fail."""
    it, secrets = found
    manager = next(one for one in it.personas if one.name == "our manager")
    asking = signed_in(client, manager)
    seen = ""
    for _name, address in guesses(it, [secret.maker.party.uid for secret in secrets]):
        with transaction.atomic():
            answer = asking.get(address)
            transaction.set_rollback(True)
        if answer.status_code == 200:
            seen += text_of(answer)
    ours, neighbours, others = secrets
    assert ours.in_(seen)
    assert neighbours.in_(seen)
    assert not others.in_(seen)


def test_no_message_tells_of_anothers_sale(found: tuple[World, list[Secret]]) -> None:
    """Whatever waits to be sent to somebody speaks of their own sales alone."""
    _it, secrets = found
    for secret in secrets:
        others = Message.objects.exclude(party=secret.maker.party)
        assert [text for text in others.values_list("text", flat=True) if secret.in_(text)] == []
