"""Pages of lists: each shown first, done just so, its bringer's alone; files to take out."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ayil.consignment.models import Lot
from ayil.kit.tables import read_table, write_csv
from ayil.members.models import Look, Party, Role, User
from ayil.products.models import Price, Product
from tests.rig.client import Client
from tests.site.cast import Programme, account_of
from tests.site.office import office, staff, words

pytestmark = pytest.mark.django_db
HEADER = ("Owner", "Kind", "Name in Kyrgyz", "Code")


@pytest.fixture
def trade(settings: object, tmp_path: object) -> Programme:
    return office(settings, tmp_path)  # type: ignore[arg-type]


@pytest.fixture
def officer(trade: Programme) -> Client:
    return signed_in(staff(trade, Role.OFFICER))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sheet(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> SimpleUploadedFile:
    return SimpleUploadedFile("list.csv", write_csv(header, rows))


def digest_in(page: str) -> str:
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found
    return found[1]


def test_a_list_of_goods_is_shown_first_and_then_done_just_so(
    trade: Programme, officer: Client
) -> None:
    maker = trade.makers[0].party
    page = words(
        officer.post("/shop/lists/goods/", {"list": sheet((maker.name, "craft", "Тебетей", "T"))})
    )
    assert "Тебетей" in page
    assert not Product.objects.filter(name_ky="Тебетей").exists()
    digest = digest_in(page)
    assert officer.post("/shop/lists/goods/", {"digest": "0" * 64}).status_code == 200
    assert not Product.objects.filter(name_ky="Тебетей").exists()
    assert officer.post("/shop/lists/goods/", {"digest": digest}).status_code == 302
    assert Product.objects.get(name_ky="Тебетей").owner == maker
    assert "Choose the file again" in words(officer.post("/shop/lists/goods/", {"digest": digest}))


def test_errors_are_shown_by_line_and_there_is_no_button(officer: Client) -> None:
    page = words(officer.post("/shop/lists/goods/", {"list": sheet(("Nobody", "craft", "x", ""))}))
    assert "Row 2" in page
    assert 'name="digest"' not in page
    wrong = SimpleUploadedFile("x.xlsx", b"%PDF-1.7")
    assert "PDF" in words(officer.post("/shop/lists/prices/", {"list": wrong}))
    assert officer.get("/shop/lists/mushrooms/").status_code == 404


def test_lists_lead_to_each_kind_and_to_people_for_the_officer(
    trade: Programme, officer: Client
) -> None:
    page = words(officer.get("/shop/lists/"))
    for address in ("goods", "prices", "lots"):
        assert f"/shop/lists/{address}/?shop={trade.shop.code}" in page
        assert officer.get(f"/shop/lists/{address}/").status_code == 200
    assert "/people/import/" in page
    manager = signed_in(account_of(trade.manager))
    assert "/people/import/" not in words(manager.get("/shop/lists/"))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_files_to_take_out_and_to_fill_in(officer: Client, form: str) -> None:
    for kind in ("goods", "prices", "lots"):
        whole = officer.get(f"/shop/lists/{kind}/all.{form}")
        assert f".{form}" in whole["Content-Disposition"]
        assert "no-store" in whole["Cache-Control"]
        assert read_table(whole.content, "x").rows
        for language in ("ky", "ru", "en"):
            empty = officer.get(f"/shop/lists/{kind}/empty-{language}.{form}")
            assert len(read_table(empty.content, "x").rows) >= 1
    assert officer.get("/shop/lists/goods/all.pdf").status_code == 404


def test_the_list_of_people_is_told_to_each_of_them(trade: Programme, officer: Client) -> None:
    answer = officer.get("/people/export.csv")
    names = {row[0] for row in read_table(answer.content, "x").rows}
    assert trade.makers[0].party.name in names
    told = Look.objects.filter(what="list")
    assert trade.makers[0].party.pk in set(told.values_list("party", flat=True))
    back = SimpleUploadedFile("list.csv", answer.content)
    page = words(officer.post("/people/import/", {"list": back}))
    assert "is in the records already" in page
    assert Party.objects.filter(name=trade.makers[0].party.name).count() == 1
    assert Price.objects.exists()
    assert Lot.objects.exists()
