"""What must hold for every lot (invariants 1 and 11), from its movements."""

from ayil.kit.invariants import by_query

_SUMS = (
    "SELECT lot_id, "
    "sum(CASE WHEN kind = 'accepted' THEN quantity ELSE 0 END) AS accepted, "
    "-sum(CASE WHEN kind IN ('sold', 'refunded') THEN quantity ELSE 0 END) AS sold, "
    "-sum(CASE WHEN kind = 'returned' THEN quantity ELSE 0 END) AS returned, "
    "-sum(CASE WHEN kind IN ('written_off', 'found') THEN quantity ELSE 0 END) AS written_off, "
    "-sum(CASE WHEN kind IN ('sent', 'not_arrived') THEN quantity ELSE 0 END) AS sent, "
    "sum(quantity) AS on_shelf FROM consignment_movement GROUP BY lot_id"
)

CHECKS = [
    by_query(
        1,
        "accepted = sold + on the shelf + returned + written off + sent, by the movements",
        "SELECT l.id, l.label, b.accepted, b.sold, b.on_shelf, b.returned, b.written_off, "  # noqa: S608
        "b.sent "
        "FROM consignment_lot l LEFT JOIN consignment_lotbalance b ON b.lot_id = l.id "
        f"LEFT JOIN ({_SUMS}) m ON m.lot_id = l.id "
        "WHERE b.lot_id IS NULL OR b.accepted <> b.sold + b.on_shelf + b.returned + b.written_off "
        "+ b.sent OR b.sent <> coalesce(m.sent, 0) "
        "OR b.accepted <> coalesce(m.accepted, 0) OR b.sold <> coalesce(m.sold, 0) "
        "OR b.returned <> coalesce(m.returned, 0) OR b.written_off <> coalesce(m.written_off, 0) "
        "OR b.on_shelf <> coalesce(m.on_shelf, 0)",
        "lot {0} ({1}): its books say accepted {2}, sold {3}, on the shelf {4}, returned {5}, "
        "written off {6}, sent to another shop {7}, which its movements do not come to",
    ),
    by_query(
        1,
        "what was accepted is what was counted jointly",
        "SELECT l.id, c.accepted, coalesce(sum(m.quantity), 0) FROM consignment_lot l "
        "JOIN consignment_jointcount c ON c.id = l.count_id LEFT JOIN consignment_movement m "
        "ON m.lot_id = l.id AND m.kind = 'accepted' GROUP BY l.id, c.accepted "
        "HAVING c.accepted <> coalesce(sum(m.quantity), 0)",
        "lot {0}: {1} were counted jointly, {2} are in the books",
    ),
    by_query(
        1,
        "what arrived from another shop is what was counted there",
        "SELECT a.lot_id, a.quantity, coalesce(sum(m.quantity), 0) FROM consignment_arrivedline a "
        "LEFT JOIN consignment_movement m ON m.lot_id = a.lot_id AND m.kind = 'accepted' "
        "WHERE a.lot_id IS NOT NULL GROUP BY a.lot_id, a.quantity "
        "HAVING a.quantity <> coalesce(sum(m.quantity), 0)",
        "lot {0}: {1} arrived from another shop, {2} are in the books",
    ),
    by_query(
        1,
        "what was sent is on the way, arrived, or missing and on an act",
        "SELECT t.id, t.number, l.movement_id, a.quantity FROM consignment_transferline l "
        "JOIN consignment_shoptransfer t ON t.id = l.transfer_id "
        "JOIN consignment_movement m ON m.id = l.movement_id "
        "JOIN consignment_arrivedline a ON a.line_id = l.id "
        "WHERE a.quantity + (SELECT coalesce(sum(x.quantity), 0) FROM consignment_actline x "
        "JOIN consignment_actsigning s ON s.act_id = x.act_id WHERE x.missing_of_id = l.id) "
        "> -m.quantity",
        "transfer {0} (number {1}), movement {2}: {3} arrived, and more is written off than lacked",
    ),
    by_query(
        4,
        "every line of a signed act is booked, and none of a draft",
        "SELECT a.id, a.number, count(s.id), count(w.id) FROM consignment_actline l "
        "JOIN consignment_writeoffact a ON a.id = l.act_id "
        "LEFT JOIN consignment_actsigning s ON s.act_id = a.id "
        "LEFT JOIN consignment_writeoff w ON w.line_id = l.id "
        "GROUP BY a.id, a.number HAVING count(s.id) <> count(w.id)",
        "act {0} (number {1}): {2} lines are signed for, {3} are booked",
    ),
    by_query(
        3,
        "what the shop bears of an act, it owes",
        "SELECT w.id, w.owed_minor FROM consignment_writeoff w "
        "JOIN consignment_movement m ON m.id = w.movement_id "
        "JOIN consignment_lot l ON l.id = m.lot_id JOIN members_shop p ON p.id = l.shop_id "
        "WHERE w.owed_minor <> 0 AND NOT EXISTS (SELECT 1 FROM ledger_transfer t "
        "WHERE t.fund_id = p.fund_id AND t.kind = 'write-off' AND t.document = m.document "
        "AND t.amount_minor = w.owed_minor)",
        "write-off {0}: its act says that {1} is owed, which nobody posted",
    ),
    by_query(
        11,
        "food has a batch and a best-before date",
        "SELECT l.id, l.label FROM consignment_lot l JOIN products_variant v "
        "ON v.id = l.variant_id JOIN products_product p ON p.id = v.product_id "
        "WHERE l.count_id IS NOT NULL AND p.kind = 'food' "
        "AND (l.batch = '' OR l.best_before IS NULL)",
        "lot {0} ({1}) is food without batch or best-before date",
    ),
]
