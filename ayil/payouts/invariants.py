"""What must hold of statements and payouts, found again from sale lines and transfers alone."""

from collections.abc import Iterator

from ayil.kit.invariants import Check, by_query
from ayil.ledger.models import Transfer
from ayil.payouts.derived import DERIVED
from ayil.payouts.models import Statement
from ayil.payouts.rules import GENESIS, Content, statement_hash
from ayil.shop.trust.checks import CHECKS as METER

_CHAIN = """
    SELECT s.shop_id, s.consignor_id, s.number FROM payouts_statement s
    LEFT JOIN payouts_statement p ON p.shop_id = s.shop_id AND p.consignor_id = s.consignor_id
        AND p.number = s.number - 1
    WHERE s.seq_from <> coalesce(p.seq_to, 0) OR s.opening_minor <> coalesce(p.closing_minor, 0)
       OR s.prev_hash <> p.hash OR (p.id IS NULL AND s.number <> 1) OR s.closing_minor <>
          s.opening_minor + s.sold_minor - s.refunded_minor + s.other_minor - s.paid_minor
"""

# Each line finds its statement by itself: the one that begins nearest before its sale.
_LINES = """
    SELECT s.shop_id, s.consignor_id, s.number FROM payouts_statement s
    LEFT JOIN (
        SELECT s.id, sum(i.quantity) AS units, count(*) AS lines,
          sum(CASE WHEN v.kind = 'sale' THEN i.share_minor ELSE 0 END) AS sold,
          sum(CASE WHEN v.kind = 'refund' THEN -i.share_minor ELSE 0 END) AS refunded
        FROM shop_saleline i JOIN shop_sale v ON v.id = i.sale_id
        JOIN consignment_lot l ON l.id = i.lot_id
        JOIN payouts_statement s ON s.shop_id = v.shop_id AND s.consignor_id = l.consignor_id
          AND s.seq_from = (SELECT max(p.seq_from) FROM payouts_statement p
            WHERE p.shop_id = v.shop_id AND p.consignor_id = l.consignor_id
              AND p.seq_from < v.seq)
        WHERE v.seq <= s.seq_to GROUP BY s.id
    ) i ON i.id = s.id
    WHERE s.units <> coalesce(i.units, 0) OR s.lines <> coalesce(i.lines, 0)
       OR s.sold_minor <> coalesce(i.sold, 0) OR s.refunded_minor <> coalesce(i.refunded, 0)
"""

_SIDES = """(
    SELECT k.shop_id, k.consignor_id, t.id, t.seq, t.amount_minor AS gained
    FROM consignment_consignoraccount k JOIN ledger_transfer t ON t.credit_id = k.account_id
    UNION ALL
    SELECT k.shop_id, k.consignor_id, t.id, t.seq, -t.amount_minor
    FROM consignment_consignoraccount k JOIN ledger_transfer t ON t.debit_id = k.account_id
)"""

_MOVES = f"""
    SELECT s.shop_id, s.consignor_id, s.number FROM payouts_statement s
    LEFT JOIN (
        SELECT s.id, sum(m.gained) AS gained FROM {_SIDES} m
        JOIN payouts_statement s ON s.shop_id = m.shop_id AND s.consignor_id = m.consignor_id
          AND s.seq_from = (SELECT max(p.seq_from) FROM payouts_statement p
            WHERE p.shop_id = m.shop_id AND p.consignor_id = m.consignor_id
              AND p.seq_from < m.seq)
        WHERE m.seq <= s.seq_to GROUP BY s.id
    ) m ON m.id = s.id
    WHERE s.closing_minor - s.opening_minor <> coalesce(m.gained, 0)
"""  # noqa: S608 - the words are our own

_PAID = """
    SELECT s.shop_id, s.consignor_id, s.number FROM payouts_statement s
    WHERE s.paid_minor <> coalesce((
        SELECT sum(p.amount_minor) FROM payouts_payout p
        JOIN payouts_payoutrun r ON r.id = p.run_id AND r.shop_id = s.shop_id
        JOIN payouts_handover h ON h.payout_id = p.id
        JOIN ledger_transfer t ON t.id = h.transfer_id
        WHERE p.consignor_id = s.consignor_id AND t.seq > s.seq_from AND t.seq <= s.seq_to
    ), 0) - coalesce((
        SELECT sum(b.amount_minor) FROM payouts_payout p
        JOIN payouts_payoutrun r ON r.id = p.run_id AND r.shop_id = s.shop_id
        JOIN payouts_handover h ON h.payout_id = p.id
        JOIN ledger_transfer b ON b.reverses_id = h.transfer_id
        WHERE p.consignor_id = s.consignor_id AND b.seq > s.seq_from AND b.seq <= s.seq_to
    ), 0)
"""

