"""A year of real trade, end to end: the import, its checks, statements, lessons, a page.

The floor of the import reads the same file and adds up gross by item in DuckDB: the least that
anybody who looks at each line once must do.
"""

import os
from pathlib import Path
from time import perf_counter

from bench import Case, peak_memory_mib, signed_in

HERE = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("AYIL_SHARED_DATA") or HERE.parent / "shared" / "data")
FILE = SHARED / "retail" / "giftware_2009_2010.parquet"
MAP = HERE / "docs" / "field" / "maps" / "giftware.toml"


def run() -> list[Case]:
    from ayil.kit.clock import now
    from ayil.kit.errors import AyilError
    from ayil.kit.invariants import collected
    from ayil.lessons.report import lessons_of
    from ayil.members.models import Shop
    from ayil.payouts.actions import settle
    from ayil.shop.imports.actions import import_sales

    if not FILE.exists():
        raise AyilError(
            f"{FILE.name} is not there. Name the folder of the real data in AYIL_SHARED_DATA."
        )
    floor = _floor()
    report = import_sales(path=FILE, map_path=MAP, at=now(), progress=None)
    speed, memory = report.lines / report.seconds, peak_memory_mib()
    begun = perf_counter()
    again = import_sales(path=FILE, map_path=MAP, at=now(), progress=None)
    twice = perf_counter() - begun
    if again.new_lines:
        raise AyilError(f"A second import took {again.new_lines} lines again.")
    shop = Shop.objects.select_related("fund").get()
    begun = perf_counter()
    settled = settle(shop=shop, until=None, by=None, at=now())
    closing = perf_counter() - begun
    begun = perf_counter()
    lessons = lessons_of(shop, producer=None, as_of=None)
    telling = perf_counter() - begun
    begun = perf_counter()
    broken = [line for check in collected() for line in check.find()]
    checking = perf_counter() - begun
    if broken:
        raise AyilError(f"{len(broken)} invariants are broken, the first: {broken[0]}")
    return [
        Case("import, lines", speed, "lines/s", floor, 5_000),
        Case("import, peak memory", memory, "MiB", None, 1024, more_is_better=False),
        Case("import again, nothing new", twice, "s"),
        Case(f"settle, {settled.statements} statements", closing, "s"),
        Case(f"lessons, {len(lessons)} consignors", telling, "s"),
        Case("a producer's page, on the server", _page() * 1000, "ms", None, 200, False),
        Case("verify", checking, "s"),
    ]


def _floor() -> float:
    import duckdb

    begun = perf_counter()
    rows = duckdb.connect().execute(
        "SELECT StockCode, sum(round(Price * 100) * Quantity), count(*) "
        "FROM read_parquet(?) GROUP BY StockCode",
        [str(FILE)],
    )
    lines = sum(row[2] for row in rows.fetchall())
    return float(lines / (perf_counter() - begun))


def _page() -> float:
    """The median time of *my sales* of the consignor with the most lines, in seconds."""
    from statistics import median

    from django.db.models import Sum

    from ayil.figures.models import DailySale
    from ayil.members.models import User

    busiest = (
        DailySale.objects.values("consignor_id").annotate(sum=Sum("lines")).order_by("-sum")[0]
    )
    user = User.objects.create(username="bench", party_id=busiest["consignor_id"])
    client = signed_in(user)
    times = []
    for _turn in range(15):
        begun = perf_counter()
        answer = client.get("/my-sales/")
        times.append(perf_counter() - begun)
        if answer.status_code != 200:
            raise RuntimeError(f"the page answered {answer.status_code}")
    return median(times[1:])
