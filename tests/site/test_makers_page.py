"""The maker's page: their own figures and nobody else's, at a constant number of queries."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ayil.consignment.queries import accounts_visible_to
from ayil.members.actions import affiliate, enter_party
from ayil.members.models import Affiliation, PartyKind, User
from tests.site.cast import (
    AT,
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
def trade() -> Programme:
    """Three makers; the first sold three pairs of slippers, the second two jars of jam."""
    made = programme()
    for number, name in enumerate(["Гүлнара Асанова", "Жыпара Токтогулова", "Чолпон Бекова"]):
        made.add_maker(name, number)
    made.sell(made.makers[0], 3, START + timedelta(days=9))
    made.sell(made.makers[1], 2, START + timedelta(days=10))
    return made


def page_of(client: Client, user: User, address: str = "/my-sales/") -> str:
    client.force_login(user)
    speak(client, "en")
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def address_of(trade: Programme, maker: Maker) -> str:
    return reverse("sales-of", args=[trade.shop.code, maker.party.uid])


def test_it_tells_what_sold_and_what_is_owed(client: Client, trade: Programme) -> None:
    page = page_of(client, account_of(trade.makers[0].party))
    assert "3 pieces" in page
    assert "1 560 сом" in page  # 3 × 650, less a member's 20 %
    assert "17 pieces" in page  # on the shelf


def test_nobody_sees_another_makers_page(client: Client, trade: Programme) -> None:
    client.force_login(account_of(trade.makers[0].party))
    page = client.get("/my-sales/").content.decode()
    assert "Жыпара" not in page
    assert client.get(address_of(trade, trade.makers[1])).status_code == 404


def test_the_manager_keeps_the_books_of_all(client: Client, trade: Programme) -> None:
    assert "240 сом" in page_of(
        client, account_of(trade.manager), address_of(trade, trade.makers[1])
    )


def test_the_officer_sees_no_makers_income(trade: Programme) -> None:
    assert not accounts_visible_to(account_of(trade.officer), START).exists()


def test_a_leader_sees_the_community_and_a_plain_member_does_not(trade: Programme) -> None:
    leader, member = person("Нурия Кадырова"), person("Асел Иманова")
    group = enter_party(kind=PartyKind.COMMUNITY, name="«Алтын оймок» жамааты", at=AT)
    trade.makers[0].agreement.shop.consignor_accounts.create(
        consignor=group,
        account=trade.shop.fund.accounts.create(
            code="payable:group", kind="liability", currency="KGS"
        ),
    )
    for who, part in ((leader, Affiliation.Part.LEADER), (member, Affiliation.Part.MEMBER)):
        affiliate(person=who, community=group, since=START, by=trade.officer, part=part)
    assert accounts_visible_to(account_of(leader), START).count() == 1
    assert accounts_visible_to(account_of(member), START).count() == 0


def test_who_has_no_agreement_is_told_what_to_do(client: Client, trade: Programme) -> None:
    assert "Bring a sample" in page_of(client, account_of(person("Асел Иманова")))


def test_strangers_are_asked_to_sign_in(client: Client, trade: Programme) -> None:
    response = client.get("/my-sales/")
    assert response.status_code == 302


def test_queries_do_not_grow_with_what_sold(client: Client) -> None:
    made = programme()
    maker = made.add_maker("Гүлнара Асанова", 0)
    client.force_login(account_of(maker.party))
    made.sell(maker, 1, START)
    few = queries_of(client, "/my-sales/")
    for number in (1, 2):
        maker.lots.append(made.deliver(maker, number, 20, START))
        made.sell(maker, 1, START + timedelta(days=number))
    assert queries_of(client, "/my-sales/") == few
