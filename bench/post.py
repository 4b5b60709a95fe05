"""Sales of one to four lines through the till's log, in batches and one by one.

The floor writes the same rows into the same tables, with their indices, checks and triggers,
by bare executemany in batches of the same size: what the database alone takes.
"""

import random
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench import Case

if TYPE_CHECKING:
    from ayil.shop.models import Device

SALES, BATCH, ALONE, LOTS = 4_000, 500, 150, 300
AT = datetime(2012, 7, 2, 4, 0, tzinfo=UTC)
DAY = date(2012, 7, 2)
TABLES = (
    "shop_tillevent",
    "shop_application",
    "shop_sale",
    "shop_saleline",
    "shop_tender",
    "consignment_movement",
    "ledger_transfer",
)

LOOKED_UP = ("ledger_fund", "ledger_account")  # what the transfers' trigger looks up


def run() -> list[Case]:
    from django.conf import settings

    from ayil.shop.log import ingest

    device, labels = a_shop()
    raw = sales_of(device.code, device.shop.code, labels, SALES + ALONE)
    begun = perf_counter()
    for start in range(0, SALES, BATCH):
        ingest(device=device, raw=raw[start : start + BATCH], at=AT)
    batched = SALES / (perf_counter() - begun)
    begun = perf_counter()
    for event in raw[SALES:]:
        ingest(device=device, raw=[event], at=AT)
    alone = ALONE / (perf_counter() - begun)
    home = Path(settings.AYIL_HOME)
    floor_batched, floor_alone = (
        _floor(home / "ayil.sqlite3", home / f"floor-{size}.sqlite3", size, count)
        for size, count in ((BATCH, SALES), (1, ALONE))
    )
    return [
        Case(f"sales in batches of {BATCH}", batched, "sales/s", floor_batched),
        Case("one sale, durable", alone, "sales/s", floor_alone),
    ]


def a_shop(makers: int = 40, each: int = LOTS // 40) -> "tuple[Device, list[str]]":
    """A shop with lots of its makers, through the same actions that a shop takes."""
    from ayil.consignment.actions import agree, count_jointly, declare_note
    from ayil.consignment.models import NoteLine
    from ayil.members.actions import enter_party, open_shop
    from ayil.members.models import PartyKind
    from ayil.products.actions import enter_product
    from ayil.products.models import ProductKind
    from ayil.shop.devices import enrol_device

    shop = open_shop(code="bench", name="Bench", place=None, currency="KGS")
    keeper = enter_party(kind=PartyKind.PERSON, name="Aigul Asanova", at=AT)
    labels = []
    for maker in range(makers):
        owner = enter_party(kind=PartyKind.PERSON, name=f"Maker {maker}", at=AT)
        agreement = agree(shop=shop, consignor=owner, number=f"A{maker}", since=DAY, by=keeper)
        product = enter_product(
            owner=owner,
            kind=ProductKind.CRAFT,
            names=(f"Felt {maker}", "", ""),
            forms=[(str(form), str(form)) for form in range(each)],
        )
        note = declare_note(
            agreement=agreement,
            number=f"N{maker}",
            on=DAY,
            by=owner,
            lines=[NoteLine(variant=v, declared=100_000) for v in product.variants.all()],
        )
        for line in note.lines.all():
            lot = count_jointly(
                line=line, accepted=line.declared, refused=0, for_shop=keeper,
                for_consignor=owner, on=DAY, at=AT,
            )  # fmt: skip
            labels.append(lot.label if lot else "")
    return enrol_device(shop=shop, code="bench-1", by=keeper, at=AT)[0], labels


def sales_of(
    device: str,
    shop: str,
    labels: list[str],
    count: int,
    others: Sequence[str] = (),
    of_others: int = 0,
) -> list[bytes]:
    """`count` sales of the labels, and spread among them some of others."""
    from ayil.shop.events import GENESIS, event_hash, seal

    chance = random.Random(1)  # noqa: S311 - the same sales in every run
    previous, raw = GENESIS, []
    for seq in range(1, count + of_others + 1):
        lines: list[dict[str, Any]] = []
        is_others = seq * of_others // (count + of_others) > (seq - 1) * of_others // (
            count + of_others
        )
        for label in chance.sample(list(others) if is_others else labels, chance.randint(1, 4)):
            quantity, price = chance.randint(1, 3), chance.randint(50, 900) * 100
            lines.append(
                {
                    "label": label, "quantity": quantity, "unit_price": price,
                    "gross": quantity * price,
                }
            )  # fmt: skip
        content = {
            "v": 1, "nonce": f"{chance.getrandbits(128):032x}", "device": device, "epoch": 1,
            "seq": seq, "prev": previous, "shop": shop, "shift": "s1",
            "business_date": DAY.isoformat(), "cashier": "aigul", "prices": 1,
            "wall": "2012-07-02T12:00:00+06:00", "mono": seq,
            "payload": {
                "kind": "sale", "receipt": f"b-{seq}", "lines": lines,
                "tenders": [{"kind": "cash", "amount": sum(line["gross"] for line in lines)}],
                "rounding": 0, "visitor": None,
            },
        }  # fmt: skip
        previous = event_hash(content)
        raw.append(seal(content))
    return raw


