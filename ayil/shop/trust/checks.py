"""What `ayil verify` asks of the trust-money meter: the transfers, added up in another way.

The pages walk back from the balances of today; here everything is added up from the first
transfer on, in the database's own windows, and no balance is believed (invariant 3).
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from ayil.kit.invariants import Check
from ayil.members.models import Shop
from ayil.shop.today import trust
from ayil.shop.trust.days import by_day

_SIDES = """(
    SELECT t.debit_id AS account_id, t.date, t.amount_minor AS gained FROM ledger_transfer t
    WHERE t.fund_id = %s
    UNION ALL
    SELECT t.credit_id, t.date, -t.amount_minor FROM ledger_transfer t WHERE t.fund_id = %s
)"""
# Of each maker what is owed after each day less what was owed before it; of each place its change.
_EVENINGS = f"""
    SELECT d.date, sum(d.owed) OVER (ORDER BY d.date), sum(d.held) OVER (ORDER BY d.date),
      sum(d.way) OVER (ORDER BY d.date)
    FROM (
        SELECT c.date, sum(c.owed) AS owed, sum(c.held) AS held, sum(c.way) AS way FROM (
            SELECT m.date, m.after - CASE WHEN m.raw - m.gained > 0 THEN m.raw - m.gained ELSE 0 END
                AS owed, 0 AS held, 0 AS way
            FROM (
                SELECT g.date, g.gained, g.raw, CASE WHEN g.raw > 0 THEN g.raw ELSE 0 END AS after
                FROM (
                    SELECT s.date, -sum(s.gained) AS gained,
                      -sum(sum(s.gained)) OVER (PARTITION BY s.account_id ORDER BY s.date) AS raw
                    FROM {_SIDES} s
                    JOIN consignment_consignoraccount k
                      ON k.account_id = s.account_id AND k.shop_id = %s
                    GROUP BY s.account_id, s.date
                ) g
            ) m
            UNION ALL
            SELECT s.date, 0, CASE WHEN a.code LIKE 'tender:%%' THEN 0 ELSE s.gained END,
              CASE WHEN a.code LIKE 'tender:%%' THEN s.gained ELSE 0 END
            FROM {_SIDES} s JOIN ledger_account a ON a.id = s.account_id
            WHERE a.code IN ('safe', 'bank') OR a.code LIKE 'drawer:%%' OR a.code LIKE 'tender:%%'
        ) c GROUP BY c.date
    ) d ORDER BY d.date
"""  # noqa: S608 - the words are our own
_Evening = tuple[date, int, int, int]


def wrong_meters() -> Iterator[str]:
    """Invariant 3 is shown, not enforced: here only that what is shown is true, on every day."""
    for shop in Shop.objects.select_related("fund").order_by("pk"):
        yield from _wrong(shop)


def _wrong(shop: Shop) -> Iterator[str]:
    evenings = evenings_of(shop)
    shown = trust(shop)
    told = (shown.owed_minor, shown.held_minor, shown.under_way_minor)
    last = evenings[-1][1:] if evenings else (0, 0, 0)
    if told != last:
        yield (
            f"{shop}: the trust-money meter shows {told[0]} owed, {told[1]} held and {told[2]} on "
            f"its way, the transfers say {last[0]}, {last[1]} and {last[2]}."
        )
    if not evenings:
        return
    ends = by_day([shop], since=evenings[0][0], until=evenings[-1][0])[shop.pk]
    series = {end.on: (end.owed_minor, end.held_minor, end.under_way_minor) for end in ends}
    for on, *expected in evenings:
        if series[on] != tuple(expected):
            yield (
                f"{shop}: of {on} the trust-money meter shows {series[on]} owed, held and on its "
                f"way, the transfers say {tuple(expected)}."
            )


def evenings_of(shop: Shop) -> list[_Evening]:
    """Each day on which anything moved: owed, held and under way at its end."""
    with connection.cursor() as cursor:
        fund = shop.fund_id
        cursor.execute(_EVENINGS, [fund, fund, shop.pk, fund, fund])
        return [(_day(on), int(owed), int(held), int(way)) for on, owed, held, way in cursor]


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


CHECKS = [Check(3, "the trust-money meter shows what the transfers say", wrong_meters)]
