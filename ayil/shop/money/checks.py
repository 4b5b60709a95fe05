"""What `ayil verify` asks of the moves of money: each is just what the ledger says of it."""

from ayil.kit.invariants import by_query

_POSTED = """
    SELECT m.id, m.number, s.code, m.amount_minor,
      coalesce((SELECT sum(t.amount_minor) FROM ledger_transfer t WHERE t.fund_id = s.fund_id
        AND t.document = 'money:' || s.code || '/' || m.number AND t.reverses_id IS NULL), 0)
        AS posted,
      coalesce((SELECT sum(t.amount_minor) FROM ledger_transfer t WHERE t.fund_id = s.fund_id
        AND t.document = 'money:' || s.code || '/' || m.number AND t.reverses_id IS NOT NULL), 0)
        AS undone,
      CASE WHEN m.kind = 'own-out' AND c.id IS NULL THEN 0 ELSE m.amount_minor END AS due,
      CASE WHEN r.id IS NULL THEN 0 ELSE 1 END AS is_undone
    FROM shop_moneymove m JOIN members_shop s ON s.id = m.shop_id
    LEFT JOIN shop_moneyconfirmation c ON c.move_id = m.id
    LEFT JOIN shop_moneyreversal r ON r.move_id = m.id
"""

CHECKS = [
    by_query(
        4,
        "every move of money is posted as it is written down, and undone where it was",
        f"SELECT p.code, p.number, p.amount_minor, p.posted, p.undone FROM ({_POSTED}) p "  # noqa: S608
        "WHERE p.posted <> p.due OR p.undone <> p.due * p.is_undone",
        "Shop {0}, slip {1} of {2}: {3} was posted and {4} undone",
    ),
    by_query(
        3,
        "own money went out with the word of two people",
        "SELECT m.shop_id, m.number FROM shop_moneymove m "
        "JOIN shop_moneyconfirmation c ON c.move_id = m.id "
        "WHERE c.by_id = m.by_id OR m.kind <> 'own-out'",
        "Shop {0}, slip {1}: who asked for the money confirmed it",
    ),
    by_query(
        4,
        "every posting of moved money has its slip",
        "SELECT f.code, t.seq FROM ledger_transfer t JOIN ledger_fund f ON f.id = t.fund_id "
        "LEFT JOIN members_shop s ON s.fund_id = f.id "
        "WHERE t.kind LIKE 'money-%' AND NOT EXISTS (SELECT 1 FROM shop_moneymove m "
        "WHERE m.shop_id = s.id AND t.document = 'money:' || s.code || '/' || m.number)",
        "Fund {0}: posting {1} moves money, and no slip names it",
    ),
]