# How far a shop is closed, and how far each of its consignors has statements.
_CLOSED = "(SELECT shop_id, max(seq_to) AS upto FROM payouts_statement GROUP BY shop_id)"
_STATED = (
    "(SELECT shop_id, consignor_id, max(seq_to) AS upto FROM payouts_statement "
    "GROUP BY shop_id, consignor_id)"
)
_MISSED_LINES = f"""
    SELECT v.receipt, v.seq FROM shop_sale v
    JOIN {_CLOSED} c ON c.shop_id = v.shop_id AND v.seq <= c.upto
    JOIN shop_saleline i ON i.sale_id = v.id JOIN consignment_lot l ON l.id = i.lot_id
    LEFT JOIN {_STATED} s ON s.shop_id = v.shop_id AND s.consignor_id = l.consignor_id
    WHERE v.seq > coalesce(s.upto, 0)
"""  # noqa: S608 - the words are our own
_MISSED_MOVES = f"""
    SELECT m.shop_id, m.consignor_id, m.seq FROM {_SIDES} m
    JOIN {_CLOSED} c ON c.shop_id = m.shop_id AND m.seq <= c.upto
    LEFT JOIN {_STATED} s ON s.shop_id = m.shop_id AND s.consignor_id = m.consignor_id
    WHERE m.seq > coalesce(s.upto, 0)
"""  # noqa: S608 - the words are our own

_HANDOVERS = """
    SELECT h.id FROM payouts_handover h JOIN payouts_payout p ON p.id = h.payout_id
    JOIN payouts_statement s ON s.id = p.statement_id
    LEFT JOIN consignment_consignoraccount k
      ON k.shop_id = s.shop_id AND k.consignor_id = p.consignor_id
    LEFT JOIN ledger_transfer t ON t.id = h.transfer_id
    WHERE t.id IS NULL OR k.id IS NULL OR t.debit_id <> k.account_id
       OR t.amount_minor <> p.amount_minor OR t.kind <> 'payout'
"""
_UNKNOWN_PAYOUTS = """
    SELECT f.code, t.seq FROM ledger_transfer t JOIN ledger_fund f ON f.id = t.fund_id
    WHERE t.kind = 'payout' AND NOT EXISTS (
        SELECT 1 FROM payouts_handover h WHERE h.transfer_id = t.id)
"""
_OVERPAID = """
    SELECT s.shop_id, s.consignor_id, s.number FROM payouts_statement s
    JOIN payouts_payout p ON p.statement_id = s.id
    WHERE NOT EXISTS (SELECT 1 FROM payouts_payoutcancellation c WHERE c.payout_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM payouts_handover h
        JOIN ledger_transfer b ON b.reverses_id = h.transfer_id WHERE h.payout_id = p.id)
    GROUP BY s.id, s.shop_id, s.consignor_id, s.number, s.closing_minor
    HAVING sum(p.amount_minor) > s.closing_minor
"""
_THREE_PEOPLE = """
    SELECT h.id FROM payouts_handover h JOIN payouts_payout p ON p.id = h.payout_id
    LEFT JOIN payouts_payoutapproval a ON a.run_id = p.run_id AND a.by_id = h.approved_by_id
    WHERE h.payee_id = h.paid_by_id OR h.payee_id = h.approved_by_id
       OR h.paid_by_id = h.approved_by_id OR a.id IS NULL
       OR p.consignor_id IN (h.paid_by_id, h.approved_by_id)
"""
_COLLECTORS = """
    SELECT h.id FROM payouts_handover h JOIN payouts_payout p ON p.id = h.payout_id
    LEFT JOIN members_mandate m ON m.id = h.mandate_id AND m.giver_id = p.consignor_id
      AND m.holder_id = h.payee_id
    WHERE h.payee_id <> p.consignor_id AND m.id IS NULL AND NOT EXISTS (
        SELECT 1 FROM members_affiliation f WHERE f.community_id = p.consignor_id
          AND f.person_id = h.payee_id AND f.part = 'leader' AND f.since <= h.paid_on)
"""
_RETURNS = """
    SELECT r.id FROM payouts_payoutreturn r JOIN payouts_handover h ON h.id = r.handover_id
    LEFT JOIN ledger_transfer t ON t.id = r.transfer_id
    WHERE t.id IS NULL OR t.reverses_id IS NULL OR t.reverses_id <> h.transfer_id
       OR EXISTS (SELECT 1 FROM payouts_acknowledgement a WHERE a.handover_id = h.id)
"""
_BANK_FILES = """
    SELECT f.id FROM payouts_bankfile f
    LEFT JOIN payouts_bankfileline l ON l.file_id = f.id
    LEFT JOIN payouts_payout p ON p.id = l.payout_id AND p.run_id = f.run_id
    GROUP BY f.id, f.rows, f.total_minor
    HAVING count(p.id) <> f.rows OR coalesce(sum(p.amount_minor), 0) <> f.total_minor
"""
_DISPUTES = """
    SELECT d.statement_id, d.id FROM payouts_dispute d
    JOIN payouts_disputeoutcome o ON o.dispute_id = d.id
    JOIN payouts_statement s ON s.id = d.statement_id
    LEFT JOIN consignment_consignoraccount k
      ON k.shop_id = s.shop_id AND k.consignor_id = s.consignor_id
    LEFT JOIN ledger_transfer t ON t.id = o.transfer_id
    WHERE (o.verdict = 'dismissed' AND (o.transfer_id IS NOT NULL OR o.amount_minor <> 0))
       OR (o.verdict = 'upheld' AND coalesce(CASE
            WHEN t.credit_id = k.account_id THEN t.amount_minor
            WHEN t.debit_id = k.account_id THEN -t.amount_minor END, 0) <> o.amount_minor)
"""


