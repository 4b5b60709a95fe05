"""A year of a real shop through the import: to the penny what another engine finds in the file.

One home for the whole module: the import is killed in its middle, started again, run once more
when all is done, and only then looked at. Its speed is printed, and asserted by the benchmarks.
"""

import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ayil.shop.events import read_event
from ayil.shop.imports.receipts import End, Origin, receipts, sealed
from ayil.shop.imports.trade import read_trade
from tests.rig.machine import CHECKOUT, shared_data
from tests.shop.imports.child import environment, import_all, kill_in_the_middle, make_home

pytestmark = pytest.mark.real

MAP = CHECKOUT / "docs/field/maps/giftware.toml"
ALL_LINES, NO_PRICE, NEGATIVE_PRICE = 502_938, 3_509, 3
TAKEN = ALL_LINES - NO_PRICE - NEGATIVE_PRICE
BATCH = 8_000
MOST_KIB = 1 << 20


@dataclass(frozen=True)
class Imported:
    file: Path
    home: Path
    stood: int
    first: dict[str, Any]
    second: dict[str, Any]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    folder = shared_data()
    assert folder is not None
    file = folder / "retail" / "giftware_2009_2010.parquet"
    home = tmp_path_factory.mktemp("giftware")
    make_home(home)
    stood = kill_in_the_middle(home, file, MAP, after=4, batch_lines=BATCH)
    first = import_all(home, file, MAP, BATCH)
    second = import_all(home, file, MAP, BATCH)
    return Imported(file, home, stood, first, second)


@pytest.fixture
def database(imported: Imported) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(imported.home / "ayil.sqlite3")) as connection:
        yield connection


def test_all_lines_are_accounted_for(imported: Imported) -> None:
    first = imported.first
    assert first["lines"] == ALL_LINES
    assert first["taken"] == TAKEN
    assert first["refused"] == {"price_zero": NO_PRICE, "price_negative": NEGATIVE_PRICE}
    print(f"{first['lines_per_second']:,} lines a second, {first['peak_kib'] >> 10} MiB")


def test_the_killed_run_was_finished_by_the_next(imported: Imported) -> None:
    assert 0 < imported.stood < TAKEN
    assert imported.first["receipts_known"] > 0
    assert imported.first["receipts_new"] > 0


def test_the_log_ends_in_the_hash_of_an_unbroken_run(imported: Imported) -> None:
    """The whole log, made from the file alone: no run of any kind is behind it."""
    trade = read_trade(path=imported.file, map_path=MAP, at=datetime(2013, 1, 1, tzinfo=UTC))
    origin = Origin("giftware", "import-giftware", "card")
    end = End()
    for receipt in receipts(trade.taken, trade.sheet.lines, origin):
        last = read_event(sealed([receipt], origin, end)[-1])
        end = End(last.seq, last.hash)
    assert imported.first["log"] == end.hash


def test_a_second_import_changes_no_hash(imported: Imported) -> None:
    first, second = imported.first, imported.second
    assert second["receipts_new"] == 0
    for key in ("log", "ledger", "taken", "refused", "gross_minor", "refunds_minor"):
        assert second[key] == first[key]


def test_memory_stays_under_a_gibibyte(imported: Imported) -> None:
    assert imported.first["peak_kib"] < MOST_KIB
    assert imported.second["peak_kib"] < MOST_KIB


def test_units_gross_and_refunds_by_item_equal_another_engine_to_the_penny(
    imported: Imported, database: sqlite3.Connection
) -> None:
    with duckdb.connect() as other:
        expected = other.execute(
            """
            WITH line AS (
                SELECT StockCode AS item, Quantity AS units,
                       round(abs(Quantity) * Price::VARCHAR::DECIMAL(18, 4) * 100)::BIGINT AS gross
                FROM read_parquet(?) WHERE Price > 0
            )
            SELECT item, count(*),
                   coalesce(sum(units) FILTER (units > 0), 0)::BIGINT,
                   coalesce(sum(gross) FILTER (units > 0), 0)::BIGINT,
                   coalesce(-sum(units) FILTER (units < 0), 0)::BIGINT,
                   coalesce(sum(gross) FILTER (units < 0), 0)::BIGINT
            FROM line GROUP BY item
            """,
            [str(imported.file)],
        ).fetchall()
    found = database.execute(
        """
        SELECT lot.label, count(*),
               sum(max(line.quantity, 0)), sum(max(line.gross_minor, 0)),
               -sum(min(line.quantity, 0)), -sum(min(line.gross_minor, 0))
        FROM shop_saleline line JOIN consignment_lot lot ON lot.id = line.lot_id
        GROUP BY lot.label
        """
    ).fetchall()
    assert len(found) > 4_000
    assert sorted(found) == sorted(expected)
    assert imported.first["gross_minor"] == sum(row[3] for row in expected)
    assert imported.first["refunds_minor"] == sum(row[5] for row in expected)


def test_every_event_was_applied_and_none_needs_a_person(database: sqlite3.Connection) -> None:
    count = "SELECT (SELECT count(*) FROM shop_tillevent), (SELECT count(*) FROM shop_application)"
    stored, applied = database.execute(count).fetchone()
    assert stored == applied > 20_000
    assert database.execute("SELECT count(*) FROM shop_eventexception").fetchone() == (0,)


def test_items_are_dealt_out_to_two_hundred_consignors(database: sqlite3.Connection) -> None:
    (owners,) = database.execute(
        "SELECT count(DISTINCT consignor_id) FROM consignment_lot"
    ).fetchone()
    assert owners == 200


def test_verify_finds_nothing_broken(imported: Imported) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from ayil.cli import main; raise SystemExit(main())", "verify"],
        cwd=CHECKOUT,
        env=environment(imported.home),
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_makers_money_of_each_day_is_what_plain_books_add_up(imported: Imported) -> None:
    """Invariant 3 over the whole year: straight from the file, with nothing of ours."""
    script = (
        "import django; django.setup()\n"
        "from ayil.members.models import Shop\n"
        "from ayil.shop.trust.days import by_day, last_day\n"
        "for shop in Shop.objects.all():\n"
        "    for end in by_day([shop], until=last_day(shop))[shop.pk]:\n"
        "        print(end.on, end.owed_minor, end.held_minor, end.under_way_minor)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=CHECKOUT,
        env=environment(imported.home) | {"DJANGO_SETTINGS_MODULE": "ayil.site.settings"},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    shown = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()}
    expected = _evenings(imported.home / "ayil.sqlite3")
    assert len(expected) > 200
    assert {day: shown[day] for day in expected} == expected
    assert any(int(owed) for owed, _held, _way in expected.values())
    assert any(int(way) for _owed, _held, way in expected.values())


def _evenings(database: Path) -> dict[str, list[str]]:
    """A second set of books: every transfer from the first, every account added up each evening."""
    held: dict[str, int] = defaultdict(int)
    found = {}
    with closing(sqlite3.connect(database)) as source:
        moves = source.execute(
            """
            SELECT t.date, d.code, c.code, t.amount_minor FROM ledger_transfer t
            JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id
            ORDER BY t.date
            """
        )
        for day, of_day in groupby(moves, key=itemgetter(0)):
            for _day, into, out, amount in of_day:
                held[into] += amount
                held[out] -= amount
            owed = sum(max(-sum_, 0) for code, sum_ in held.items() if code[:8] == "payable:")
            there = sum(
                sum_ for code, sum_ in held.items() if code[:7] in {"safe", "bank", "drawer:"}
            )
            way = sum(sum_ for code, sum_ in held.items() if code[:7] == "tender:")
            found[day] = [str(owed), str(there), str(way)]
    return found
