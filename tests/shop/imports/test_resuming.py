"""An import killed by signal 9 in its middle and started again ends in the same hashes."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.shop.imports.child import import_all, kill_in_the_middle, make_home
from tests.shop.imports.files import csv_file, map_file, year

LINES, BATCH = 3000, 150
COMPARED = {"taken", "refused", "gross_minor", "refunds_minor", "ledger", "log"}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("homes") / "empty"
    make_home(home)
    return home


def test_killed_twice_and_started_again_it_ends_where_an_unbroken_run_does(
    empty: Path, tmp_path: Path
) -> None:
    file, sales_map = csv_file(tmp_path / "чеки.csv", year(LINES)), map_file(tmp_path)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    shutil.copytree(empty, whole)
    shutil.copytree(empty, broken)
    expected = import_all(whole, file, sales_map, LINES)
    stood = kill_in_the_middle(broken, file, sales_map, after=3, batch_lines=BATCH)
    assert 0 < stood < LINES
    assert 0 < lines_in(broken) < expected["taken"]
    kill_in_the_middle(broken, file, sales_map, after=9, batch_lines=BATCH)
    found = import_all(broken, file, sales_map, BATCH)
    assert {key: found[key] for key in COMPARED} == {key: expected[key] for key in COMPARED}
    assert found["receipts_known"] > 0
    assert found["receipts_new"] > 0


def lines_in(home: Path) -> int:
    with closing(sqlite3.connect(home / "ayil.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM shop_saleline").fetchone()[0])
