"""A second set of books: every transfer from the first, every account added up each evening."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from ayil.ledger.models import Transfer
from ayil.members.models import Shop
from ayil.shop.trust.rules import DayEnd


def plain_books(shop: Shop, days: Collection[date]) -> Iterator[tuple[date, int, int, int, int]]:
    """Replays every transfer from the first, account by account, and adds up each evening."""
    balances: dict[str, int] = defaultdict(int)
    moves = Transfer.objects.filter(fund=shop.fund_id).select_related("debit", "credit")
    by_date: dict[date, list[Transfer]] = defaultdict(list)
    for one in moves:
        by_date[one.date].append(one)
    for on in sorted({*by_date, *days}):
        for one in by_date[on]:
            balances[one.debit.code] += one.amount_minor
            balances[one.credit.code] -= one.amount_minor
        if on in days:
            owed = sum(max(-b, 0) for code, b in balances.items() if code.startswith("payable:"))
            drawers = sum(
                b for code, b in balances.items() if code == "safe" or code.startswith("drawer:")
            )
            way = sum(b for code, b in balances.items() if code.startswith("tender:"))
            yield on, owed, drawers, balances["bank"], way


def shown(ends: Sequence[DayEnd]) -> list[tuple[date, int, int, int, int]]:
    return [
        (one.on, one.owed_minor, one.drawers_minor, one.bank_minor, one.under_way_minor)
        for one in ends
    ]
