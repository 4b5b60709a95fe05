"""Who is refused, or has something to look at, reads it in their own language."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

import ayil
from ayil.consignment.actions import write_off
from ayil.consignment.models import Cause, Lot, WriteOff
from ayil.kit.errors import AyilError
from ayil.payouts.actions import settle
from ayil.payouts.models import Statement
from ayil.products.actions import set_price
from ayil.shop.explanations import EXPLANATIONS
from ayil.shop.imports.actions import import_sales
from ayil.shop.log import clear_exception, ingest
from ayil.shop.models import EventException
from tests.shop.imports.files import MAP, csv_file, map_file, row
from tests.site.cast import AT, START, Programme, account_of, programme, speak

pytestmark = pytest.mark.django_db
PACKAGE = Path(ayil.__file__).parent
LATER = datetime(2012, 7, 1, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def messages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The catalogue as it is written, so that no stale or absent .mo file is tested."""
    source = PACKAGE / "site" / "locale" / "ky" / "LC_MESSAGES" / "django.po"
    where = tmp_path_factory.mktemp("locale")
    folder = where / "ky" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with source.open("rb") as po, (folder / "django.mo").open("wb") as mo:
        write_mo(mo, read_po(po, locale="ky", abort_invalid=True))
    with override_settings(LOCALE_PATHS=[where, *settings.LOCALE_PATHS]):
        yield


@pytest.fixture
def trade() -> Programme:
    made = programme()
    made.add_maker("Гүлнара Асанова", 0)
    made.sell(made.makers[0], 3, START + timedelta(days=9))
    return made


def page_in_kyrgyz(client: Client, address: str) -> str:
    speak(client, "ky")
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_today_says_what_is_wrong_in_the_managers_language(
    client: Client, trade: Programme
) -> None:
    ingest(device=trade.till.device, raw=[b"not an event"], at=AT)
    client.force_login(account_of(trade.manager))
    page = page_in_kyrgyz(client, "/today/")
    assert "Касса окулбай турган бир нерсе жөнөттү." in page
    assert '<p class="faint" lang="en">This is not an event of a till' in page


def test_every_fault_of_a_till_is_explained() -> None:
    """Each code in a call is explained, and each that is explained is said somewhere."""
    codes, said = set(), set()
    for path in sorted((PACKAGE / "shop").rglob("*.py")):
        if path.name in {"explanations.py", "0001_initial.py"}:
            continue
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        said |= {node.value for node in nodes if isinstance(node, ast.Constant)}
        codes |= {
            argument.value
            for node in nodes
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"Fault", "Unreadable"}
            for argument in node.args[:2]
            if isinstance(argument, ast.Constant)
        }
    assert len(codes) > 10
    assert codes - set(EXPLANATIONS) == set()
    assert set(EXPLANATIONS) - said == set()


def test_a_clearing_without_a_note_is_refused_in_kyrgyz(trade: Programme) -> None:
    ingest(device=trade.till.device, raw=[b"not an event"], at=AT)
    with translation.override("ky"), pytest.raises(AyilError, match=r"^Эмне болгонун"):
        clear_exception(exception=EventException.objects.get(), by=trade.manager, note="", at=AT)


def test_a_file_that_cannot_be_read_is_refused_in_kyrgyz(tmp_path: Path) -> None:
    (tmp_path / "чек.csv").touch()
    with translation.override("ky"), pytest.raises(AyilError, match=r"^чек\.csv файлы бош"):
        import_sales(path=tmp_path / "чек.csv", map_path=map_file(tmp_path, MAP), at=AT)


def test_a_map_that_is_wrong_says_its_fault_in_kyrgyz_too(tmp_path: Path) -> None:
    path, wrong = csv_file(tmp_path / "чек.csv", [row()]), MAP.replace('"KGS"', '"ABC"')
    with translation.override("ky"), pytest.raises(AyilError, match=r"ката бар: .*акча белгисиз"):
        import_sales(path=path, map_path=map_file(tmp_path, wrong), at=AT)


def test_a_statement_says_why_goods_are_owed_for(client: Client, trade: Programme) -> None:
    maker, lot = trade.makers[0].party, Lot.objects.get()
    day = START + timedelta(days=10)
    set_price(
        variant=lot.variant, amount_minor=65_000, currency="KGS", valid_from=day,
        set_by=maker, typed_by=maker, on=day,
    )  # fmt: skip
    write_off(
        lot=lot, quantity=1, cause=Cause.MISSING, borne_by=WriteOff.Bearer.SHOP, on=day, at=AT,
        first=trade.manager, second=trade.officer, document="act 1",
    )  # fmt: skip
    settle(shop=trade.shop, by=trade.manager, at=LATER)
    statement = Statement.objects.get()
    client.force_login(account_of(maker))
    address = reverse("statement", args=[trade.shop.code, maker.uid, statement.number])
    page = page_in_kyrgyz(client, address)
    assert "· жетишпейт" in page
    assert "· missing" not in page
