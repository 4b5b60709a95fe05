"""What `ayil verify` asks of the fiscal register's numbers (invariant 10)."""

from ayil.kit.invariants import by_query

CHECKS = [
    by_query(
        10,
        "every fiscal number of a till's log is kept",
        "SELECT e.id FROM shop_tillevent e JOIN shop_application a ON a.event_id = e.id "
        "WHERE e.kind = 'fiscal' AND NOT EXISTS "
        "(SELECT 1 FROM shop_fiscalnumber n WHERE n.event_id = e.id)",
        "event {0} was applied, and the fiscal number that it gave is not there",
    ),
    by_query(
        10,
        "every receipt that the fiscal register numbered has its number",
        "SELECT e.id FROM shop_fiscalattempt t JOIN shop_tillevent e ON e.id = t.request_id "
        "WHERE t.outcome = 'numbered' AND NOT EXISTS "
        "(SELECT 1 FROM shop_fiscalnumber n WHERE n.sale = e.hash)",
        "event {0} has its number by the register's queue, and no number is there",
    ),
]
