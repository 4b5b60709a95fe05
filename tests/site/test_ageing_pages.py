"""Pages of goods that stand too long: the shop asks by one tap, the owner chooses by one."""

import pytest
from django.test import Client

from ayil.consignment.actions.ageing import ask_about
from ayil.consignment.ageing import at_hand
from ayil.consignment.models import AgeingAsk, Lot
from ayil.kit.clock import local_date, now
from ayil.members.actions import grant_role
from ayil.members.models import Look, Party, Role
from ayil.products.models import Price
from tests.site.cast import (
    START,
    Maker,
    Programme,
    account_of,
    person,
    programme,
    queries_of,
    speak,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Programme:
    return programme()


@pytest.fixture
def maker(made: Programme) -> Maker:
    return made.add_maker("Гүлнара Асанова", 0)


@pytest.fixture
def clerk(made: Programme) -> Party:
    party = person("Айнура")
    grant_role(party=party, role=Role.CLERK, shop=made.shop, since=START, by=made.officer)
    return party


def enter(client: Client, party: Party, language: str = "en") -> None:
    client.force_login(account_of(party))
    speak(client, language)


def asked(maker: Maker, by: Party) -> AgeingAsk:
    at = now()
    lots = list(at_hand(Lot.objects.filter(consignor=maker.party)))
    return ask_about(lots=lots, by=by, on=local_date(at), at=at)[0]


def test_one_tap_asks_an_owner(made: Programme, maker: Maker, clerk: Party, client: Client) -> None:
    enter(client, clerk)
    page = client.get("/shop/ageing/").content.decode()
    assert "Гүлнара Асанова" in page
    assert "not asked yet" in page
    address = f"/shop/ageing/ask/{maker.party.uid}/"
    client.post(address, {"shop": made.shop.code})
    ask = AgeingAsk.objects.get()
    assert (ask.lot, ask.on_shelf, ask.by) == (maker.lots[0], 20, clerk)
    page = client.get("/shop/ageing/").content.decode()
    assert "asked, answer until" in page
    again = client.post(address, {"shop": made.shop.code}, follow=True).content.decode()
    assert "nothing to ask" in again


def test_the_owner_chooses_a_lower_price(
    made: Programme, maker: Maker, clerk: Party, client: Client
) -> None:
    ask = asked(maker, clerk)
    enter(client, maker.party)
    assert f"/my-goods/ageing/{ask.pk}/" in client.get("/my-goods/asked/").content.decode()
    address = f"/my-goods/ageing/{ask.pk}/"
    assert "nothing is done" in client.get(address).content.decode()
    for typed, words in (
        ({}, "Choose one of these"),
        ({"way": "price"}, "Write the new price"),
        ({"way": "price", "amount": "650"}, "not lower"),
    ):
        assert words in client.post(address, typed).content.decode()
    client.post(address, {"way": "price", "amount": "500"})
    assert ask.choice.price.amount_minor == 50_000
    page = client.get("/my-goods/asked/").content.decode()
    assert "lower the price" in page
    assert "nothing yet" in page
    made.till.sell(local_date(now()), maker.lots[0], 2, 50_000)
    assert "sold since: 2\u00a0pieces" in client.get("/my-goods/asked/").content.decode().replace(
        "2 pieces", "2\u00a0pieces"
    )
    enter(client, clerk)
    assert "sold since" in client.get("/shop/ageing/").content.decode()


def test_the_page_is_spoken_in_kyrgyz(maker: Maker, clerk: Party, client: Client) -> None:
    ask = asked(maker, clerk)
    enter(client, maker.party, "ky")
    page = client.get(f"/my-goods/ageing/{ask.pk}/").content.decode()
    assert "баасын түшүрүү" in page.lower()


def test_the_staff_writes_down_what_was_signed(maker: Maker, clerk: Party, client: Client) -> None:
    ask = asked(maker, clerk)
    enter(client, clerk)
    address = f"/shop/ageing/say/{ask.pk}/"
    form = {"way": "take", "said_by": str(maker.party.uid), "words": "Жума күнү келем"}
    client.post(address, form)
    assert not hasattr(AgeingAsk.objects.get(), "choice")
    client.post(address, form | {"paper": "C-1"})
    choice = AgeingAsk.objects.get().choice
    assert (choice.by, choice.typed_by, choice.paper) == (maker.party, clerk, "C-1")
    assert "to be done" in client.get("/shop/ageing/").content.decode()
    assert "want" in client.get("/desk/").content.decode()
    assert Price.objects.count() == 1


def test_the_list_on_paper_shows_telephones_to_who_may_see_them(
    made: Programme, maker: Maker, clerk: Party, client: Client
) -> None:
    Party.objects.filter(pk=maker.party.pk).update(phone="+996700111222")
    enter(client, clerk)
    assert client.get("/shop/ageing/paper/").content.startswith(b"%PDF-")
    assert not Look.objects.exists()
    enter(client, made.manager)
    assert client.get("/shop/ageing/paper/").content.startswith(b"%PDF-")
    assert Look.objects.get().party == maker.party


def test_as_many_queries_for_one_as_for_three(
    made: Programme, maker: Maker, clerk: Party, client: Client
) -> None:
    asked(maker, clerk)
    client.force_login(account_of(clerk))
    one = queries_of(client, "/shop/ageing/")
    for number, name in enumerate(("Асел", "Кенже"), 1):
        asked(made.add_maker(name, number), clerk)
    assert queries_of(client, "/shop/ageing/") == one
