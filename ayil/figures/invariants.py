"""Every rollup is a sum over sale lines; here they are added again."""

from ayil.figures.likes import differing
from ayil.kit.invariants import Check, by_query

_SALES = (
    "SELECT s.shop_id, s.date, t.variant_id, sum(l.quantity) AS units, "
    "sum(l.gross_minor) AS gross, sum(l.share_minor) AS share, "
    "sum(l.commission_minor) AS commission, "
    "-sum(CASE WHEN l.quantity < 0 THEN l.quantity ELSE 0 END) AS back_units, "
    "-sum(CASE WHEN l.quantity < 0 THEN l.gross_minor ELSE 0 END) AS back, count(*) AS lines "
    "FROM shop_saleline l JOIN shop_sale s ON s.id = l.sale_id "
    "JOIN consignment_lot t ON t.id = l.lot_id GROUP BY s.shop_id, s.date, t.variant_id"
)
_DAYS = (
    "SELECT shop_id, date, sum(CASE WHEN kind = 'sale' THEN 1 ELSE 0 END) AS receipts, "
    "sum(gross_minor) AS gross FROM shop_sale GROUP BY shop_id, date"
)

CHECKS = [
    by_query(
        None,
        "every daily figure is the sum of its sale lines",
        "SELECT d.date, d.variant_id, d.units, coalesce(x.units, 0) FROM figures_dailysale d "  # noqa: S608
        f"LEFT JOIN ({_SALES}) x ON x.shop_id = d.shop_id AND x.date = d.date "
        "AND x.variant_id = d.variant_id WHERE x.lines IS NULL OR d.units <> x.units "
        "OR d.gross_minor <> x.gross OR d.share_minor <> x.share "
        "OR d.commission_minor <> x.commission OR d.refunded_units <> x.back_units "
        "OR d.refunded_minor <> x.back OR d.lines <> x.lines",
        "{0}, variant {1}: the figure says {2} units, its lines come to {3}",
    ),
    by_query(
        None,
        "every sale line is in a daily figure",
        f"SELECT x.date, x.variant_id, x.units FROM ({_SALES}) x "  # noqa: S608
        "LEFT JOIN figures_dailysale d ON x.shop_id = d.shop_id AND x.date = d.date "
        "AND x.variant_id = d.variant_id WHERE d.id IS NULL",
        "{0}, variant {1}: {2} units were sold and no figure shows them",
    ),
    by_query(
        None,
        "every open day has its receipts and takings",
        f"SELECT x.date, x.receipts, x.gross FROM ({_DAYS}) x "  # noqa: S608
        "LEFT JOIN figures_openday d ON d.shop_id = x.shop_id AND d.date = x.date "
        "WHERE d.id IS NULL OR d.receipts <> x.receipts OR d.gross_minor <> x.gross",
        "{0}: {1} receipts over {2} are not what the open day shows",
    ),
    Check(12, "the evidence of every proposal is what the sales come to", differing),
]
