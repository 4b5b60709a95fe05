"""What is read in place of many rows is what those rows say: sums by thing, other postings, where
pages begin, how groups shared. Part of the field's CHECKS."""

from ayil.kit.invariants import by_query
from ayil.payouts.models import LINES_A_PAGE

# Each line with the statement that covers it, which it finds by itself.
_LINES = """
    SELECT s.id AS statement_id, s.shop_id, s.consignor_id, s.number, v.seq, v.kind,
      l.variant_id, l.commission_bp, l.fees_bp, i.id AS line_id, i.quantity, i.gross_minor,
      i.commission_minor, i.fees_minor, i.loss_minor, i.share_minor
    FROM shop_saleline i JOIN shop_sale v ON v.id = i.sale_id
    JOIN consignment_lot l ON l.id = i.lot_id
    JOIN payouts_statement s ON s.shop_id = v.shop_id AND s.consignor_id = l.consignor_id
      AND s.seq_from = (SELECT max(p.seq_from) FROM payouts_statement p
        WHERE p.shop_id = v.shop_id AND p.consignor_id = l.consignor_id AND p.seq_from < v.seq)
    WHERE v.seq <= s.seq_to
"""
_ITEMS = f"""
    SELECT s.shop_id, s.consignor_id, s.number FROM (
        SELECT o.statement_id, o.variant_id, o.commission_bp, o.fees_bp, count(*) AS lines,
          sum(o.quantity) AS units,
          sum(CASE WHEN o.kind = 'refund' THEN -o.quantity ELSE 0 END) AS refunded,
          sum(o.gross_minor) AS gross, sum(o.commission_minor) AS commission,
          sum(o.fees_minor) AS fees, sum(o.loss_minor) AS loss, sum(o.share_minor) AS share
        FROM ({_LINES}) o
        GROUP BY o.statement_id, o.variant_id, o.commission_bp, o.fees_bp
    ) o
    FULL JOIN payouts_statementitem t ON t.statement_id = o.statement_id
      AND t.variant_id = o.variant_id AND t.commission_bp = o.commission_bp
      AND t.fees_bp = o.fees_bp
    JOIN payouts_statement s ON s.id = coalesce(o.statement_id, t.statement_id)
    WHERE o.statement_id IS NULL OR t.id IS NULL OR o.lines <> t.lines OR o.units <> t.units
       OR o.refunded <> t.refunded_units OR o.gross <> t.gross_minor
       OR o.commission <> t.commission_minor OR o.fees <> t.fees_minor OR o.loss <> t.loss_minor
       OR o.share <> t.share_minor
"""  # noqa: S608 - the words are our own
_MOVES = """
    SELECT s.shop_id, s.consignor_id, s.number FROM (
        SELECT s.id AS statement_id, t.id AS transfer_id FROM payouts_statement s
        JOIN consignment_consignoraccount k
          ON k.shop_id = s.shop_id AND k.consignor_id = s.consignor_id
        JOIN ledger_transfer t ON k.account_id IN (t.debit_id, t.credit_id)
          AND t.seq > s.seq_from AND t.seq <= s.seq_to
        WHERE t.kind <> 'sale-share'
    ) o
    FULL JOIN payouts_statementmove m ON m.statement_id = o.statement_id
      AND m.transfer_id = o.transfer_id
    JOIN payouts_statement s ON s.id = coalesce(o.statement_id, m.statement_id)
    WHERE o.transfer_id IS NULL OR m.id IS NULL
"""
_PAGES = f"""
    SELECT s.shop_id, s.consignor_id, s.number FROM (
        SELECT o.statement_id, (o.place - 1) / {LINES_A_PAGE} + 1 AS page, o.seq, o.line_id
        FROM (SELECT o.statement_id, o.seq, o.line_id, row_number() OVER (
            PARTITION BY o.statement_id ORDER BY o.seq, o.line_id) AS place
          FROM ({_LINES}) o) o
        WHERE o.place > {LINES_A_PAGE} AND (o.place - 1) % {LINES_A_PAGE} = 0
    ) o
    FULL JOIN payouts_statementpage p ON p.statement_id = o.statement_id AND p.page = o.page
    JOIN payouts_statement s ON s.id = coalesce(o.statement_id, p.statement_id)
    WHERE o.line_id IS NULL OR p.id IS NULL OR o.line_id <> p.line_id OR o.seq <> p.seq
"""  # noqa: S608 - the words are our own
_SHARED = """
    SELECT g.id FROM payouts_groupsheet g
    JOIN payouts_handover h ON h.id = g.handover_id JOIN payouts_payout p ON p.id = h.payout_id
    LEFT JOIN (
        SELECT l.sheet_id, sum(l.amount_minor) AS shared, sum(l.parts) AS parts
        FROM payouts_groupsheetline l GROUP BY l.sheet_id
    ) l ON l.sheet_id = g.id
    WHERE g.amount_minor <> p.amount_minor OR g.parts <> coalesce(l.parts, 0)
       OR g.amount_minor <> g.box_minor + coalesce(l.shared, 0)
       OR EXISTS (SELECT 1 FROM payouts_groupsheetline o WHERE o.sheet_id = g.id
            AND o.amount_minor <> g.amount_minor * o.parts / g.parts / g.unit_minor * g.unit_minor)
       OR (SELECT count(*) FROM payouts_groupsheetline o WHERE o.sheet_id = g.id) <> (
            SELECT count(*) FROM payouts_membershare m WHERE m.rule_id = g.rule_id)
"""
_RULES = """
    SELECT r.id FROM payouts_sharingrule r WHERE r.parts <> coalesce((
        SELECT sum(m.parts) FROM payouts_membershare m WHERE m.rule_id = r.id), 0)
"""
_STATEMENT = "Shop {0}, consignor {1}, statement {2}"

DERIVED = [
    by_query(
        2,
        "a statement's sums by thing are those of its sale lines",
        _ITEMS,
        f"{_STATEMENT}: its sums by thing are not those of its lines.",
    ),
    by_query(
        None,
        "a statement names every posting that is no sale's share",
        _MOVES,
        f"{_STATEMENT} names other postings than moved the account.",
    ),
    by_query(
        None,
        "the pages of a long statement begin where they should",
        _PAGES,
        f"{_STATEMENT}: a page of it begins at another line.",
    ),
    by_query(
        None,
        "a group's sheet gives each member their parts of what was handed over",
        _SHARED,
        "Sheet {0}: it does not come to what was handed over, or not by its parts.",
    ),
    by_query(
        None,
        "a rule of sharing is the sum of its members' parts",
        _RULES,
        "Rule of sharing {0}: its parts do not add up.",
    ),
]
