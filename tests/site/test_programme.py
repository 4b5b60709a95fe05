"""The officer's page: the whole loop, and no income over fewer than five producers."""

from datetime import timedelta

import pytest
from django.test import Client

from ayil.lessons.loop import the_loop
from ayil.members.actions import grant_role
from ayil.members.models import Role
from ayil.places.actions import enter_place
from ayil.places.models import PlaceKind
from tests.site.cast import START, Programme, account_of, person, programme, queries_of, speak

pytestmark = pytest.mark.django_db


def trade(makers: int) -> Programme:
    made = programme()
    for number in range(makers):
        made.sell(made.add_maker(f"Maker {number}", number), 2, START + timedelta(days=number))
    return made


def read(client: Client, made: Programme) -> str:
    client.force_login(account_of(made.officer))
    speak(client, "en")
    response = client.get("/programme/")
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_five_producers_make_a_figure(client: Client) -> None:
    page = read(client, trade(5))
    assert "5 receipts" in page
    assert "16 960 сом" in page  # four slippers, four jars, two shyrdaks, less a member's 20 %
    assert "earned by the producers of this district" in page


def test_four_do_not(client: Client) -> None:
    page = read(client, trade(4))
    assert "Income is not shown over fewer than 5 producers" in page
    assert "earned by" not in page


def test_a_district_is_not_told_by_what_the_others_lack() -> None:
    made = trade(5)
    assert the_loop(START).shows_areas
    outside = made.add_maker("Maker from elsewhere", 5)
    type(outside.party).objects.filter(pk=outside.party.pk).update(village=None)
    made.sell(outside, 1, START)
    loop = the_loop(START)
    assert loop.shows_total
    assert not loop.shows_areas


def test_it_counts_what_there_is() -> None:
    trade(3)
    loop = the_loop(START)
    assert (loop.villages, loop.producers, loop.lots, loop.pieces) == (3, 3, 3, 60)
    assert [(row.producers, row.lots) for row in loop.areas[0].villages] == [(1, 1)] * 3
    (traded,) = loop.traded
    assert (traded.receipts, traded.units) == (3, 6)
    assert traded.income_minor == traded.owed_minor


def test_makers_and_managers_do_not_read_it(client: Client) -> None:
    made = trade(1)
    for who in (made.manager, made.makers[0].party):
        client.force_login(account_of(who))
        assert client.get("/programme/").status_code == 403


def test_an_empty_programme_says_so(client: Client) -> None:
    assert "Nothing has been sold yet" in read(client, programme())


def test_queries_do_not_grow_with_the_trade(client: Client) -> None:
    made = trade(1)
    client.force_login(account_of(made.officer))
    client.get("/")  # the session notes that it was used
    few = queries_of(client, "/programme/")
    for number in (1, 2):
        made.sell(made.add_maker(f"Maker {number}", number), 2, START)
    assert queries_of(client, "/programme/") == few


def test_a_district_reads_its_own_totals_alone(client: Client) -> None:
    made = trade(5)
    district = made.villages[0].parent
    ton = enter_place(
        code="ton", kind=PlaceKind.DISTRICT, parent=district.parent if district else None,
        names=("Ton", "Тон", "Тоң"), source="the register",
    )  # fmt: skip
    for place, seen in ((district, True), (ton, False)):
        akim = person(f"Болот {place}")
        grant_role(
            party=akim, role=Role.ADMINISTRATION, since=START, by=made.officer, district=place
        )
        client.force_login(account_of(akim))
        speak(client, "en")
        page = client.get("/programme/").content.decode().replace("\u00a0", " ")
        assert ("Barskoon" in page) is seen
        assert ("16 960 сом" in page) is seen
        assert "5 receipts" not in page
        assert "Maker" not in page
