"""What must hold for every lot (invariants 1 and 11), from its movements."""

from ayil.kit.invariants import by_query

_SUMS = (
    "SELECT lot_id, "
    "sum(CASE WHEN kind = 'accepted' THEN quantity ELSE 0 END) AS accepted, "
    "-sum(CASE WHEN kind IN ('sold', 'refunded') THEN quantity ELSE 0 END) AS sold, "
    "-sum(CASE WHEN kind = 'returned' THEN quantity ELSE 0 END) AS returned, "
    "-sum(CASE WHEN kind IN ('written_off', 'found') THEN quantity ELSE 0 END) AS written_off, "
    "sum(quantity) AS on_shelf FROM consignment_movement GROUP BY lot_id"
)

CHECKS = [
    by_query(
        1,
        "accepted = sold + on the shelf + returned + written off, by the movements",
        "SELECT l.id, l.label, b.accepted, b.sold, b.on_shelf, b.returned, b.written_off "  # noqa: S608
        f"FROM consignment_lot l LEFT JOIN consignment_lotbalance b ON b.lot_id = l.id "
        f"LEFT JOIN ({_SUMS}) m ON m.lot_id = l.id "
        "WHERE b.lot_id IS NULL OR b.accepted <> b.sold + b.on_shelf + b.returned + b.written_off "
        "OR b.accepted <> coalesce(m.accepted, 0) OR b.sold <> coalesce(m.sold, 0) "
        "OR b.returned <> coalesce(m.returned, 0) OR b.written_off <> coalesce(m.written_off, 0) "
        "OR b.on_shelf <> coalesce(m.on_shelf, 0)",
        "lot {0} ({1}): its books say accepted {2}, sold {3}, on the shelf {4}, returned {5}, "
        "written off {6}, which its movements do not come to",
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
        11,
        "food has a batch and a best-before date",
        "SELECT l.id, l.label FROM consignment_lot l JOIN products_variant v "
        "ON v.id = l.variant_id JOIN products_product p ON p.id = v.product_id "
        "WHERE l.count_id IS NOT NULL AND p.kind = 'food' "
        "AND (l.batch = '' OR l.best_before IS NULL)",
        "lot {0} ({1}) is food without batch or best-before date",
    ),
]
