"""What anyone may read: villages, goods with consent, announcements in their order."""

from datetime import date

import pytest
from django.test import Client

from ayil.catalogue.actions import Words, announce, withdraw
from ayil.catalogue.models import Announcement
from ayil.catalogue.queries import notice_in_line, notices
from ayil.kit.errors import AyilError
from ayil.members.consents import record_consent
from ayil.members.models import Purpose
from tests.site.cast import AT, Programme, programme, queries_of

pytestmark = pytest.mark.django_db


def told(made: Programme, on: date, title: str, language: str = "en") -> Announcement:
    return announce(
        on=on,
        issuer=made.officer,
        texts={language: Words(title, f"{title}.")},
        by=made.officer,
        at=AT,
    )


def read(client: Client, address: str) -> str:
    client.cookies["django_language"] = "en"
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_announcements_stand_between_their_neighbours(client: Client) -> None:
    made = programme()
    spring, june, same_day = (
        told(made, on, title)
        for on, title in (
            (date(2012, 4, 20), "Memorandum"),
            (date(2012, 6, 5), "First tranche"),
            (date(2012, 6, 5), "Training begins"),
        )
    )
    assert [notice.uid for notice in notices()] == [same_day.uid, june.uid, spring.uid]
    line = notice_in_line(june.uid)
    assert line.previous is not None
    assert line.next is not None
    assert (line.previous.uid, line.next.uid) == (spring.uid, same_day.uid)
    assert notice_in_line(spring.uid).previous is None
    page = read(client, f"/news/{june.uid}/")
    assert 'rel="prev"' in page
    assert 'rel="next"' in page


def test_a_withdrawn_one_leaves_the_line_and_says_why(client: Client) -> None:
    made = programme()
    first, wrong, last = (
        told(made, date(2012, 6, number), title)
        for number, title in ((1, "One"), (2, "Two"), (3, "Three"))
    )
    withdraw(announcement=wrong, on=date(2012, 6, 4), reason="The sum was wrong", by=made.officer)
    assert [notice.uid for notice in notices()] == [last.uid, first.uid]
    assert "The sum was wrong" in read(client, f"/news/{wrong.uid}/")
    with pytest.raises(AyilError, match="withdrawn before"):
        withdraw(announcement=wrong, on=date(2012, 6, 5), reason="Again", by=made.officer)


def test_a_text_in_another_language_says_which(client: Client) -> None:
    made = programme()
    only_kyrgyz = told(made, date(2012, 6, 5), "Дүкөн ачылды", "ky")
    page = read(client, f"/news/{only_kyrgyz.uid}/")
    assert '<h1><span lang="ky">Дүкөн ачылды</span>' in page
    assert '<div lang="ky"><p>' in page
    for address in ("/news/", "/"):
        assert "(not translated yet)" in read(client, address)


def test_goods_without_a_name_in_the_readers_language_say_so(client: Client) -> None:
    made = programme()
    product = made.add_maker("Гүлнара Асанова", 0).lots[0].variant.product
    address = f"/goods/{product.pk}/"
    for shown in ("/goods/", address, "/villages/barskoon/"):
        assert "not translated yet" not in read(client, shown)
    product.name_en = ""
    product.save()
    for shown in ("/goods/", address, "/villages/barskoon/"):
        page = read(client, shown)
        assert '<span lang="ky">Кийиз тапочка</span>' in page
        assert "(not translated yet)" in page
    client.cookies["django_language"] = "ky"
    page = client.get(address).content.decode()
    assert "<h1>Кийиз тапочка</h1>" in page


def test_lists_stand_in_the_readers_alphabet(client: Client) -> None:
    made = programme()
    for number in range(3):
        made.add_maker(f"Maker {number}", number)
    orders = {
        "ky": ["Кийиз тапочка", "Чычырканак кыямы", "Шырдак"],
        "en": ["Felt slippers", "Sea-buckthorn jam", "Shyrdak"],
    }
    villages = {"ky": ["Ак-Сай", "Барскоон", "Төрт-Күл"], "en": ["Ak-Say", "Barskoon", "Tort-Kul"]}
    for address, names in (("/goods/", orders), ("/villages/", villages)):
        for language, order in names.items():
            client.cookies["django_language"] = language
            page = client.get(address).content.decode()
            main = page[page.index("<main") :]
            places = [main.index(name) for name in order]
            assert places == sorted(places)


@pytest.mark.parametrize("texts", [{}, {"de": Words("a", "b")}, {"en": Words(" ", "b")}])
def test_an_announcement_says_something(texts: dict[str, Words]) -> None:
    made = programme()
    with pytest.raises(AyilError):
        announce(on=date(2012, 6, 5), issuer=made.officer, texts=texts, by=made.officer, at=AT)
    assert not Announcement.objects.exists()


def test_text_of_an_announcement_is_text(client: Client) -> None:
    made = programme()
    evil = told(made, date(2012, 6, 5), "<script>alert(1)</script>")
    assert "<script" not in read(client, f"/news/{evil.uid}/")


def test_goods_show_price_stock_and_a_maker_who_agreed(client: Client) -> None:
    made = programme()
    maker = made.add_maker("Гүлнара Асанова", 0)
    page = read(client, f"/goods/{maker.lots[0].variant.product_id}/")
    assert "650 сом" in page
    assert "20 pieces" in page
    assert "Гүлнара Асанова" in page
    record_consent(
        party=maker.party, purpose=Purpose.PUBLIC_PAGE, given=False, by=maker.party, at=AT
    )
    assert client.get(f"/goods/{maker.lots[0].variant.product_id}/").status_code == 404
    assert "Гүлнара" not in read(client, "/villages/barskoon/")


def test_goods_of_one_village(client: Client) -> None:
    made = programme()
    for number in range(3):
        made.add_maker(f"Maker {number}", number)
    page = read(client, "/goods/?village=tort-kul")
    assert "Sea-buckthorn jam" in page
    assert "Felt slippers" not in page


@pytest.mark.parametrize("address", ["/goods/0/", "/villages/nowhere/", "/goods/?village=nowhere"])
def test_what_is_not_there(client: Client, address: str) -> None:
    programme()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/villages/", "/goods/", "/villages/barskoon/", "/news/"])
def test_queries_do_not_grow_with_the_rows(client: Client, address: str) -> None:
    made = programme()
    made.add_maker("Maker 0", 0)
    told(made, date(2012, 6, 1), "One")
    few = queries_of(client, address)
    for number in (3, 6):
        made.add_maker(f"Maker {number}", number)
        told(made, date(2012, 6, number), f"Notice {number}")
    assert queries_of(client, address) == few
