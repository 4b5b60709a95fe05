"""Since when the makers' money is not all there, and what brought it about, to the last tyiyn.

All places of the shop's money, what is on its way there, and the makers' accounts lie inside;
whatever passes between them and the outside changes the difference by just its amount. Two things
do it without passing: money that is on its way counts for nothing yet, and what a maker owes the
shop is nobody's money to pay others with.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import Min, Sum

from ayil.consignment.models import ConsignorAccount
from ayil.ledger.models import Transfer
from ayil.members.models import Shop
from ayil.shop.trust.days import CHUNK, all_was_there, by_day, last_day
from ayil.shop.trust.rules import ONE_DAY, DayEnd, Step, below_since, crossing

SHARE, PAYOUT = "sale-share", "payout"
UNDER_WAY, OPEN_SALES = "under-way", "open-sales"
REFUND_AFTER, WORKED_OFF, DEBTS = "refund-after-payout", "worked-off", "debts"
_HOLDS = "{0}.code IN ('safe', 'bank') OR {0}.code LIKE 'drawer:%%'"
_INSIDE = (
    _HOLDS + " OR {0}.code = 'clearing' OR {0}.code LIKE 'tender:%%' OR {0}.code LIKE 'payable:%%'"
)
_BY_KIND = f"""
    SELECT m.kind, count(*), sum(m.amount_minor),
      sum((m.d_in - m.c_in) * m.amount_minor),
      sum(m.sales * m.amount_minor), sum(m.way * m.amount_minor)
    FROM (
        SELECT t.kind, t.amount_minor,
          CASE WHEN {_INSIDE.format("d")} THEN 1 ELSE 0 END AS d_in,
          CASE WHEN {_INSIDE.format("c")} THEN 1 ELSE 0 END AS c_in,
          CASE WHEN d.code = 'clearing' THEN 1 WHEN c.code = 'clearing' THEN -1 ELSE 0 END AS sales,
          (CASE WHEN d.code LIKE 'tender:%%' THEN 1 ELSE 0 END)
          - (CASE WHEN c.code LIKE 'tender:%%' THEN 1 ELSE 0 END) AS way
        FROM ledger_transfer t
        JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id
        WHERE t.fund_id = %s AND t.date > %s AND t.date <= %s
    ) m
    GROUP BY m.kind
"""  # noqa: S608 - the words are our own
_OF_MAKERS = """
    SELECT m.account_id, a.balance_minor, m.kind, m.date, m.gained FROM (
        SELECT t.credit_id AS account_id, t.kind, t.date, t.seq, t.amount_minor AS gained
        FROM ledger_transfer t WHERE t.fund_id = %s AND t.date > %s
        UNION ALL
        SELECT t.debit_id, t.kind, t.date, t.seq, -t.amount_minor
        FROM ledger_transfer t WHERE t.fund_id = %s AND t.date > %s
    ) m
    JOIN consignment_consignoraccount k ON k.account_id = m.account_id AND k.shop_id = %s
    JOIN ledger_account a ON a.id = m.account_id
    ORDER BY m.account_id, m.date DESC, m.seq DESC
"""


@dataclass(frozen=True, slots=True)
class Reason:
    """What one kind of posting did to the difference: `effect_minor` below nought took from it.

    `kind` is the ledger's, or one of UNDER_WAY, REFUND_AFTER, WORKED_OFF, DEBTS, OPEN_SALES.
    `moved_minor` is what these postings moved in all.
    """

    kind: str
    effect_minor: int
    count: int = 0
    moved_minor: int = 0


@dataclass(frozen=True, slots=True)
class Lack:
    """Why money of the makers is not there.

    `before` is the last evening on which all was there, `now` the one that is looked at; the
    reasons add up to the change between. `document` made it lack, on the day after `before`.
    """

    before: DayEnd
    now: DayEnd
    document: str
    reasons: Sequence[Reason]

    @property
    def since(self) -> date:
        return self.before.on + ONE_DAY

    @property
    def change_minor(self) -> int:
        return self.now.free_minor - self.before.free_minor


def lack_of(shop: Shop, *, until: date | None = None) -> Lack | None:
    """Where the makers' money is not all there at the end of `until`; None where it is."""
    last = until or last_day(shop)
    if last is None:
        return None
    before, now = all_was_there([shop], until=last)[shop.pk]
    if now.free_minor >= 0:
        return None
    before = before or _older(shop, last)
    return Lack(before, now, crossed_by(shop, before), reasons_between(shop, before, now))