def _floor(source: Path, target: Path, size: int, count: int) -> float:
    """Sales a second when the rows of the first `count` sales are only written."""
    made = sqlite3.connect(source)
    wanted = {*TABLES, *LOOKED_UP}
    schema = [
        sql
        for table, sql in made.execute(
            "SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL "
            "ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END"
        )
        if table in wanted
    ]
    bare = sqlite3.connect(target, isolation_level=None)
    bare.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    for statement in schema:
        bare.execute(statement)
    bare.execute("ATTACH ? AS made", [str(source)])
    for table in LOOKED_UP:
        bare.execute(f"INSERT INTO main.{table} SELECT * FROM made.{table}")  # noqa: S608
    work = [_rows(made, table, count) for table in TABLES]
    begun = perf_counter()
    for start in range(1, count + 1, size):
        bare.execute("BEGIN IMMEDIATE")
        for table, rows in zip(TABLES, work, strict=True):
            batch = [row for event in range(start, start + size) for row in rows.get(event, [])]
            if batch:
                places = ",".join("?" * len(batch[0]))
                bare.executemany(f"INSERT INTO {table} VALUES ({places})", batch)  # noqa: S608
        bare.execute("COMMIT")
    return count / (perf_counter() - begun)


def _rows(made: sqlite3.Connection, table: str, count: int) -> dict[int, list[tuple[object, ...]]]:
    """A table's rows by the number (1…count) of the event that they belong to."""
    events = {
        bytes(hash_).hex(): number
        for number, (hash_,) in enumerate(
            made.execute("SELECT hash FROM shop_tillevent ORDER BY id LIMIT ?", [count]), 1
        )
    }
    ids = [row[0] for row in made.execute("SELECT id FROM shop_tillevent ORDER BY id")]
    number_of = {id_: number for number, id_ in enumerate(ids[:count], 1)}
    sale_of = dict(made.execute("SELECT id, event_id FROM shop_sale"))
    columns = [row[1] for row in made.execute(f"PRAGMA table_info({table})")]

    def number(row: tuple[object, ...]) -> int | None:
        cell = dict(zip(columns, row, strict=True))
        if "document" in cell:
            return events.get(str(cell["document"]).removeprefix("event:"))
        if "sale_id" in cell:
            return number_of.get(sale_of[cell["sale_id"]])
        return number_of.get(cell["event_id"] if "event_id" in cell else cell["id"])

    found: dict[int, list[tuple[object, ...]]] = {}
    for row in made.execute(f"SELECT * FROM {table} ORDER BY rowid"):  # noqa: S608
        place = number(row)
        if place is not None:
            found.setdefault(place, []).append(row)
    return found
