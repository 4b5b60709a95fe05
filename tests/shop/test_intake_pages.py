"""Pages of the counts at the counter: what was counted, who signed, what a person decides."""

import secrets

import pytest
from django.test import Client

from ayil.consignment.models import CommissionTerm, Lot
from ayil.members.actions import grant_role, open_shop
from ayil.members.models import Role
from ayil.products.models import ProductKind
from ayil.shop.intake.reading import path_of
from ayil.shop.models import EventException, IntakeSetAside, TillEvent
from tests.cast import DAY, Cast
from tests.shop.intake import by_pin, counter, declared, line, maker, of_note, take
from tests.site.cast import account_of, queries_of, speak

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return counter()


@pytest.fixture
def manager(cast: Cast, client: Client) -> Client:
    client.force_login(account_of(cast.officer))
    speak(client, "en")
    return client


def last() -> int:
    return TillEvent.objects.latest("id").pk


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_count_shows_its_lines_and_both_signatures(cast: Cast, manager: Client) -> None:
    nonce = secrets.token_hex(16)
    given = line(cast.slippers, 9, declared=10, refused=1, reason="soles come off")
    take(cast, given, nonce=nonce, for_shop=by_pin(cast.aigul, nonce))
    text = page(manager, f"/shop/goods-in/{last()}/")
    for words in (
        "Ak-Say Kiyiz", "Felt slippers", "soles come off", given["label"], "on the shelf",
        "Aigul Asanova", "their PIN was right", "Signature of Burul Sadykova, drawn by hand",
        'd="M100 50L300 120L500 40"',
    ):  # fmt: skip
        assert words in text
    assert "Why it is not booked" not in text


def test_a_wrong_pin_is_said(cast: Cast, manager: Client) -> None:
    nonce = secrets.token_hex(16)
    take(cast, line(cast.slippers, 1), nonce=nonce, for_shop=by_pin(cast.aigul, nonce, "1357"))
    assert "the PIN was wrong" in page(manager, f"/shop/goods-in/{last()}/")


def test_what_waits_says_why_and_is_booked_when_it_is_put_right(
    cast: Cast, manager: Client
) -> None:
    aida, wool = maker(cast, ProductKind.RAW, since=DAY, rates_bp={"craft": 2_000})
    take(cast, line(wool, 3), owner=aida)
    address = f"/shop/goods-in/{last()}/"
    assert "says no commission for raw produce" in page(manager, address)
    assert "waits for a person" in page(manager, "/shop/goods-in/")
    answer = manager.post(f"{address}decide/", {"do": "book", "note": "agreed"}, follow=True)
    assert "still cannot be applied" in answer.content.decode()
    CommissionTerm.objects.create(agreement=aida.agreements.get(), kind="raw", rate_bp=1_000)
    assert "Nothing stands in its way" in page(manager, address)
    answer = manager.post(f"{address}decide/", {"do": "book", "note": "agreed"}, follow=True)
    assert "The goods are booked" in answer.content.decode()
    assert Lot.objects.count() == 1
    answer = manager.post(f"{address}decide/", {"do": "book", "note": "again"}, follow=True)
    assert "waits for nobody" in answer.content.decode()


def test_a_second_count_of_the_same_goods_is_set_aside(cast: Cast, manager: Client) -> None:
    note = declared(cast, (cast.slippers, 5))
    other = cast.second_till()
    take(cast, of_note(note.lines.get(), 5), note="Н-7")
    take(cast, of_note(note.lines.get(), 5), note="Н-7", till=other)
    address = f"/shop/goods-in/{last()}/"
    assert "it was counted before" in page(manager, address)
    manager.post(f"{address}decide/", {"do": "aside", "note": "the same slippers"})
    text = page(manager, address)
    assert "set aside" in text
    assert "the same slippers" in text
    assert IntakeSetAside.objects.get().by == cast.officer
    assert not EventException.objects.filter(clearing__isnull=True).exists()


def test_a_clerk_sees_and_does_not_decide(cast: Cast, client: Client) -> None:
    take(cast, line(cast.slippers, 2), agreement="X-1")
    client.force_login(account_of(cast.aigul))
    address = f"/shop/goods-in/{last()}/"
    assert "Book the goods now" not in page(client, address)
    assert client.post(f"{address}decide/", {"do": "book", "note": "x"}).status_code == 403


def test_another_shops_counts_are_not_there(cast: Cast, client: Client) -> None:
    take(cast, line(cast.slippers, 2))
    shop = open_shop(code="bokonbaevo", name="Bokonbaevo", place=None, currency="KGS")
    grant_role(party=cast.jyldyz, role=Role.MANAGER, since=DAY, by=cast.officer, shop=shop)
    client.force_login(account_of(cast.jyldyz))
    assert client.get(f"/shop/goods-in/{last()}/").status_code == 404
    assert "Ak-Say" not in page(client, "/shop/goods-in/")


def test_as_many_queries_for_three_as_for_one(cast: Cast, manager: Client) -> None:
    take(cast, line(cast.slippers, 2))
    few = queries_of(manager, "/shop/goods-in/")
    of_one = queries_of(manager, f"/shop/goods-in/{last()}/")
    for _more in range(2):
        take(cast, *(line(cast.slippers, 2) for _line in range(3)))
    assert queries_of(manager, "/shop/goods-in/") == few
    assert queries_of(manager, f"/shop/goods-in/{last()}/") == of_one


def test_a_hands_strokes_become_paths() -> None:
    assert path_of([100, 50, 300, 120]) == "M100 50L300 120"
    assert path_of([7, 9]) == "M7 9h1"
