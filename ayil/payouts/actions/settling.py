"""Closing statements: set-based, for every consignor of a shop at once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ayil.kit import rows
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.ledger.models import Fund, Transfer
from ayil.members.models import Party, Shop
from ayil.members.rights import Right, require
from ayil.payouts.models import Statement
from ayil.payouts.names import PAYOUT, PAYOUT_BACK, SHARE
from ayil.payouts.rules import GENESIS, Content, Figures, statement_hash

_COLUMNS = (
    "id",
    "shop_id",
    "consignor_id",
    "number",
    "seq_from",
    "seq_to",
    "cut_on",
    "currency",
    "opening_minor",
    "sold_minor",
    "refunded_minor",
    "other_minor",
    "paid_minor",
    "closing_minor",
    "units",
    "lines",
    "prev_hash",
    "hash",
    "made_by_id",
    "made_at",
)

# CROSS JOIN keeps SQLite to this order: one pass over the new postings, by their sequence.
_MOVED = """
    SELECT k.consignor_id, t.kind, sum(t.amount_minor)
    FROM ledger_transfer t CROSS JOIN consignment_consignoraccount k
    WHERE k.account_id = t.{side}_id AND k.shop_id = %s
      AND t.fund_id = %s AND t.seq > %s AND t.seq <= %s
    GROUP BY k.consignor_id, t.kind
"""
_LINES = """
    SELECT l.consignor_id, sum(i.quantity), count(*)
    FROM shop_sale s CROSS JOIN shop_saleline i CROSS JOIN consignment_lot l
    WHERE i.sale_id = s.id AND l.id = i.lot_id AND s.shop_id = %s AND s.seq > %s AND s.seq <= %s
    GROUP BY l.consignor_id
"""
_LAST = """
    SELECT s.consignor_id, s.number, s.seq_to, s.closing_minor, s.hash
    FROM payouts_statement s
    WHERE s.shop_id = %s AND s.number = (
        SELECT max(n.number) FROM payouts_statement n
        WHERE n.shop_id = s.shop_id AND n.consignor_id = s.consignor_id)
"""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What one closing came to: `statements` were made; `totals` are their sums in minor units."""

    shop: Shop
    seq_from: int
    seq_to: int
    cut_on: date
    statements: int
    totals: Figures


@dataclass(frozen=True, slots=True)
class _Last:
    """Where a consignor's chain of statements stands."""

    number: int = 0
    seq_to: int = 0
    closing_minor: int = 0
    hash: bytes = GENESIS


def settle(
    *, shop: Shop, until: int | date | None = None, by: Party | None, at: datetime
) -> Settlement:
    """Closes a statement for every consignor with anything posted since the last closing.

    `until` is a posting sequence of the shop's fund (moved on to the end of its document, so
    that no sale is cut in two); or a day: everything posted, not sold, by the end of that day in
    the shop's time zone; or None for all that is posted. Nothing new makes no statement.
    `by` is None where the system closes by itself. Raises AyilError for a sequence that is not
    posted yet or a day that has not begun.
    """
    if by is not None:
        today = local_date(at, ZoneInfo(shop.time_zone))
        require(by, Right.CLOSE_STATEMENTS, on=today, shop=shop)
    with transaction.atomic():
        # Holds back whoever posts: below the cut nothing can be added any more.
        fund = Fund.objects.select_for_update().get(pk=shop.fund_id)
        done = Statement.objects.filter(shop=shop).aggregate(seq=Max("seq_to"))["seq"] or 0
        cut = _cut(shop, fund, until, done, at)
        cut_on = until if isinstance(until, date) else local_date(at, ZoneInfo(shop.time_zone))
        if cut <= done:
            return Settlement(shop, done, done, cut_on, 0, Figures())
        moved = _moved(shop, done, cut)
        if moved:
            _write(shop, cut, cut_on, moved, by, at)
    return Settlement(shop, done, cut, cut_on, len(moved), _sum(moved.values()))


def _cut(shop: Shop, fund: Fund, until: int | date | None, done: int, at: datetime) -> int:
    """The last sequence of the closing."""
    if until is None:
        return fund.last_seq
    if isinstance(until, date):
        return _end_of_day(shop, fund, until, done, at)
    if until < 0 or until > fund.last_seq:
        raise AyilError(
            _(
                "The books of %(shop)s end at posting %(last)d, so there is no %(until)d. "
                "Name a posting up to %(last)d, or a day."
            )
            % {"shop": shop, "last": fund.last_seq, "until": until}
        )
    at_cut = Transfer.objects.filter(fund=fund, seq=until).first()
    if at_cut is None:
        return until
    after = Transfer.objects.filter(fund=fund, seq__gt=until).exclude(document=at_cut.document)
    first = after.order_by("seq").values_list("seq", flat=True).first()
    return fund.last_seq if first is None else first - 1


