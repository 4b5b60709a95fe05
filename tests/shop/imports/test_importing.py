"""A file of trade, posted: every line accounted for, once, whatever is imported after it."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.conf import settings
from django.db.models import Sum

from ayil.consignment.models import Lot
from ayil.kit.errors import AyilError
from ayil.ledger.models import Fund, Transfer
from ayil.members.models import Party
from ayil.shop.imports.actions import import_sales
from ayil.shop.imports.report import ImportReport
from ayil.shop.models import EventException, Sale, SaleLine, TillEvent
from tests.shop.imports.files import AT, MAP, csv_file, map_file, parquet_file, row, xlsx_file, year

pytestmark = pytest.mark.django_db


def load(
    folder: Path, rows: Sequence[Sequence[Any]], text: str = MAP, *, name: str = "чеки.csv"
) -> ImportReport:
    path = csv_file(folder / name, rows)
    return import_sales(path=path, map_path=map_file(folder, text), at=AT, batch_lines=100)


def heads() -> tuple[Any, ...]:
    """What identifies all that was posted: the ends of the log and of the ledger."""
    fund = Fund.objects.get(code="shop:karakol-old")
    events = TillEvent.objects.order_by("seq").values_list("hash", flat=True)
    return [bytes(hash_) for hash_ in events], fund.last_seq, bytes(fund.head_hash)


def test_every_line_is_taken_or_refused(tmp_path: Path) -> None:
    report = load(tmp_path, year(600))
    assert report.lines == 600 == report.taken + sum(report.refused.values())
    assert set(report.refused) == {"price_zero"}
    assert SaleLine.objects.count() == report.taken
    assert Sale.objects.count() == report.receipts_new
    assert not EventException.objects.exists()


def test_sums_by_item_equal_another_engine_over_the_same_file(tmp_path: Path) -> None:
    report = load(tmp_path, year(900))
    with duckdb.connect() as other:
        expected = other.execute(
            """
            SELECT "Товар", sum("Кол-во"::INT), sum(round("Кол-во"::INT *
                   "Цена"::DECIMAL(18, 6) * 100)::BIGINT), count(*)
            FROM read_csv(?, delim = ';', all_varchar = true)
            WHERE "Цена"::DECIMAL(18, 6) > 0 GROUP BY ALL ORDER BY ALL
            """,
            [str(tmp_path / "чеки.csv")],
        ).fetchall()
    found = SaleLine.objects.values_list("lot__label").annotate(Sum("quantity"), Sum("gross_minor"))
    assert sorted(found) == [tuple(cells[:3]) for cells in expected]
    assert report.taken == sum(cells[3] for cells in expected)
    net = sum(cells[2] for cells in expected)
    assert report.gross_minor - report.refunds_minor == net


def test_owners_are_owed_their_share_and_the_clearing_ends_at_nothing(tmp_path: Path) -> None:
    load(tmp_path, [row(quantity=2), row("2", "honey-jar", 1, "310", owner="Jety-Oguz bees")])
    soap = Party.objects.get(name="Tamga soap")
    assert soap.consignor_accounts.get().account.balance_minor == 13_640
    fund = Fund.objects.get(code="shop:karakol-old")
    assert fund.accounts.get(code="clearing").balance_minor == 0
    lot = Lot.objects.get(label="soap")
    assert (lot.commission_bp, lot.balance.sold, lot.balance.on_shelf) == (2000, 2, -2)


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    first = load(tmp_path, year(400))
    before = heads()
    second = load(tmp_path, year(400))
    assert heads() == before
    assert (second.receipts_new, second.receipts_known) == (0, first.receipts_new)
    assert (second.taken, second.gross_minor) == (first.taken, first.gross_minor)


def test_the_same_trade_in_another_form_of_file_is_known(tmp_path: Path) -> None:
    rows = year(200)
    load(tmp_path, rows)
    before = heads()
    for path in (parquet_file(tmp_path / "a.parquet", rows), xlsx_file(tmp_path / "a.xlsx", rows)):
        report = import_sales(path=path, map_path=tmp_path / "map.toml", at=AT)
        assert report.receipts_new == 0
    assert heads() == before


def test_a_longer_file_adds_only_what_is_new(tmp_path: Path) -> None:
    rows = year(500)
    end = next(place for place in range(300, 500) if rows[place][0] != rows[place - 1][0])
    first = load(tmp_path, rows[:end], name="spring.csv")
    log, *_ends = heads()
    report = load(tmp_path, rows, name="summer.csv")
    assert report.receipts_known == first.receipts_new
    assert report.new_lines == report.taken - first.taken > 0
    assert heads()[0][: len(log)] == log
    assert SaleLine.objects.count() == report.taken


def test_a_known_receipt_with_another_content_is_refused_and_not_posted_again(
    tmp_path: Path,
) -> None:
    load(tmp_path, [row("1"), row("2")])
    before = heads()
    report = load(tmp_path, [row("1", quantity=5), row("2")], name="again.csv")
    assert heads() == before
    assert report.refused == {"receipt_differs": 1}
    assert (report.taken, report.receipts_known) == (1, 1)
    listed = Path(report.refused_file or "").read_text(encoding="utf-8-sig").splitlines()
    assert listed[1].startswith("2,")
    assert "posted before with another content" in listed[1]


def test_the_same_number_on_another_day_is_another_receipt(tmp_path: Path) -> None:
    load(tmp_path, [row("1")])
    report = load(tmp_path, [row("1", when="03.07.2012 12:00")])
    assert (report.receipts_new, report.receipts_known) == (1, 0)


def test_goods_of_one_owner_are_not_posted_to_another(tmp_path: Path) -> None:
    load(tmp_path, [row("1")])
    report = load(tmp_path, [row("2", owner="Somebody"), row("3", "honey-jar")])
    assert report.refused == {"other_owner": 1}
    assert Transfer.objects.filter(kind="sale-share").count() == 2
    assert not Party.objects.filter(name="Somebody").exists()


def test_items_are_dealt_out_where_the_map_says_so(tmp_path: Path) -> None:
    text = MAP.replace('column = "Ээси"', "spread = 2")
    load(tmp_path, year(100), text)
    names = set(Party.objects.filter(lots__isnull=False).values_list("name", flat=True))
    assert names == {"Consignor 001", "Consignor 002"}


def test_refused_lines_are_listed_by_line_reason_and_content(tmp_path: Path) -> None:
    rows = [row("1"), row("=1+1", price="0"), row("3", quantity="0")]
    report = load(tmp_path, rows)
    path = Path(settings.AYIL_HOME) / "imports" / "чеки-refused.csv"
    assert report.refused_file == str(path)
    assert report.refused == {"quantity_zero": 1, "price_zero": 1}
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *lines = csv.reader(file)
    assert head == ["line", "reason", "content"]
    assert [(line, reason) for line, reason, _content in lines] == [
        ("3", "the price is zero"),
        ("4", "the quantity is zero"),
    ]
    assert "Чек: =1+1" in lines[0][2]


def test_a_clean_file_leaves_no_list_behind(tmp_path: Path) -> None:
    load(tmp_path, [row("1"), row("2", price="0")])
    report = load(tmp_path, [row("1"), row("2")])
    assert report.refused_file is None
    assert not (Path(settings.AYIL_HOME) / "imports" / "чеки-refused.csv").exists()


@pytest.mark.parametrize(
    "rows", [[], [row(price="0")], [row(when="2012-07-02"), row(quantity="1.5")]]
)
def test_a_file_without_one_good_line_changes_nothing(
    tmp_path: Path, rows: list[list[Any]]
) -> None:
    with pytest.raises(AyilError, match="none of its"):
        load(tmp_path, rows)
    assert not Fund.objects.exists()
    assert not Party.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [(('"KGS"', '"USD"'), "keeps its money in KGS"), (("[date]", '[date]\nzone = "UTC"'), "UTC")],
)
def test_a_shop_keeps_its_currency_and_its_zone(
    tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    load(tmp_path, [row("1")])
    with pytest.raises(AyilError, match=words):
        load(tmp_path, [row("2")], MAP.replace(*change))


def test_the_summary_accounts_for_every_line(tmp_path: Path) -> None:
    report = load(tmp_path, [row("1"), row("В2", quantity=-1), row("В2"), row("4", price="0")])
    text = "\n".join(report.text())
    assert "4 lines read" in text
    assert "taken: 3 (2 of sales, 1 of refunds; 3 new)" in text
    assert "1 — the price is zero" in text
    assert "note: 1 lines on receipts of returns are sales" in text
    assert "sold for 170.50 KGS, brought back for 85.25 KGS" in text
