"""A year of 100,000 sale lines of one maker: the statement's page, wherever one opens it.

The whole page is timed as a browser gets it. The floor of the same run is the page of another
maker's statement with a few lines: what remains when nothing hangs on how many there are.
"""

from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench import Case, signed_in
from bench.post import AT, a_shop, sales_of

if TYPE_CHECKING:
    from django.test import Client

EACH, SALES, OTHERS, BATCH, TURNS, GOAL_MS = 5, 40_000, 100, 500, 15, 300


def run() -> list[Case]:
    from django.db import connection

    from ayil.payouts.actions import settle
    from ayil.shop.log import ingest

    device, labels = a_shop(makers=4, each=EACH)
    own, others = labels[:EACH], labels[EACH:]
    raw = sales_of(device.code, device.shop.code, own, SALES, others, OTHERS)
    for start in range(0, len(raw), BATCH):
        ingest(device=device, raw=raw[start : start + BATCH], at=AT)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as its own keeper would have within the minute
    begun = perf_counter()
    settle(shop=device.shop, by=None, at=AT)
    closing = perf_counter() - begun
    return [Case("closing it", closing, "s", _pass_over_the_lines()), *_pages()]


def _pass_over_the_lines() -> float:
    """Seconds of the least that a closing may do: one look at each line."""
    from django.db import connection

    begun = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(share_minor), sum(quantity) FROM shop_saleline")
        cursor.fetchall()
    return perf_counter() - begun


def _pages() -> list[Case]:
    from django.urls import reverse

    from ayil.members.models import User
    from ayil.payouts.models import Statement

    long = Statement.objects.select_related("shop", "consignor").order_by("-lines")[0]
    short = Statement.objects.select_related("shop", "consignor").order_by("lines")[0]
    cases = []
    floor, few = _page(*_reader(short, User, reverse), "")
    pages = -(-long.lines // 100)
    client, address = _reader(long, User, reverse)
    for page in (1, pages // 2, pages):
        spent, queries = _page(client, address, f"?page={page}")
        name = f"page {page:,} of {pages:,}, {long.lines:,} lines"
        cases.append(Case(name, spent, "ms", floor, GOAL_MS, more_is_better=False))
        cases.append(Case(f"page {page:,}, queries", queries, "", few, few, more_is_better=False))
    for part, name in (("lines/", "every line as a table"), ("paper/", "on paper, by month")):
        begun = perf_counter()
        client.get(address + part)
        cases.append(Case(name, perf_counter() - begun, "s"))
    return cases


def _reader(statement: Any, user: Any, reverse: Any) -> "tuple[Client, str]":
    """The maker's own browser, and the address of the statement."""
    consignor = statement.consignor
    made = user.objects.create(username=f"bench-{statement.pk}", party=consignor)
    parts = [statement.shop.code, consignor.uid, statement.number]
    return signed_in(made), reverse("statement", args=parts)


def _page(client: "Client", address: str, query: str) -> tuple[float, int]:
    """The median milliseconds, and how many queries it took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    spent = []
    for _turn in range(TURNS):
        begun = perf_counter()
        answer = client.get(address + query)
        spent.append((perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"the page answered {answer.status_code}")
    with CaptureQueriesContext(connection) as caught:
        client.get(address + query)
    return median(spent[1:]), len(caught)