def _end_of_day(shop: Shop, fund: Fund, day: date, done: int, at: datetime) -> int:
    zone = ZoneInfo(shop.time_zone)
    if day > local_date(at, zone):
        raise AyilError(
            _("The day %(day)s has not come yet in %(shop)s. Close up to today or before.")
            % {"day": day, "shop": shop}
        )
    midnight = datetime.combine(day + timedelta(days=1), time.min, zone)
    later = Transfer.objects.filter(fund=fund, seq__gt=done, posted_at__gte=midnight)
    first = later.order_by("seq").values_list("seq", flat=True).first()
    return fund.last_seq if first is None else first - 1


def _moved(shop: Shop, done: int, cut: int) -> dict[int, Figures]:
    """What each consignor's account and goods did after `done` up to `cut`.

    After a closing nobody has anything left before it, so one range serves all of them, however
    long ago their own last statement was.
    """
    moved: dict[int, Figures] = {}
    with connection.cursor() as cursor:
        for side, sign in (("credit", 1), ("debit", -1)):
            cursor.execute(_MOVED.format(side=side), [shop.pk, shop.fund_id, done, cut])
            for consignor_id, kind, amount in cursor.fetchall():
                figures = moved.get(consignor_id, Figures())
                moved[consignor_id] = _with_postings(figures, kind, sign * int(amount))
        cursor.execute(_LINES, [shop.pk, done, cut])
        for consignor_id, units, lines in cursor.fetchall():
            figures = moved.get(consignor_id, Figures())
            moved[consignor_id] = replace(figures, units=int(units), lines=int(lines))
    return moved


def _with_postings(figures: Figures, kind: str, amount_minor: int) -> Figures:
    """`amount_minor` is what the consignor's account gained (+) or lost (-) by postings of a kind.

    A share taken back by a reversal is no refund of a buyer's: it counts among the corrections.
    """
    if kind == SHARE and amount_minor > 0:
        return replace(figures, sold_minor=figures.sold_minor + amount_minor)
    if kind == SHARE:
        return replace(figures, refunded_minor=figures.refunded_minor - amount_minor)
    if kind in {PAYOUT, PAYOUT_BACK}:
        return replace(figures, paid_minor=figures.paid_minor - amount_minor)
    return replace(figures, other_minor=figures.other_minor + amount_minor)


def _write(
    shop: Shop,
    cut: int,
    cut_on: date,
    moved: dict[int, Figures],
    by: Party | None,
    at: datetime,
) -> None:
    last = _last_statements(shop)
    uids = dict(
        Party.objects.filter(consignor_accounts__shop=shop).values_list("pk", "uid")
    ) | dict(Party.objects.filter(lots__shop=shop).values_list("pk", "uid").distinct())
    link = bytes(Transfer.objects.values_list("hash", flat=True).get(fund=shop.fund_id, seq=cut))
    table = []
    for id_, consignor_id in zip(
        rows.reserve_ids(Statement, len(moved)), sorted(moved), strict=True
    ):
        before = last.get(consignor_id, _Last())
        content = Content(
            shop_code=shop.code,
            consignor_uid=uids[consignor_id],
            number=before.number + 1,
            seq_from=before.seq_to,
            seq_to=cut,
            cut_on=cut_on,
            currency=shop.currency,
            figures=replace(moved[consignor_id], opening_minor=before.closing_minor),
            made_by_uid=by.uid if by else None,
            ledger_hash=link,
            prev_hash=before.hash,
        )
        table.append(_row(id_, shop, consignor_id, content, by, at))
    rows.insert(Statement, _COLUMNS, table)


def _row(
    id_: int, shop: Shop, consignor_id: int, content: Content, by: Party | None, at: datetime
) -> tuple[object, ...]:
    figures = content.figures
    return (
        id_,
        shop.pk,
        consignor_id,
        content.number,
        content.seq_from,
        content.seq_to,
        content.cut_on,
        content.currency,
        figures.opening_minor,
        figures.sold_minor,
        figures.refunded_minor,
        figures.other_minor,
        figures.paid_minor,
        figures.closing_minor,
        figures.units,
        figures.lines,
        content.prev_hash,
        statement_hash(content),
        by.pk if by else None,
        at,
    )


def _last_statements(shop: Shop) -> dict[int, _Last]:
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [shop.pk])
        return {
            consignor_id: _Last(number, seq_to, closing, bytes(hash_))
            for consignor_id, number, seq_to, closing, hash_ in cursor.fetchall()
        }


def _sum(all_figures: Iterable[Figures]) -> Figures:
    total = Figures()
    for figures in all_figures:
        total = Figures(
            sold_minor=total.sold_minor + figures.sold_minor,
            refunded_minor=total.refunded_minor + figures.refunded_minor,
            other_minor=total.other_minor + figures.other_minor,
            paid_minor=total.paid_minor + figures.paid_minor,
            units=total.units + figures.units,
            lines=total.lines + figures.lines,
        )
    return total
