"""The meter at the end of each day, for one shop or many, in three queries.

What makers are owed is streamed account by account, so that memory grows with the days and not
with the makers; accounts that did not move within the days are in one sum only.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import Max, Sum

from ayil.consignment.models import ConsignorAccount
from ayil.ledger.models import Transfer
from ayil.members.models import Shop
from ayil.shop.trust.rules import (
    ONE_DAY,
    DayEnd,
    Tail,
    below_since,
    days_between,
    walk_back,
)

CHUNK = 5000
_PLACE = re.compile(r"\{funds\}|(?<!%)%s")
WINDOW_DAYS = 400
WIDER = (7, 60, WINDOW_DAYS)  # what lacks, lacks of late: a few days are looked at first
_HELD = """
    WITH place AS (
        SELECT id, fund_id, code, balance_minor FROM ledger_account
        WHERE fund_id IN ({funds}) AND (code IN ('safe', 'bank')
          OR code LIKE 'drawer:%%' OR code LIKE 'tender:%%')
    )
    SELECT p.fund_id, p.code, p.balance_minor, m.date, coalesce(sum(m.moved), 0)
    FROM place p LEFT JOIN (
        SELECT t.debit_id AS account_id, t.date, t.amount_minor AS moved
        FROM ledger_transfer t
        WHERE t.debit_id IN (SELECT id FROM place) AND t.date > %s
        UNION ALL
        SELECT t.credit_id, t.date, -t.amount_minor
        FROM ledger_transfer t
        WHERE t.credit_id IN (SELECT id FROM place) AND t.date > %s
    ) m ON m.account_id = p.id
    GROUP BY p.fund_id, p.code, p.balance_minor, m.date
"""
_OWED = """
    SELECT k.shop_id, m.account_id, a.balance_minor, m.date, sum(m.gained) FROM (
        SELECT t.credit_id AS account_id, t.date, t.amount_minor AS gained
        FROM ledger_transfer t WHERE t.fund_id IN ({funds}) AND t.date > %s
        UNION ALL
        SELECT t.debit_id, t.date, -t.amount_minor
        FROM ledger_transfer t WHERE t.fund_id IN ({funds}) AND t.date > %s
    ) m
    JOIN consignment_consignoraccount k ON k.account_id = m.account_id
    JOIN ledger_account a ON a.id = m.account_id
    GROUP BY k.shop_id, m.account_id, a.balance_minor, m.date
    ORDER BY k.shop_id, m.account_id, m.date DESC
"""


def last_day(shop: Shop) -> date | None:
    """The latest business day on which anything was posted."""
    found: date | None = Transfer.objects.filter(fund=shop.fund_id).aggregate(day=Max("date"))[
        "day"
    ]
    return found


def by_day(
    shops: Sequence[Shop], *, until: date, since: date | None = None
) -> dict[int, list[DayEnd]]:
    """The ends of all days from `since` (WINDOW_DAYS before `until`) up to `until`, by shop's id.

    Constant in queries, whatever the number of shops, makers and days.
    """
    if not shops:
        return {}
    first = since or until - WINDOW_DAYS * ONE_DAY
    days = days_between(first, until)
    owed = _owed(shops, first, until)
    held = _held(shops, first, until)
    return {
        shop.pk: [
            DayEnd(*row)
            for row in zip(
                owed[shop.pk].at_ends(days),
                *(held[shop.fund_id, part].at_ends(days) for part in _PARTS),
                days,
                strict=True,
            )
        ]
        for shop in shops
    }


def all_was_there(shops: Sequence[Shop], *, until: date) -> dict[int, tuple[DayEnd | None, DayEnd]]:
    """The last evening on which all was there, and that of `until`, by shop's id.

    None where it lacked on every evening that is looked at, or lacks on none.
    """
    found: dict[int, tuple[DayEnd | None, DayEnd]] = {}
    left = list(shops)
    for width in WIDER:
        ends = by_day(left, until=until, since=until - width * ONE_DAY)
        found |= {pk: (below_since(days), days[-1]) for pk, days in ends.items()}
        left = [
            shop for shop in left if found[shop.pk][0] is None and found[shop.pk][1].free_minor < 0
        ]
    return found


_PARTS = ("drawers", "bank", "under way")


def _held(shops: Sequence[Shop], first: date, until: date) -> dict[tuple[int, str], Tail]:
    tails = {(shop.fund_id, part): Tail(0, until) for shop in shops for part in _PARTS}
    counted: set[tuple[int, str]] = set()
    for fund, code, balance, on, moved in _rows(_HELD, shops, first):
        tail = tails[fund, _part(code)]
        if (fund, code) not in counted:
            counted.add((fund, code))
            tail.now_minor += int(balance)
        if on is not None:
            tail.change(_day(on), int(moved))
    return tails


def _part(code: str) -> str:
    if code == "bank":
        return "bank"
    return "under way" if code.startswith("tender:") else "drawers"


def _owed(shops: Sequence[Shop], first: date, until: date) -> dict[int, Tail]:
    """What is owed now is one sum; what it was follows from the accounts that moved since."""
    owing = ConsignorAccount.objects.filter(shop__in=shops, account__balance_minor__gt=0)
    now = dict(owing.values_list("shop").annotate(sum=Sum("account__balance_minor")))
    tails = {shop.pk: Tail(int(now.get(shop.pk, 0)), until) for shop in shops}
    for shop_id, rows in groupby(_rows(_OWED, shops, first), key=itemgetter(0)):
        walk_back(
            tails[shop_id],
            ((account, int(now_), _day(on), int(gained)) for _s, account, now_, on, gained in rows),
        )
    return tails


def _rows(query: str, shops: Sequence[Shop], first: date) -> Iterator[tuple[Any, ...]]:
    """Read in pieces on both databases: PostgreSQL through a cursor of its own."""
    funds = [shop.fund_id for shop in shops]
    values: list[int | date] = []
    for word in _PLACE.findall(query):
        values += funds if word == "{funds}" else [first]
    with connection.chunked_cursor() as cursor:
        cursor.execute(query.replace("{funds}", ", ".join(["%s"] * len(funds))), values)
        while found := cursor.fetchmany(CHUNK):
            yield from found


def _day(value: object) -> date:
    """SQLite hands a day over as it is written."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))
