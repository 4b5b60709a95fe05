"""Whoever of the staff opens a person's page is written down; one's own, and a double's, is not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ayil.members.looks import Seen, looks_at
from ayil.members.models import Look, Merge, MergeEnd
from ayil.payouts.actions import settle
from ayil.payouts.models import Statement
from tests.site.cast import START, Programme, account_of, programme, queries_of

pytestmark = pytest.mark.django_db
LATER = datetime(2012, 7, 1, 6, 0, tzinfo=UTC)


@pytest.fixture
def trade() -> Programme:
    made = programme()
    for number, name in enumerate(["Гүлнара Асанова", "Gulnara Asanova"]):
        made.sell(made.add_maker(name, number), 2, START + timedelta(days=number))
    settle(shop=made.shop, by=made.manager, at=LATER)
    return made


def pages_of(trade: Programme, number: int) -> list[str]:
    shop, maker = trade.shop.code, trade.makers[number].party
    statement = Statement.objects.get(consignor=maker)
    return [
        reverse("sales-of", args=[shop, maker.uid]),
        reverse("statement", args=[shop, maker.uid, statement.number]),
    ]


def test_the_managers_look_is_written_down(client: Client, trade: Programme) -> None:
    client.force_login(account_of(trade.manager))
    for page in [*pages_of(trade, 0), reverse("owed", args=[trade.shop.code])]:
        assert client.get(page).status_code == 200
    seen = [look.what for look in looks_at(trade.makers[0].party)]
    assert seen == [Seen.OWED, Seen.STATEMENT, Seen.SALES]
    assert [look.what for look in looks_at(trade.makers[1].party)] == [Seen.OWED]
    assert {look.by for look in Look.objects.all()} == {trade.manager}


def test_ones_own_page_is_no_look(client: Client, trade: Programme) -> None:
    client.force_login(account_of(trade.makers[0].party))
    for page in pages_of(trade, 0):
        assert client.get(page).status_code == 200
    assert not Look.objects.exists()


def test_a_refused_page_is_no_look(client: Client, trade: Programme) -> None:
    client.force_login(account_of(trade.makers[0].party))
    for page in [*pages_of(trade, 1), reverse("owed", args=[trade.shop.code])]:
        assert client.get(page).status_code in {403, 404}
    assert not Look.objects.exists()


def test_writing_it_down_costs_the_same_for_one_and_for_three(
    client: Client, trade: Programme
) -> None:
    client.force_login(account_of(trade.manager))
    client.get("/")  # the session notes that it was used
    few = queries_of(client, reverse("owed", args=[trade.shop.code]))
    for number in (2, 3):
        trade.sell(trade.add_maker(f"Жыпара {number}", number), 1, START)
    assert queries_of(client, reverse("owed", args=[trade.shop.code])) == few


def test_two_records_of_one_person_are_one_on_their_pages(client: Client, trade: Programme) -> None:
    kept, double = (maker.party for maker in trade.makers)
    client.force_login(account_of(kept))
    assert [client.get(page).status_code for page in pages_of(trade, 1)] == [404, 404]
    merge = Merge.objects.create(
        kept=kept, double=double, reason="the same woman", by=trade.officer, at=LATER
    )
    assert [client.get(page).status_code for page in pages_of(trade, 1)] == [200, 200]
    assert pages_of(trade, 1)[0] in client.get("/my-sales/").content.decode()
    assert not Look.objects.exists()
    MergeEnd.objects.create(merge=merge, reason="two women", by=trade.officer, at=LATER)
    assert [client.get(page).status_code for page in pages_of(trade, 1)] == [404, 404]


def test_a_merge_hands_nobody_an_office(client: Client, trade: Programme) -> None:
    maker = trade.makers[0].party
    Merge.objects.create(
        kept=maker, double=trade.manager, reason="the same", by=trade.officer, at=LATER
    )
    client.force_login(account_of(maker))
    assert client.get("/today/").status_code == 403
