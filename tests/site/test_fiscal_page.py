"""The register's page: what lacks its number, what was refused, and what a person says of it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings

from ayil.kit.clock import now
from ayil.shop.devices import enrol_device
from ayil.shop.fiscal.sending import send_due
from ayil.shop.fiscal.simulator import Register
from ayil.shop.models import FiscalAttempt, FiscalNumber, FiscalRequest, TillTerms
from tests.cast import Till, hash_of
from tests.rig.client import Client
from tests.site.cast import AT, START, Programme, account_of, programme, queries_of, speak

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Programme:
    made = programme()
    made.add_maker("Гүлнара Асанова", 0)
    return made


@pytest.fixture
def desk(made: Programme) -> Client:
    manager = Client()
    manager.force_login(account_of(made.manager))
    speak(manager, "en")
    return manager


@pytest.fixture
def register(settings: LazySettings) -> Iterator[Register]:
    found = Register(manner="refuses").start()
    settings.AYIL_FISCAL_URL = found.url
    yield found
    found.stop()


def terms(made: Programme, form: str) -> None:
    at = AT - timedelta(days=400)
    TillTerms.objects.create(shop=made.shop, fiscal=form, at=at, by=made.manager)


def tablet(made: Programme, code: str = "krs-2") -> Till:
    device, _token = enrol_device(shop=made.shop, code=code, by=made.manager, at=AT)
    return Till(device, day=START)


def sell(made: Programme, till: Till, count: int = 1) -> list[str]:
    lot = made.makers[0].lots[0]
    return till.send(*[till.sale((lot, 1, 65_000)) for _ in range(count)]).acknowledged


def page_of(desk: Client, address: str) -> str:
    answer = desk.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_a_shop_without_a_register_hears_nothing_of_one(made: Programme, desk: Client) -> None:
    sell(made, tablet(made))
    assert "fiscal" not in page_of(desk, "/today/").lower()
    assert "fiscal" not in page_of(desk, "/desk/").lower()


def test_the_day_tells_which_receipts_have_their_number(made: Programme, desk: Client) -> None:
    terms(made, "external")
    till = tablet(made)
    lot = made.makers[0].lots[0]
    sale = till.sale((lot, 1, 65_000))
    number = till.write({"kind": "fiscal", "sale": hash_of(sale), "number": "0004711"})
    till.send(sale, number, till.sale((lot, 2, 65_000)))
    page = page_of(desk, "/today/")
    assert "1 of 2 receipts have their number." in page
    assert "0004711" in page
    assert re.search(r"Without a number yet.*krs-2-1-3 · 1 300 сом", page, re.DOTALL)
    assert 'href="/fiscal/krs/"' in page


def said(desk: Client, request: FiscalRequest, what: str, words: str = "") -> str:
    address = f"/fiscal/receipts/{request.pk}/"
    answer = desk.post(address, {"what": what, "words": words}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_refused_is_seen_and_answered(
    made: Programme, desk: Client, register: Register
) -> None:
    terms(made, "api")
    sell(made, tablet(made), 3)
    assert send_due().refused == 3
    assert "3 receipts lack their number of the fiscal register" in page_of(desk, "/desk/")
    page = page_of(desk, "/fiscal/krs/")
    assert page.count("Смена ККМ закрыта") == 3
    assert "Receipt krs-2-1-1" in page
    assert "650 сом" in page
    first, second, third = FiscalRequest.objects.order_by("pk")
    register.manner = "answers"
    assert "It is kept, with your name." in said(desk, first, "again")
    assert "1 more receipt is on its way." in page_of(desk, "/fiscal/krs/")
    assert "does not wait for you" in said(desk, first, "again")
    assert "Type the number" in said(desk, second, "number", " ")
    assert "It is kept, with your name." in said(desk, second, "number", "0815")
    assert "few words" in said(desk, third, "left")
    assert "Nothing waits for you." in said(desk, third, "left", "the roll was torn")
    assert desk.post(f"/fiscal/receipts/{third.pk}/", {"what": "x"}).status_code == 404
    assert send_due().numbered == 1
    assert sorted(FiscalNumber.objects.values_list("number", "by__name")) == [
        ("00000001", None),
        ("0815", made.manager.name),
    ]
    assert FiscalAttempt.objects.get(outcome="left").by == made.manager
    assert "2 of 3 receipts have their number." in page_of(desk, "/fiscal/krs/")
    assert "fiscal register" not in page_of(desk, "/desk/")


def test_a_long_silence_is_told_as_such(made: Programme, desk: Client, register: Register) -> None:
    terms(made, "api")
    sell(made, tablet(made))
    register.manner = "busy"
    before = now()
    assert send_due(clock=lambda: before - timedelta(hours=5)).silent == 1
    assert "Nothing waits for you." in page_of(desk, "/fiscal/krs/")
    sell(made, tablet(made, "krs-3"))
    assert send_due(clock=lambda: before - timedelta(hours=7)).silent == 1
    assert "has not answered for hours" in page_of(desk, "/fiscal/krs/")


def test_a_server_without_an_address_says_so(
    made: Programme, desk: Client, settings: LazySettings
) -> None:
    settings.AYIL_FISCAL_URL = ""
    terms(made, "api")
    sell(made, tablet(made))
    page = page_of(desk, "/fiscal/krs/")
    assert "AYIL_FISCAL_URL" in page
    assert "1 more receipt is on its way." in page


@pytest.mark.usefixtures("register")
def test_one_and_four_cost_the_same(made: Programme, desk: Client) -> None:
    terms(made, "api")
    till = tablet(made)
    sell(made, till)
    send_due()
    pages = ("/fiscal/krs/", "/desk/", "/today/")
    for page in pages:  # what is read once and kept
        desk.get(page)
    before = {page: queries_of(desk, page) for page in pages}
    sell(made, till, 3)
    send_due()
    assert {page: queries_of(desk, page) for page in before} == before
