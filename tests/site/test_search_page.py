"""One box: names in any script, numbers, what a scanner read; narrowed by who asks."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from ayil.members.actions import enter_party, grant_role
from ayil.members.doors import issue_card
from ayil.members.doubles import merge, unmerge
from ayil.members.models import Party, PartyKind, Role
from ayil.payouts.actions import settle
from ayil.places.actions import enter_place
from ayil.places.models import PlaceKind
from ayil.shop.models import Sale
from tests.site.cast import AT, START, Programme, account_of, person, programme, queries_of, speak

pytestmark = pytest.mark.django_db


@pytest.fixture
def trade() -> Programme:
    made = programme()
    for number, name in enumerate(("Гүлнара Асанова", "Жыпаргүл Бекова", "Jypargul Asanova")):
        made.sell(made.add_maker(name, number), 2, START + timedelta(days=9 + number))
    return made


def signed_in(client: Client, party: Party) -> Client:
    client.force_login(account_of(party))
    speak(client, "en")
    return client


def asked(client: Client, query: str) -> str:
    response = client.get("/find/", {"q": query})
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def opened(client: Client, query: str) -> str:
    response = client.get("/find/", {"q": query})
    return str(response.headers.get("Location", ""))


@pytest.mark.parametrize("query", ["Жыпаргүл", "жыпаргул", "Zhypargul", "асанова жып"])
def test_people_in_any_spelling_alphabetically(
    client: Client, trade: Programme, query: str
) -> None:
    page = asked(signed_in(client, trade.officer), query)
    assert f"/people/{trade.makers[2].party.uid}/" in page
    if "асанова" not in query:
        assert page.index("Jypargul Asanova") < page.index("Жыпаргүл Бекова")
    assert "Гүлнара" not in page


def test_a_name_with_its_village(client: Client, trade: Programme) -> None:
    officer = signed_in(client, trade.officer)
    assert "Jypargul Asanova" in asked(officer, "Асанова Ак-Сай")
    assert "Гүлнара" not in asked(officer, "Асанова Ak-Say")
    assert "Гүлнара" in asked(officer, "Барскоон Асанова")


def test_villages_of_one_name_are_told_apart(client: Client, trade: Programme) -> None:
    ton = enter_place(
        code="ton", kind=PlaceKind.DISTRICT, parent=trade.villages[0].parent.parent, source="s",
        names=("Ton district", "Тонский район", "Тоң району"),
    )  # fmt: skip
    enter_place(
        code="ton-ak-say", kind=PlaceKind.VILLAGE, parent=ton, source="s",
        names=("Ak-Say", "Ак-Сай", "Ак-Сай"),
    )  # fmt: skip
    page = asked(signed_in(client, trade.officer), "аксай")
    assert "/villages/ak-say/" in page
    assert "/villages/ton-ak-say/" in page
    assert "Ton district" in page


def test_goods_by_their_name_in_any_language(client: Client, trade: Programme) -> None:
    officer = signed_in(client, trade.officer)
    for query in ("тапочка", "slippers", "Войлочные"):
        page = asked(officer, query)
        assert "Felt slippers" in page
        assert "Гүлнара Асанова" in page  # whose they are


def test_a_scanned_label_opens_its_goods(client: Client, trade: Programme) -> None:
    lot = trade.makers[0].lots[0]
    assert opened(signed_in(client, trade.manager), lot.label) == f"/shop/lots/{lot.pk}/"


def test_a_receipt_opens_its_day(client: Client, trade: Programme) -> None:
    sale = Sale.objects.earliest("id")
    address = f"/today/?shop=krs&day={sale.date}"
    assert opened(signed_in(client, trade.manager), sale.receipt) == address
    assert opened(client, sale.receipt.replace("A", "А")) == address  # the Cyrillic letter


def test_a_short_number_of_more_than_one_thing_is_shown(client: Client, trade: Programme) -> None:
    """Nothing is opened over the reader's head."""
    somebody = person("Д-1 кооперативи")
    page = asked(signed_in(client, trade.manager), "д-1")
    assert f"/people/{somebody.uid}/" in page
    assert page.index("Agreement Д-1") < page.index("Д-1 кооперативи")  # the exact one first


def test_papers_are_found_by_number(client: Client, trade: Programme) -> None:
    manager = signed_in(client, trade.manager)
    agreement = trade.makers[1].agreement
    assert opened(manager, "н-1-2012-06-05") == f"/shop/notes/{agreement.notes.get().uid}/"
    assert opened(manager, "д-1") == f"/shop/agreements/{agreement.uid}/"


def test_a_statement_by_name_and_number_and_by_its_seal(client: Client, trade: Programme) -> None:
    settle(shop=trade.shop, by=trade.manager, at=AT + timedelta(days=30))
    manager = signed_in(client, trade.manager)
    address = f"/statements/krs/{trade.makers[1].party.uid}/1/"
    assert address in asked(manager, "Бекова 1")
    assert address not in asked(manager, "Бекова 2")
    statement = trade.makers[1].party.statements.get()
    seal = bytes(statement.hash).hex()
    if any(letter in "abcdef" for letter in seal[:32]):
        assert address in asked(manager, seal[:32])


