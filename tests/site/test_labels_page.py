"""The page of labels: the clerk says how many of each, and gets a file to print."""

import pytest
from django.test import Client

from ayil.consignment.models import LotBalance
from ayil.members.actions import grant_role
from ayil.members.models import Role, User
from tests.site.cast import START, Programme, account_of, person, programme, queries_of, speak

pytestmark = pytest.mark.django_db
ADDRESS = "/shop/labels/"


@pytest.fixture
def made() -> Programme:
    return programme()


@pytest.fixture
def clerk(made: Programme, client: Client) -> User:
    party = person("Айнура")
    grant_role(party=party, role=Role.CLERK, shop=made.shop, since=START, by=made.officer)
    user = account_of(party)
    client.force_login(user)
    return user


def test_the_labels_come_as_a_file(made: Programme, clerk: User, client: Client) -> None:
    lot = made.add_maker("Гүлнара Асанова", 0).lots[0]
    page = client.get(ADDRESS).content.decode()
    assert lot.label in page
    assert f'name="lot-{lot.pk}"' in page
    answer = client.post(ADDRESS, {f"lot-{lot.pk}": "3", "sheet": "a4-24", "skipped": "2"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "no-store"


def test_a_refusal_keeps_what_was_typed(made: Programme, clerk: User, client: Client) -> None:
    lot = made.add_maker("Гүлнара Асанова", 0).lots[0]
    speak(client, "en")
    none = client.post(ADDRESS, {f"lot-{lot.pk}": "0", "sheet": "roll"})
    assert "No label was asked for." in none.content.decode()
    gone = client.post(ADDRESS, {f"lot-{lot.pk}": "4", "sheet": "a4-24", "skipped": "24"})
    assert f'name="lot-{lot.pk}" value="4"' in gone.content.decode()
    assert "24" in gone.content.decode()


def test_one_delivery_proposes_a_label_a_piece(
    made: Programme, clerk: User, client: Client
) -> None:
    first, second = (made.add_maker(name, n).lots[0] for n, name in enumerate(("Бурул", "Асел")))
    assert f'name="lot-{first.pk}" value="0"' in client.get(ADDRESS).content.decode()
    on_shelf = LotBalance.objects.get(lot=first).on_shelf
    assert on_shelf > 1
    page = client.get(ADDRESS, {"q": first.label}).content.decode()
    assert f'name="lot-{first.pk}" value="{on_shelf}"' in page
    assert f"lot-{second.pk}" not in page


@pytest.mark.parametrize(
    "typed",
    [{"lot-x": "3"}, {"lot-99999999999999999999": "3"}, {"lot-1": "-3"}, {"lot-²": "1"}, {}],
)
def test_what_no_page_sends_is_no_label(
    made: Programme, clerk: User, client: Client, typed: dict[str, str]
) -> None:
    assert client.post(ADDRESS, typed | {"sheet": "roll"}).status_code == 200
    assert client.post(ADDRESS, typed | {"sheet": "x", "q": "\x00", "page": "x"}).status_code == 200


def test_as_many_queries_for_one_lot_as_for_three(
    made: Programme, clerk: User, client: Client
) -> None:
    made.add_maker("Бурул", 0)
    one = queries_of(client, ADDRESS)
    made.add_maker("Асел", 1)
    made.add_maker("Кенже", 2)
    assert queries_of(client, ADDRESS) == one
