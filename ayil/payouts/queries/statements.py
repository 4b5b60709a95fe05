"""A statement down to the receipts behind it, as quickly for a year of lines as for a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from ayil.consignment.models import Lot
from ayil.ledger.models import Transfer
from ayil.members.models import Party, Shop
from ayil.payouts.models import (
    LINES_A_PAGE,
    Payout,
    Statement,
    StatementItem,
    StatementPage,
)
from ayil.shop.models import SaleLine

# CROSS JOIN keeps SQLite to the order that `_by_sales` chose; PostgreSQL chooses by itself.
_BY_SALES = """
    SELECT i.id FROM shop_sale s CROSS JOIN shop_saleline i CROSS JOIN consignment_lot l
    WHERE i.sale_id = s.id AND l.id = i.lot_id AND s.shop_id = %s AND s.seq >= %s AND s.seq <= %s
      AND l.consignor_id = %s AND (s.seq > %s OR i.id >= %s)
    ORDER BY s.seq, i.id LIMIT %s
"""
_BY_LOTS = """
    SELECT i.id FROM consignment_lot l CROSS JOIN shop_saleline i CROSS JOIN shop_sale s
    WHERE i.lot_id = l.id AND s.id = i.sale_id AND s.shop_id = %s AND s.seq >= %s AND s.seq <= %s
      AND l.consignor_id = %s AND (s.seq > %s OR i.id >= %s)
    ORDER BY s.seq, i.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class LinePage:
    """Some lines of a statement down to the receipt, `page` of `pages` from 1."""

    lines: Sequence[SaleLine]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class MonthSum:
    """The lines of one calendar month of business days; net of refunds."""

    first: date
    lines: int
    units: int
    gross_minor: int
    commission_minor: int
    fees_minor: int
    loss_minor: int
    share_minor: int


class FlatLine(NamedTuple):
    """One line with its receipt's number and day: cheap enough for a hundred thousand of them."""

    lot: Lot
    pk: int
    receipt: str
    date: date
    quantity: int
    unit_price_minor: int
    gross_minor: int
    commission_minor: int
    fees_minor: int
    loss_minor: int
    share_minor: int


def last_statement(*, shop: Shop, consignor: Party) -> Statement | None:
    return Statement.objects.filter(shop=shop, consignor=consignor).order_by("-number").first()


def statement_sale_lines(statement: Statement) -> QuerySet[SaleLine]:
    """The lines that a statement covers; add what you need to join."""
    return SaleLine.objects.filter(
        lot__consignor=statement.consignor_id,
        sale__shop=statement.shop_id,
        sale__seq__gt=statement.seq_from,
        sale__seq__lte=statement.seq_to,
    )


def statement_lines(statement: Statement, *, page: int = 1) -> LinePage:
    """One page of lines in the order of posting, each with its receipt, its item and the fees of
    its agreement: four queries, however long the statement is and whichever page."""
    pages = max(1, -(-statement.lines // LINES_A_PAGE))
    page = min(max(page, 1), pages)
    keys = _keys(statement, page, pages)
    lines = with_terms(SaleLine.objects.filter(pk__in=keys)).order_by("sale__seq", "id")
    return LinePage(list(lines), page, pages)


def with_terms(lines: QuerySet[SaleLine]) -> QuerySet[SaleLine]:
    """The lines with receipt, item, lot and the named fees of the lot's agreement."""
    return lines.select_related(
        "sale", "lot__variant__product", "lot__count__line__note__agreement"
    ).prefetch_related("lot__count__line__note__agreement__fees")


def _keys(statement: Statement, page: int, pages: int) -> list[int]:
    marks = {
        mark.page: mark
        for mark in StatementPage.objects.filter(statement=statement, page__in=(page, page + 1))
    }
    first, after = marks.get(page), marks.get(page + 1)
    begin = first.seq if first else statement.seq_from + 1
    end = after.seq if after else statement.seq_to
    query = _BY_SALES if _is_by_sales(statement, pages) else _BY_LOTS
    with connection.cursor() as cursor:
        cursor.execute(
            query,
            [statement.shop_id, begin, end, statement.consignor_id, begin,
             first.line_id if first else 0, LINES_A_PAGE],
        )  # fmt: skip
        return [key for (key,) in cursor.fetchall()]


def _is_by_sales(statement: Statement, pages: int) -> bool:
    """Whether a page has fewer postings of the whole shop than the consignor has lines of all
    time, by what their statements so far let expect."""
    return (statement.seq_to - statement.seq_from) // pages <= statement.lines * statement.number


def statement_items(statement: Statement) -> list[StatementItem]:
    """The lines summed by thing and terms at the closing, what earned most first: one query."""
    return list(statement.items.select_related("variant__product").order_by("id"))


def statement_postings(statement: Statement) -> list[Transfer]:
    """What else moved the account: payouts, write-offs borne by the shop, corrections."""
    return list(Transfer.objects.filter(statement_move__statement=statement).order_by("seq"))


def statement_payouts(statement: Statement) -> list[Payout]:
    """What was put on payout lists for it, with what became of each: one query."""
    return list(
        statement.payouts.select_related(
            "run__approval",
            "handover__payee",
            "handover__acknowledgement",
            "handover__came_back",
            "cancellation",
        ).order_by("part")
    )


def statement_months(statement: Statement) -> list[MonthSum]:
    """The lines summed by the month of their business day: it walks them all, for papers."""
    sums = (
        statement_sale_lines(statement)
        .annotate(month=TruncMonth("sale__date"))
        .values("month")
        .annotate(
            count=Count("pk"),
            units=Sum("quantity"),
            gross=Sum("gross_minor"),
            commission=Sum("commission_minor"),
            fees=Sum("fees_minor"),
            loss=Sum("loss_minor"),
            share=Sum("share_minor"),
        )
        .order_by("month")
    )
    return [
        MonthSum(
            first=one["month"],
            lines=one["count"],
            units=one["units"],
            gross_minor=one["gross"],
            commission_minor=one["commission"],
            fees_minor=one["fees"],
            loss_minor=one["loss"],
            share_minor=one["share"],
        )
        for one in sums
    ]


def all_statement_lines(statement: Statement) -> Iterator[FlatLine]:
    """Every line in the order of posting: one query for the lots, one for the lines."""
    lines = statement_sale_lines(statement)
    lots = {
        lot.pk: lot
        for lot in Lot.objects.filter(pk__in=lines.values("lot"))
        .select_related("variant__product", "count__line__note__agreement")
        .prefetch_related("count__line__note__agreement__fees")
    }
    rows = lines.order_by("sale__seq", "id").values_list(
        "lot", "id", "sale__receipt", "sale__date", "quantity", "unit_price_minor", "gross_minor",
        "commission_minor", "fees_minor", "loss_minor", "share_minor",
    )  # fmt: skip
    for row in rows.iterator(chunk_size=5000):
        yield FlatLine(lots[row[0]], *row[1:])
