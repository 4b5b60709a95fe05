"""Keeps the daily figures in the transaction that posts (a follower of `shop.posting`)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import connection

from ayil.members.models import Shop
from ayil.shop.posting import LinePosted

_ADD_SALES = """
INSERT INTO figures_dailysale (shop_id, date, variant_id, consignor_id, units, gross_minor,
    share_minor, commission_minor, refunded_units, refunded_minor, lines)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (shop_id, variant_id, date) DO UPDATE SET
    units = figures_dailysale.units + excluded.units,
    gross_minor = figures_dailysale.gross_minor + excluded.gross_minor,
    share_minor = figures_dailysale.share_minor + excluded.share_minor,
    commission_minor = figures_dailysale.commission_minor + excluded.commission_minor,
    refunded_units = figures_dailysale.refunded_units + excluded.refunded_units,
    refunded_minor = figures_dailysale.refunded_minor + excluded.refunded_minor,
    lines = figures_dailysale.lines + excluded.lines
"""
_ADD_DAYS = """
INSERT INTO figures_openday (shop_id, date, receipts, gross_minor) VALUES (%s, %s, %s, %s)
ON CONFLICT (shop_id, date) DO UPDATE SET
    receipts = figures_openday.receipts + excluded.receipts,
    gross_minor = figures_openday.gross_minor + excluded.gross_minor
"""

Row = list[int]


def rollup_sales(lines: Sequence[LinePosted]) -> dict[tuple[date, int, int], Row]:
    """Sums by (date, variant, consignor): units, gross, share, commission, refunded units,
    refunded gross, lines."""
    sums: dict[tuple[date, int, int], Row] = defaultdict(lambda: [0] * 7)
    for line in lines:
        row = sums[line.date, line.variant_id, line.consignor_id]
        row[0] += line.quantity
        row[1] += line.gross_minor
        row[2] += line.share_minor
        row[3] += line.commission_minor
        if line.quantity < 0:
            row[4] -= line.quantity
            row[5] -= line.gross_minor
        row[6] += 1
    return sums


def keep_daily_figures(shop: Shop, lines: Sequence[LinePosted], receipts: dict[date, int]) -> None:
    sales: list[tuple[int | date, ...]] = [
        (shop.pk, day, variant_id, consignor_id, *row)
        for (day, variant_id, consignor_id), row in sorted(rollup_sales(lines).items())
    ]
    takings: dict[date, int] = defaultdict(int)
    for line in lines:
        takings[line.date] += line.gross_minor
    days = [(shop.pk, day, count, takings[day]) for day, count in sorted(receipts.items())]
    with connection.cursor() as cursor:
        cursor.executemany(_ADD_SALES, sales)
        cursor.executemany(_ADD_DAYS, days)