def test_a_card_by_number_and_by_its_code(client: Client, trade: Programme) -> None:
    holder = trade.makers[0].party
    card, code = issue_card(party=holder, by=trade.officer, at=AT)
    officer = signed_in(client, trade.officer)
    address = f"/people/{holder.uid}/"
    groups = f"{card.number[:4]} {card.number[4:8]} {card.number[8:]}"
    for query in (card.number, groups, f"https://testserver/card/{code}/"):
        assert opened(officer, query) == address
    assert opened(officer, f"https://testserver/card/{code[:-1]}/") == ""


def test_a_scanner_under_a_russian_keyboard_opens_our_pages(
    client: Client, trade: Programme
) -> None:
    officer = signed_in(client, trade.officer)
    assert opened(officer, "https://testserver/villages/ak-say/") == "/villages/ak-say/"
    assert opened(officer, "реезыЖ..еуыеыукмук.мшддфпуы.фл-ыфн.") == "/villages/ak-say/"


@pytest.mark.parametrize(
    "code",
    [
        "https://evil.example/villages/ak-say/",
        "https://testserver//evil.example/",
        "https://testserver@evil.example/villages/",
        "https://testserver/no-such-page/",
        "https://testserver/%0d%0aLocation:x/",
        "http://[::1",
        "javascript:alert(1)",
    ],
)
def test_a_foreign_code_opens_nothing(client: Client, trade: Programme, code: str) -> None:
    assert opened(signed_in(client, trade.officer), code) == ""


def test_a_phone_is_found_by_who_may_see_phones(client: Client, trade: Programme) -> None:
    holder = enter_party(kind=PartyKind.PERSON, name="Нуржан Исаков", phone="+996555123456", at=AT)
    address = f"/people/{holder.uid}/"
    assert opened(signed_in(client, trade.officer), "0555 12-34-56") == address
    trainer = person("Чынара Токтогулова")
    grant_role(party=trainer, role=Role.TRAINER, since=START, by=trade.officer)
    assert address not in asked(signed_in(client, trainer), "0555 12-34-56")
    assert address in asked(client, "Нуржан")


def test_another_shops_papers_are_not_there(client: Client, trade: Programme) -> None:
    """A clerk finds labels, and neither receipts, agreements nor statements."""
    settle(shop=trade.shop, by=trade.manager, at=AT + timedelta(days=30))
    clerk, stranger = person("Асел"), person("Эсен")
    grant_role(party=clerk, role=Role.CLERK, since=START, by=trade.officer, shop=trade.shop)
    signed_in(client, clerk)
    assert opened(client, trade.makers[0].lots[0].label).startswith("/shop/lots/")
    for query in ("A-2", "Д-1", "Бекова 1"):
        page = asked(client, query)
        assert not any(where in page for where in ("/today/?", "/my-sales/krs/", "/statements/"))
    signed_in(client, stranger)
    assert client.get("/find/", {"q": "Асанова"}).status_code == 403


def test_nobody_is_led_to_the_door(client: Client) -> None:
    assert client.get("/find/?q=1").headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    "query", ["'; DROP TABLE", "%", "\x00", "<script>alert(1)</script>", "ы" * 5000, "\u202eabc"]
)
def test_what_means_nothing_finds_nothing_and_says_what_to_try(
    client: Client, trade: Programme, query: str
) -> None:
    page = asked(signed_in(client, trade.officer), query)
    assert "<script>" not in page
    assert "Try the first letters" in page or "in any script and spelling" in page


def test_twenty_are_shown_and_told_that_there_are_more(client: Client, trade: Programme) -> None:
    for number in range(22):
        person(f"Осмон Токтогулов {number}")
    page = asked(signed_in(client, trade.officer), "Токтогулов")
    assert page.count('<a class="touch" href="/people/') == 20
    assert "There are more" in page


@pytest.mark.parametrize("makers", [1, 3])
def test_queries_do_not_grow_with_what_is_found(client: Client, makers: int) -> None:
    made = programme()
    for number in range(makers):
        made.add_maker(f"Асан {number}", number)
    address = "/find/?q=" + quote("асан")
    signed_in(client, made.officer)
    queries_of(client, address)
    assert queries_of(client, address) <= 24


def test_a_double_is_shown_by_the_record_that_is_kept(client: Client, trade: Programme) -> None:
    kept, double = trade.makers[0].party, person("Gulnara Asanova-Mamyrova")
    merged = merge(kept=kept, double=double, reason="same phone", by=trade.officer, at=AT)
    page = asked(signed_in(client, trade.officer), "мамырова")
    assert f"/people/{kept.uid}/" in page
    assert f"/people/{double.uid}/" not in page
    assert asked(client, "гүлнара").count('<a class="touch" href="/people/') == 1
    unmerge(merge=merged, reason="two sisters", by=trade.officer, at=AT)
    assert f"/people/{double.uid}/" in asked(client, "мамырова")
