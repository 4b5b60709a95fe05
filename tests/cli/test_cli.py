"""The command as a person types it: words on standard error, exit status, one JSON object."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

AYIL = [sys.executable, "-m", "ayil.cli"]
TRADE = """date,item,quantity,price,receipt
2024-05-01 10:00,soap,2,90.00,R1
2024-05-01 10:00,jam,1,150.50,R1
2024-05-03 11:05,soap,-1,90,R2
"""
MAP = """
[columns]
date = "date"
item = "item"
quantity = "quantity"
price = "price"
receipt = "receipt"
[date]
format = "%Y-%m-%d %H:%M"
zone = "Asia/Bishkek"
[shop]
code = "try"
name = "Try"
currency = "KGS"
[owners]
spread = 2
[returns]
negative_quantities = true
"""


def ayil(home: Path, *words: str, **changed: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"AYIL_HOME": str(home), "AYIL_LANGUAGE": "en"}
    environment |= {"AYIL_DATABASE_URL": ""} | changed
    return subprocess.run(
        [*AYIL, *words], env=environment, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a little trade in it."""
    home = tmp_path_factory.mktemp("home")
    (home / "trade.csv").write_text(TRADE, encoding="utf-8")
    (home / "map.toml").write_text(MAP, encoding="utf-8")
    done = ayil(home, "sales", "import", str(home / "trade.csv"), "--map", str(home / "map.toml"))
    assert done.returncode == 0, done.stderr
    return home


def test_the_loop_of_commands_over_real_trade(home: Path) -> None:
    settled = json.loads(ayil(home, "settle", "--json").stdout)["shops"][0]
    assert settled["statements"] == 2
    assert settled["sold_minor"] - settled["refunded_minor"] == 7_200 + 12_040
    lessons = json.loads(ayil(home, "lessons", "--json").stdout)["lessons"]
    assert len(lessons) == 2
    verified = ayil(home, "verify", "--json")
    assert verified.returncode == 0
    assert json.loads(verified.stdout)["holds"] is True


def test_real_records_are_told_without_a_demo_door(home: Path) -> None:
    told = ayil(home, "demo", "--no-serve", "--json")
    figures = json.loads(told.stdout)
    assert (figures["simulated"], figures["links"]) == (False, {})
    assert "imulated" not in ayil(home, "demo", "--no-serve").stdout


def test_a_broken_row_is_the_answer_no(home: Path, tmp_path: Path) -> None:
    shutil.copy(home / "ayil.sqlite3", tmp_path / "ayil.sqlite3")
    books = sqlite3.connect(tmp_path / "ayil.sqlite3")
    books.execute("DROP TRIGGER shop_saleline_no_update")
    books.execute("UPDATE shop_saleline SET quantity = quantity + 1 WHERE id = 1")
    books.commit()
    books.close()
    answer = ayil(tmp_path, "verify")
    assert answer.returncode == 1
    assert "but the raw log comes to" in answer.stdout
    assert "! shop_saleline_no_update" in answer.stdout, "a guard that is gone is a breach"
    refused = ayil(tmp_path, "settle")
    assert refused.returncode == 2
    assert "lacks 1 guard" in refused.stderr
    assert ayil(tmp_path, "migrate").returncode == 0
    assert "! shop_saleline_no_update" not in ayil(tmp_path, "verify").stdout


def test_verify_makes_no_database(tmp_path: Path) -> None:
    answer = ayil(tmp_path, "verify")
    assert answer.returncode == 2
    assert "ayil migrate" in answer.stderr


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"AYIL_LANGUAGE": "", "LANG": "C.UTF-8", "LC_ALL": ""}, "sold on"),
        ({"AYIL_LANGUAGE": "ru", "LANG": "C.UTF-8", "LC_ALL": ""}, "прода"),
        ({"AYIL_LANGUAGE": "", "LANG": "ky_KG.UTF-8", "LC_ALL": ""}, "сатылды"),
    ],
)
def test_the_terminal_is_spoken_to_in_its_language(
    home: Path, changed: dict[str, str], said: str
) -> None:
    answer = ayil(home, "lessons", **changed)
    assert said in answer.stdout
    assert answer.returncode == 0


@pytest.mark.parametrize(
    ("words", "changed", "said"),
    [
        (("sales", "import", "none.csv"), {}, "none.csv cannot be read"),
        (("settle", "--until", "2024-13-01"), {}, "takes a posting number or a day"),
        (("settle", "--shop", "nowhere"), {}, "no shop 'nowhere'"),
        (("lessons", "--producer", "nobody"), {}, "No producer"),
        (("lessons", "--as-of", "someday"), {}, "is not a day like"),
        (("verify",), {"AYIL_LANGUAGE": "xx"}, "may be ky, ru or en"),
        (("verify",), {"AYIL_DATABASE_URL": "mysql://x"}, "must look like postgresql://"),
        (("verify",), {"AYIL_DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}, "cannot be used"),
        (("verify",), {"AYIL_SECRET_KEY": "short"}, "shorter than 32"),
        (("till", "take-in", "none.ayil"), {}, "No such file"),
        (("till", "take-in", "pyproject.toml"), {}, "no file of a till"),
        (("fiscal", "send"), {}, "AYIL_FISCAL_URL names no register"),
        (("fiscal", "send"), {"AYIL_FISCAL_URL": "ftp://x"}, "must look like https://"),
        (("frobnicate",), {}, "invalid choice"),
    ],
)
def test_bad_input_is_said_in_words(
    home: Path, words: tuple[str, ...], changed: dict[str, str], said: str
) -> None:
    answer = ayil(home, *words, **changed)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""


def test_a_programme_is_founded_once(tmp_path: Path) -> None:
    words = ["found", "Айгүл Сыдыкова", "--association", "Айыл", "--shop", "Каракол"]
    first = ayil(tmp_path, *words, "--json")
    assert first.returncode == 0, first.stderr
    said = json.loads(first.stdout)
    assert said["shop"] == "shop-1"
    assert "/link/" in said["link"]
    again = ayil(tmp_path, *words)
    assert again.returncode == 2
    assert "Offices are held here already" in again.stderr


def test_a_list_of_people_is_taken_once_and_whole(tmp_path: Path) -> None:
    ayil(tmp_path, "found", "Айгүл Сыдыкова", "--association", "Айыл")
    people, broken = tmp_path / "people.csv", tmp_path / "broken.csv"
    people.write_text("аты,туулган жылы\nАсел Иманова,1980\n", encoding="utf-8")
    broken.write_text("аты,туулган жылы\nБурул Садыкова,1890\n", encoding="utf-8")
    looked = ayil(tmp_path, "members", "import", str(people), "--dry-run", "--json")
    assert json.loads(looked.stdout)["imported"] is False
    first = json.loads(ayil(tmp_path, "members", "import", str(people), "--json").stdout)
    again = json.loads(ayil(tmp_path, "members", "import", str(people), "--json").stdout)
    assert [first["new"], again["new"], again["same"]] == [1, 0, 1]
    refused = ayil(tmp_path, "members", "import", str(broken))
    assert refused.returncode == 1
    assert "line 2" in refused.stdout
    unknown = ayil(tmp_path, "members", "import", str(people), "--by", "Nobody")
    assert unknown.returncode == 2
    assert "Айгүл Сыдыкова" in unknown.stderr
