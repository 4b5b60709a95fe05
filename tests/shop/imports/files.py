"""Files of trade for tests: the shop in Karakol's own export, in three forms, with its map."""

import csv
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

HEADER = ["Чек", "Товар", "Название", "Кол-во", "Время", "Цена", "Ээси"]
AT = datetime(2013, 4, 1, 6, 0, tzinfo=UTC)
MAP = """
[columns]
receipt = "Чек"
item = "Товар"
name = "Название"
quantity = "Кол-во"
date = "Время"
price = "Цена"
[date]
format = "%d.%m.%Y %H:%M"
[shop]
code = "karakol-old"
name = "Karakol Research Shop, old till"
currency = "KGS"
[returns]
prefix = "В"
[owners]
column = "Ээси"
commission_percent = 20
"""
GOODS = [
    ("felt-toy", "Войлочная игрушка", "120.50", "Ak-Say felt"),
    ("honey-jar", "Банка мёда", "310", "Jety-Oguz bees"),
    ("soap", "Мыло с чабрецом", "85.25", "Tamga soap"),
    ("shyrdak", "Шырдак", "9800", "Ak-Say felt"),
    ("Soap", "Мыло в подарочной обёртке", "95", "Tamga soap"),
]
Row = Sequence[Any]


def csv_file(path: Path, rows: Sequence[Row], header: Row = HEADER, delimiter: str = ";") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return path


def parquet_file(path: Path, rows: Sequence[Row], header: Row = HEADER) -> Path:
    columns = {name: [row[place] for row in rows] for place, name in enumerate(header)}
    pq.write_table(pa.table(columns), path)
    return path


def xlsx_file(path: Path, rows: Sequence[Row], header: Row = HEADER, sheet: str = "Чеки") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in [header, *rows]:
        page.append(list(row))
    book.save(path)
    return path


def map_file(folder: Path, text: str = MAP) -> Path:
    path = folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    return path


def row(
    receipt: str = "1",
    item: Any = "soap",
    quantity: Any = 1,
    price: Any = "85.25",
    when: Any = "02.07.2012 12:00",
    owner: str = "Tamga soap",
    name: str = "Мыло",
) -> list[Any]:
    return [receipt, item, name, quantity, when, price, owner]


def year(lines: int, seed: int = 7) -> list[list[Any]]:
    """Trade of a summer: receipts of one to six lines, some returns, some lines unusable."""
    draw = random.Random(seed)
    moment = datetime(2012, 6, 1, 9, 0, tzinfo=UTC)
    rows: list[list[Any]] = []
    number = 0
    while len(rows) < lines:
        number += 1
        moment += timedelta(minutes=draw.randint(1, 30))
        back = draw.random() < 0.05
        for _ in range(draw.randint(1, 6)):
            item, name, price, owner = draw.choice(GOODS)
            off = draw.choice([Decimal(1), Decimal(1), Decimal("0.9"), Decimal("0.333")])
            units = draw.randint(1, 9) * (-1 if back else 1)
            amount = str(Decimal(price) * off) if draw.random() > 0.02 else "0"
            when = moment.strftime("%d.%m.%Y %H:%M")
            rows.append(
                row(f"{'В' if back else ''}{number}", item, units, amount, when, owner, name)
            )
    return rows[:lines]