def _older(shop: Shop, last: date) -> DayEnd:
    """It lacked all through the window: the whole history is looked at, from a day before it."""
    first = Transfer.objects.filter(fund=shop.fund_id).aggregate(day=Min("date"))["day"]
    begun = (first or last) - ONE_DAY
    found = below_since(by_day([shop], until=last, since=begun)[shop.pk])
    return found or DayEnd(0, 0, 0, 0, on=begun)


def reasons_between(shop: Shop, before: DayEnd, now: DayEnd) -> list[Reason]:
    """From the evening of `before` to that of `now`, what took most first."""
    found: list[Reason] = []
    sales = way = 0
    with connection.cursor() as cursor:
        cursor.execute(_BY_KIND, [shop.fund_id, before.on, now.on])
        for kind, count, moved, effect, of_sales, of_way in cursor.fetchall():
            sales, way = sales + int(of_sales), way + int(of_way)
            if effect or kind == PAYOUT:
                found.append(Reason(kind, int(effect), int(count), int(moved)))
    found += [Reason(UNDER_WAY, -way), Reason(OPEN_SALES, -sales)]
    found += _debts(shop, before.on, now.on)
    found = [one for one in found if one.effect_minor or one.count]
    return sorted(found, key=lambda one: (one.effect_minor, one.kind))


def _debts(shop: Shop, after_day: date, until: date) -> Iterator[Reason]:
    """What makers came to owe the shop, by how: a debt is no money to pay others with."""
    effects: dict[str, int] = defaultdict(int)
    counts: dict[str, int] = defaultdict(int)
    for _account, rows in groupby(_makers_moves(shop, after_day), key=itemgetter(0)):
        after: int | None = None
        for _id, balance, kind, on, gained in rows:
            after = int(balance) if after is None else after
            before = after - int(gained)
            # What is owed fell by less than the balance did, where it went below nought.
            effect = min(after, 0) - min(before, 0)
            if effect and str(on) <= until.isoformat():
                name = _debt_name(kind, effect)
                effects[name] += effect
                counts[name] += 1
            after = before
    for name, effect in effects.items():
        yield Reason(name, effect, counts[name], abs(effect))


def _debt_name(kind: str, effect: int) -> str:
    if kind != SHARE:
        return DEBTS
    return REFUND_AFTER if effect < 0 else WORKED_OFF


def _makers_moves(shop: Shop, after_day: date) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        fund = shop.fund_id
        cursor.execute(_OF_MAKERS, [fund, after_day, fund, after_day, shop.pk])
        while found := cursor.fetchmany(CHUNK):
            yield from found


def crossed_by(shop: Shop, before: DayEnd) -> str:
    """The document with which the money came to lack, on the day after `before`.

    A document is looked at when it is posted whole: in the middle of a sale its owner's share is
    owed and the buyer's money is not there yet.
    """
    on = before.on + ONE_DAY
    moves = list(
        Transfer.objects.filter(fund=shop.fund_id, date=on)
        .order_by("seq")
        .values_list("document", "debit", "credit", "debit__code", "credit__code", "amount_minor")
    )
    makers = dict(
        ConsignorAccount.objects.filter(
            shop=shop, account__in={a for move in moves for a in move[1:3]}
        ).values_list("account", "account__balance_minor")
    )
    for side, sign in (("credit", -1), ("debit", 1)):
        since = Transfer.objects.filter(**{f"{side}__in": list(makers)}, date__gte=on)
        for account, amount in since.values_list(side).annotate(Sum("amount_minor")):
            makers[account] += sign * amount
    return crossing(before.free_minor, makers, _steps(moves, frozenset(makers)))


def _steps(
    moves: Iterable[tuple[str, int, int, str, str, int]], makers: frozenset[int]
) -> Iterator[Step]:
    for document, rows in groupby(moves, key=itemgetter(0)):
        held, gained = 0, dict[int, int]()
        for _document, debit, credit, into, out, amount in rows:
            held += amount * (holds(into) - holds(out))
            for account, sign in ((credit, 1), (debit, -1)):
                if account in makers:
                    gained[account] = gained.get(account, 0) + sign * amount
        yield Step(document, held, gained)


def holds(code: str) -> bool:
    """A drawer, the safe or the bank."""
    return code in {"safe", "bank"} or code.startswith("drawer:")
