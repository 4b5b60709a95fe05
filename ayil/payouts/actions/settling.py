"""Closing statements: set-based, for every consignor of a shop at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
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
from ayil.payouts.models import LINES_A_PAGE, Statement, StatementItem, StatementMove
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

_ITEM_COLUMNS = (
    "statement_id",
    "variant_id",
    "commission_bp",
    "fees_bp",
    "lines",
    "units",
    "refunded_units",
    "gross_minor",
    "commission_minor",
    "fees_minor",
    "loss_minor",
    "share_minor",
)

# CROSS JOIN keeps SQLite to this order: one pass over the new postings, by their sequence. What
# is no sale's share comes row by row, for the statement to name it.
_MOVED = """
    SELECT k.consignor_id, t.kind, sum(t.amount_minor),
      CASE WHEN t.kind = '{share}' THEN 0 ELSE t.id END AS one
    FROM ledger_transfer t CROSS JOIN consignment_consignoraccount k
    WHERE k.account_id = t.{side}_id AND k.shop_id = %s
      AND t.fund_id = %s AND t.seq > %s AND t.seq <= %s
    GROUP BY k.consignor_id, t.kind, one ORDER BY one
"""
_ITEMS = """
    SELECT l.consignor_id, l.variant_id, l.commission_bp, l.fees_bp, count(*), sum(i.quantity),
      sum(CASE WHEN s.kind = 'refund' THEN -i.quantity ELSE 0 END), sum(i.gross_minor),
      sum(i.commission_minor), sum(i.fees_minor), sum(i.loss_minor), sum(i.share_minor)
    FROM shop_sale s CROSS JOIN shop_saleline i CROSS JOIN consignment_lot l
    WHERE i.sale_id = s.id AND l.id = i.lot_id AND s.shop_id = %s AND s.seq > %s AND s.seq <= %s
    GROUP BY l.consignor_id, l.variant_id, l.commission_bp, l.fees_bp
    ORDER BY l.consignor_id, sum(i.share_minor) DESC, l.variant_id, l.commission_bp, l.fees_bp
"""
# The first line of each page but the first, of the statements that have more than one.
_PAGES = """
    INSERT INTO payouts_statementpage (statement_id, page, seq, line_id)
    SELECT o.statement_id, (o.place - 1) / {size} + 1, o.seq, o.line_id FROM (
        SELECT t.id AS statement_id, s.seq, i.id AS line_id,
          row_number() OVER (PARTITION BY t.id ORDER BY s.seq, i.id) AS place
        FROM shop_sale s CROSS JOIN shop_saleline i CROSS JOIN consignment_lot l
        CROSS JOIN payouts_statement t
        WHERE i.sale_id = s.id AND l.id = i.lot_id AND s.shop_id = %s AND s.seq > %s
          AND s.seq <= %s AND t.shop_id = s.shop_id AND t.consignor_id = l.consignor_id
          AND t.seq_to = %s AND t.lines > {size}
    ) o WHERE o.place > {size} AND (o.place - 1) %% {size} = 0
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


@dataclass(slots=True)
class _News:
    """What was posted since the last closing, by consignor: figures, sums by thing, and the keys
    of transfers that are no sale's share."""

    moved: dict[int, Figures] = field(default_factory=dict)
    items: list[tuple[int, ...]] = field(default_factory=list)
    moves: list[tuple[int, int]] = field(default_factory=list)


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
        news = _news(shop, done, cut)
        if news.moved:
            numbers = _write(shop, cut, cut_on, news.moved, by, at)
            _write_below(shop, done, cut, news, numbers)
    return Settlement(shop, done, cut, cut_on, len(news.moved), _sum(news.moved.values()))


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


def _news(shop: Shop, done: int, cut: int) -> _News:
    """What each consignor's account and goods did after `done` up to `cut`.

    After a closing nobody has anything left before it, so one range serves all of them, however
    long ago their own last statement was.
    """
    news = _News()
    moved = news.moved
    with connection.cursor() as cursor:
        for side, sign in (("credit", 1), ("debit", -1)):
            query = _MOVED.format(side=side, share=SHARE)
            cursor.execute(query, [shop.pk, shop.fund_id, done, cut])
            for consignor_id, kind, amount, one in cursor.fetchall():
                figures = moved.get(consignor_id, Figures())
                moved[consignor_id] = _with_postings(figures, kind, sign * int(amount))
                if one:
                    news.moves.append((consignor_id, one))
        cursor.execute(_ITEMS, [shop.pk, done, cut])
        for consignor_id, *terms_and_sums in cursor.fetchall():
            item = [int(value) for value in terms_and_sums]
            news.items.append((consignor_id, *item))
            figures = moved.get(consignor_id, Figures())
            moved[consignor_id] = replace(
                figures, lines=figures.lines + item[3], units=figures.units + item[4]
            )
    return news


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
) -> dict[int, int]:
    """Writes the statements; their keys by consignor."""
    last = _last_statements(shop)
    uids = dict(
        Party.objects.filter(consignor_accounts__shop=shop).values_list("pk", "uid")
    ) | dict(Party.objects.filter(lots__shop=shop).values_list("pk", "uid").distinct())
    link = bytes(Transfer.objects.values_list("hash", flat=True).get(fund=shop.fund_id, seq=cut))
    table = []
    numbers = dict(zip(sorted(moved), rows.reserve_ids(Statement, len(moved)), strict=True))
    for consignor_id, id_ in numbers.items():
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
    return numbers


def _write_below(shop: Shop, done: int, cut: int, news: _News, numbers: dict[int, int]) -> None:
    """What the pages are read from: sums by thing, other postings, where each page begins."""
    rows.insert(
        StatementItem, _ITEM_COLUMNS, [(numbers[whose], *sums) for whose, *sums in news.items]
    )
    moves = sorted(news.moves, key=lambda move: move[1])
    rows.insert(
        StatementMove,
        ("statement_id", "transfer_id"),
        [(numbers[whose], transfer) for whose, transfer in moves],
    )
    if any(figures.lines > LINES_A_PAGE for figures in news.moved.values()):
        with connection.cursor() as cursor:
            cursor.execute(_PAGES.format(size=LINES_A_PAGE), [shop.pk, done, cut, cut])


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
