"""The shop manager's day: takings, whose money it is, and what to look at."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ayil.members.actions import grant_role
from ayil.members.models import Role
from ayil.shop import today
from ayil.shop.log import ingest
from ayil.shop.models import EventException
from tests.site.cast import AT, START, Programme, account_of, person, programme, queries_of, speak

pytestmark = pytest.mark.django_db
FIRST, SECOND = START + timedelta(days=9), START + timedelta(days=10)


@pytest.fixture
def trade() -> Programme:
    made = programme()
    for number, name in enumerate(["Гүлнара Асанова", "Жыпара Токтогулова"]):
        made.add_maker(name, number)
    made.till.send(FIRST, {"kind": "shift_opened", "float": 200_000})
    made.sell(made.makers[0], 3, FIRST)
    made.sell(made.makers[1], 2, SECOND)
    return made


def page_of(client: Client, trade: Programme, address: str = "/today/") -> str:
    client.force_login(account_of(trade.manager))
    speak(client, "en")
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_the_last_open_day_is_today(client: Client, trade: Programme) -> None:
    page = page_of(client, trade)
    assert "15 June 2012" in page
    assert "300 сом" in page


def test_a_day_by_its_name(client: Client, trade: Programme) -> None:
    page = page_of(client, trade, f"/today/?day={FIRST}")
    assert "1 950 сом" in page
    assert "still open" in page


@pytest.mark.parametrize("address", ["/today/?day=2012-13-45", "/today/?shop=elsewhere"])
def test_what_is_not_there_is_said(client: Client, trade: Programme, address: str) -> None:
    client.force_login(account_of(trade.manager))
    assert client.get(address).status_code == 404


def test_the_makers_money_stands_against_what_is_held(trade: Programme) -> None:
    meter = today.trust(trade.shop)
    assert meter.owed_minor == (195_000 + 30_000) * 80 // 100
    assert meter.held_minor == 225_000  # the float came from the safe
    assert meter.free_minor == 45_000


def test_sold_before_booked_is_to_be_counted(trade: Programme) -> None:
    assert today.below_nought(trade.shop).total == 0
    trade.sell(trade.makers[0], 18, SECOND)
    assert today.below_nought(trade.shop).lots[0].balance.on_shelf == -1


def test_food_expires_and_felt_stands(trade: Programme) -> None:
    later = START + timedelta(days=121)
    assert today.standing_long(trade.shop, START + timedelta(days=60)).total == 0
    assert today.standing_long(trade.shop, START + timedelta(days=61)).total == 1
    assert today.standing_long(trade.shop, later).total == 2
    assert today.expiring(trade.shop, START + timedelta(days=334)).total == 0
    assert today.expiring(trade.shop, START + timedelta(days=335)).total == 2


def test_makers_and_clerks_run_no_shop(client: Client, trade: Programme) -> None:
    clerk = person("Айнура Эсенова")
    grant_role(party=clerk, role=Role.CLERK, since=START, by=trade.officer, shop=trade.shop)
    for who in (clerk, trade.makers[0].party):
        client.force_login(account_of(who))
        assert client.get("/today/").status_code == 403


def test_a_shop_that_never_sold(client: Client) -> None:
    assert "Enrol a till" in page_of(client, programme())


def test_queries_do_not_grow_with_the_trade(client: Client) -> None:
    made = programme()
    made.sell(made.add_maker("Гүлнара Асанова", 0), 25, START)
    client.force_login(account_of(made.manager))
    few = queries_of(client, "/today/")
    for number in (1, 2):
        made.sell(made.add_maker(f"Жыпара {number}", number), 25, START)
    assert queries_of(client, "/today/") == few


def test_last_days_are_the_open_ones(trade: Programme) -> None:
    days = today.day_of(trade.shop, SECOND).last_days
    assert days == [(FIRST, 195_000), (SECOND, 30_000)]
    assert today.last_open_day(trade.shop, date(2012, 6, 1)) is None


def test_an_exception_is_cleared_by_a_person_with_a_note(client: Client, trade: Programme) -> None:
    ingest(device=trade.till.device, raw=[b"not an event"], at=AT)
    page = page_of(client, trade)
    assert "1 event of a till" in page
    pending = EventException.objects.get()
    address = reverse("clear-exception", args=[pending.pk])
    assert "Say in a few words" in client.post(address, follow=True).content.decode()
    client.post(address, {"note": "A test of the line"})
    assert pending.clearing.by == trade.manager
    assert "Every event of every till was applied" in client.get("/today/").content.decode()
    assert client.post(address, {"note": "Again"}).status_code == 404


def test_nobody_clears_another_shops_exception(client: Client, trade: Programme) -> None:
    ingest(device=trade.till.device, raw=[b"not an event"], at=AT)
    client.force_login(account_of(trade.makers[0].party))
    address = reverse("clear-exception", args=[EventException.objects.get().pk])
    assert client.post(address, {"note": "Mine"}).status_code == 403


def test_who_only_looks_clears_nothing(client: Client, trade: Programme) -> None:
    ingest(device=trade.till.device, raw=[b"not an event"], at=AT)
    auditor = person("Нурлан Осмонов")
    grant_role(party=auditor, role=Role.AUDITOR, since=START, by=trade.manager)
    client.force_login(account_of(auditor))
    assert client.get("/today/").status_code == 200
    address = reverse("clear-exception", args=[EventException.objects.get().pk])
    assert client.post(address, {"note": "Looked"}).status_code == 403


def test_the_manager_reads_to_whom_it_is_owed(client: Client, trade: Programme) -> None:
    page = page_of(client, trade, reverse("owed", args=[trade.shop.code]))
    assert "1 560 сом" in page
    assert "240 сом" in page
    few = queries_of(client, reverse("owed", args=[trade.shop.code]))
    trade.sell(trade.add_maker("Чолпон Бекова", 2), 1, SECOND)
    assert queries_of(client, reverse("owed", args=[trade.shop.code])) == few


def test_a_maker_does_not_read_what_others_are_owed(client: Client, trade: Programme) -> None:
    client.force_login(account_of(trade.makers[0].party))
    assert client.get(reverse("owed", args=[trade.shop.code])).status_code == 403