def _broken_hashes() -> Iterator[str]:
    links = {
        (transfer["fund_id"], transfer["seq"]): bytes(transfer["hash"])
        for transfer in Transfer.objects.filter(
            seq__in=Statement.objects.order_by().values("seq_to").distinct()
        ).values("fund_id", "seq", "hash")
    }
    statements = Statement.objects.select_related("shop", "consignor", "made_by")
    for one in statements.order_by("pk").iterator(chunk_size=2000):
        content = Content(
            shop_code=one.shop.code,
            consignor_uid=one.consignor.uid,
            number=one.number,
            seq_from=one.seq_from,
            seq_to=one.seq_to,
            cut_on=one.cut_on,
            currency=one.currency,
            figures=one.figures,
            made_by_uid=one.made_by.uid if one.made_by else None,
            ledger_hash=links.get((one.shop.fund_id, one.seq_to), GENESIS),
            prev_hash=bytes(one.prev_hash),
        )
        if statement_hash(content) != bytes(one.hash):
            yield f"Statement {one.number} of {one.consignor}: its hash does not fit its content."


_STATEMENT = "Shop {0}, consignor {1}, statement {2}"

CHECKS = [
    by_query(
        4,
        "every statement begins where the last one ended, and adds up",
        _CHAIN,
        f"{_STATEMENT} does not follow from the one before it, or does not add up.",
    ),
    Check(4, "statements and the ledger's chain under them hash to what is stored", _broken_hashes),
    by_query(
        2,
        "what a statement says was sold and refunded is the sum of its sale lines",
        _LINES,
        f"{_STATEMENT}: its sale lines come to something else.",
    ),
    by_query(
        None,
        "what a statement moved is what the consignor's account moved",
        _MOVES,
        f"{_STATEMENT}: the transfers come to something else.",
    ),
    by_query(
        None,
        "what a statement says was paid is what was handed over",
        _PAID,
        f"{_STATEMENT}: what was handed over comes to something else.",
    ),
    by_query(
        10,
        "no sale line fell between two statements",
        _MISSED_LINES,
        "Receipt {0} (posting {1}) lies before the last closing and in no statement.",
    ),
    by_query(
        None,
        "no posting fell between two statements",
        _MISSED_MOVES,
        "Shop {0}, consignor {1}: posting {2} lies before the last closing and in no statement.",
    ),
    by_query(
        None,
        "every handover is its transfer",
        _HANDOVERS,
        "Handover {0}: its transfer takes another amount, or from another account.",
    ),
    by_query(
        None,
        "every payout in the ledger was handed over by name",
        _UNKNOWN_PAYOUTS,
        "Fund {0}: posting {1} pays out, but no handover names it.",
    ),
    by_query(
        None,
        "no statement is paid twice",
        _OVERPAID,
        f"{_STATEMENT}: more was put on payout lists than it closed with.",
    ),
    by_query(
        7,
        "who receives, who pays and who approves are three people",
        _THREE_PEOPLE,
        "Handover {0}: receiver, payer and approver are not three people.",
    ),
    by_query(
        7,
        "who collects for another holds a mandate or leads the community",
        _COLLECTORS,
        "Handover {0}: its receiver had no right to the money.",
    ),
    by_query(
        4,
        "what came back is the reversal of its own handover, and nobody said that it was received",
        _RETURNS,
        "Return {0}: its transfer does not undo its handover, or the money was acknowledged.",
    ),
    by_query(
        None,
        "a bank file says what its payouts come to",
        _BANK_FILES,
        "Bank file {0}: its payouts come to something else.",
    ),
    by_query(
        4,
        "an upheld dispute is corrected by its transfer, a dismissed one by none",
        _DISPUTES,
        "Statement {0}: dispute {1} and what was posted for it disagree.",
    ),
    *METER,
    *DERIVED,
]
