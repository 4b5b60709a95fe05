"""Closing the statements of 500 makers at once; the floor looks once at each of the same lines."""

from time import perf_counter

from bench import Case
from bench.post import AT, a_shop, sales_of

MAKERS, EACH, SALES, BATCH = 500, 2, 20_000, 500


def run() -> list[Case]:
    from django.db import connection

    from ayil.payouts.actions import settle
    from ayil.payouts.models import Statement
    from ayil.shop.log import ingest

    device, labels = a_shop(makers=MAKERS, each=EACH)
    raw = sales_of(device.code, device.shop.code, labels, SALES)
    for start in range(0, len(raw), BATCH):
        ingest(device=device, raw=raw[start : start + BATCH], at=AT)
    begun = perf_counter()
    settled = settle(shop=device.shop, by=None, at=AT)
    spent = perf_counter() - begun
    lines = settled.totals.lines
    begun = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT lot_id, sum(share_minor) FROM shop_saleline GROUP BY lot_id")
        cursor.fetchall()
    floor = lines / (perf_counter() - begun)
    begun = perf_counter()
    settle(shop=device.shop, by=None, at=AT)
    again = perf_counter() - begun
    return [
        Case(f"{Statement.objects.count():,} statements over {lines:,} lines", spent, "s"),
        Case("lines closed", lines / spent, "lines/s", floor),
        Case("closing again, nothing new", again * 1000, "ms"),
    ]
