"""The owner's prices on pages: one's own to set, the shop's to ask, paper for who has no phone."""

from datetime import timedelta

import pytest
from django.test import Client

from ayil.kit.clock import local_date, now
from ayil.members.actions import grant_role
from ayil.members.models import Party, Role
from ayil.products.actions import ask_price
from ayil.products.models import Price, PriceAnswer, PriceAsk
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


def asked(made: Programme, maker: Maker, by: Party) -> PriceAsk:
    today = local_date(now())
    return ask_price(
        shop=made.shop, variant=maker.lots[0].variant, amount_minor=50_000, reason="Көп турду",
        by=by, on=today, at=now(),
    )  # fmt: skip


def test_an_owner_sets_a_price_from_today_on(maker: Maker, client: Client) -> None:
    enter(client, maker.party)
    variant = maker.lots[0].variant
    page = client.get("/my-goods/").content.decode()
    assert "650\u00a0сом" in page
    today = local_date(now())
    form = {"amount": "700", "floor": "600", "valid_from": today.isoformat()}
    answer = client.post(f"/my-goods/{variant.pk}/", form, follow=True).content.decode()
    assert "700\u00a0сом" in answer
    price = Price.objects.get(variant=variant, valid_from=today)
    assert (price.amount_minor, price.floor_minor) == (70_000, 60_000)
    assert (price.set_by, price.typed_by, price.paper) == (maker.party, maker.party, "")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"amount": "0"}, "greater than or equal to 1"),
        ({"amount": "70.5"}, "whole number"),
        ({"amount": "700", "floor": "701"}, "above the price itself"),
        ({"amount": "700", "days": "-1"}, "would reach back"),
        ({"amount": "7000"}, "Is that right?"),
        ({"amount": "65"}, "Is that right?"),
    ],
)
def test_a_slip_of_the_hand_is_asked_about(
    maker: Maker, client: Client, typed: dict[str, str], words: str
) -> None:
    enter(client, maker.party)
    typed = dict(typed)
    day = local_date(now()) + timedelta(days=int(typed.pop("days", "0")))
    address = f"/my-goods/{maker.lots[0].variant_id}/"
    page = client.post(address, {"valid_from": day.isoformat()} | typed).content.decode()
    assert words in page
    assert Price.objects.count() == 1


def test_a_great_leap_is_believed_when_it_is_said_twice(maker: Maker, client: Client) -> None:
    enter(client, maker.party)
    form = {"amount": "7000", "valid_from": local_date(now()).isoformat(), "sure": "on"}
    client.post(f"/my-goods/{maker.lots[0].variant_id}/", form)
    assert Price.objects.latest("id").amount_minor == 700_000


def test_what_the_shop_asks_is_answered_by_one_tap(
    made: Programme, maker: Maker, clerk: Party, client: Client
) -> None:
    ask = asked(made, maker, clerk)
    enter(client, maker.party)
    assert "waits for your answer" in client.get("/my-sales/").content.decode()
    assert "Көп турду" in client.get("/my-goods/asked/").content.decode()
    client.post(f"/my-goods/asked/{ask.pk}/", {"say": "yes"})
    assert ask.answer.said == PriceAnswer.Said.YES
    assert ask.answer.price.amount_minor == 50_000
    assert "waits for your answer" not in client.get("/my-sales/").content.decode()


def test_no_with_words_is_read_by_the_shop(
    made: Programme, maker: Maker, clerk: Party, client: Client
) -> None:
    ask = asked(made, maker, clerk)
    enter(client, maker.party)
    client.post(f"/my-goods/asked/{ask.pk}/", {"say": "no", "words": "Жүн кымбаттады"})
    assert Price.objects.count() == 1
    enter(client, clerk)
    assert "Жүн кымбаттады" in client.get("/shop/prices/asked/").content.decode()


def test_the_shop_asks_with_what_its_books_say(
    made: Programme, maker: Maker, clerk: Party, client: Client
) -> None:
    enter(client, clerk)
    address = f"/shop/prices/{maker.lots[0].variant_id}/?shop={made.shop.code}"
    assert "650\u00a0сом" in client.get(address).content.decode()
    client.post(address, {"do": "ask", "amount": "500", "reason": "Көп турду"})
    ask = PriceAsk.objects.get()
    assert (ask.amount_minor, ask.sold_lately, ask.by) == (50_000, 0, clerk)
    assert ask.shelf_days is not None
    assert "no answer yet" in client.get(address).content.decode()
    assert Price.objects.count() == 1


def test_a_price_from_paper_says_who_typed_it(
    made: Programme, maker: Maker, clerk: Party, client: Client
) -> None:
    enter(client, clerk)
    address = f"/shop/prices/{maker.lots[0].variant_id}/"
    form = {
        "do": "paper", "amount": "700", "valid_from": local_date(now()).isoformat(),
        "said_by": str(maker.party.uid),
    }  # fmt: skip
    client.post(address, form)
    assert Price.objects.count() == 1
    client.post(address, form | {"paper": "P-7"})
    price = Price.objects.latest("id")
    assert (price.set_by, price.typed_by, price.paper) == (maker.party, clerk, "P-7")
    assert "typed by Айнура from paper P-7" in client.get(address).content.decode()


def test_price_sheets_come_as_paper(
    made: Programme, maker: Maker, clerk: Party, client: Client
) -> None:
    enter(client, maker.party)
    own = client.get(f"/my-goods/sheet/{maker.party.uid}/")
    assert own.content.startswith(b"%PDF-")
    enter(client, clerk)
    shops = client.get(f"/shop/prices/{maker.lots[0].variant_id}/sheet/")
    assert shops.content.startswith(b"%PDF-")


def test_as_many_queries_for_one_as_for_three(
    made: Programme, maker: Maker, clerk: Party, client: Client
) -> None:
    asked(made, maker, clerk)
    client.force_login(account_of(clerk))
    pages = ("/shop/prices/", "/shop/prices/asked/")
    before = [queries_of(client, page) for page in pages]
    for number, name in enumerate(("Асел", "Кенже"), 1):
        asked(made, made.add_maker(name, number), clerk)
    assert [queries_of(client, page) for page in pages] == before
