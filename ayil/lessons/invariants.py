"""What must hold of the sales flashes, found again from the sale lines alone."""

from ayil.kit.invariants import by_query

_FIRST = "(SELECT shop_id, min(seq_to) AS seq FROM lessons_flashpass GROUP BY shop_id)"

_CHAIN = f"""
    SELECT f.shop_id, f.producer_id, f.number FROM lessons_flash f
    LEFT JOIN {_FIRST} b ON b.shop_id = f.shop_id
    LEFT JOIN lessons_flash p ON p.shop_id = f.shop_id AND p.producer_id = f.producer_id
        AND p.number = f.number - 1
    WHERE f.seq_from <> coalesce(p.seq_to, b.seq, -1) OR (p.id IS NULL AND f.number <> 1)
"""  # noqa: S608 - the words are our own
# Each line finds its flash by itself: the one that begins nearest before its sale.
_FIGURES = """
    SELECT f.shop_id, f.producer_id, f.number FROM lessons_flash f
    LEFT JOIN (
        SELECT f.id, count(*) AS sale_lines, sum(i.quantity) AS units,
          sum(i.share_minor) AS share FROM shop_saleline i
        JOIN shop_sale s ON s.id = i.sale_id JOIN consignment_lot l ON l.id = i.lot_id
        JOIN lessons_flash f ON f.shop_id = s.shop_id AND f.producer_id = l.consignor_id
          AND f.seq_from = (SELECT max(n.seq_from) FROM lessons_flash n
            WHERE n.shop_id = s.shop_id AND n.producer_id = l.consignor_id AND n.seq_from < s.seq)
        WHERE s.seq <= f.seq_to GROUP BY f.id
    ) x ON x.id = f.id
    WHERE f.sale_lines <> coalesce(x.sale_lines, 0) OR f.units <> coalesce(x.units, 0)
       OR f.share_minor <> coalesce(x.share, 0)
"""
_MISSED = f"""
    SELECT s.receipt, s.shop_id, l.consignor_id FROM shop_saleline i
    JOIN shop_sale s ON s.id = i.sale_id JOIN consignment_lot l ON l.id = i.lot_id
    JOIN {_FIRST} b ON b.shop_id = s.shop_id AND s.seq > b.seq
    JOIN (SELECT shop_id, max(open_from) AS seq FROM lessons_flashpass GROUP BY shop_id) o
      ON o.shop_id = s.shop_id AND s.seq <= o.seq
    WHERE NOT EXISTS (SELECT 1 FROM lessons_flash f WHERE f.shop_id = s.shop_id
        AND f.producer_id = l.consignor_id AND s.seq > f.seq_from AND s.seq <= f.seq_to)
"""  # noqa: S608 - the words are our own
_STRANGERS = """
    SELECT m.id, m.party_id, m.about_id FROM members_message m
    WHERE m.party_id <> m.about_id AND NOT EXISTS (
        SELECT 1 FROM members_affiliation a WHERE a.community_id = m.about_id
          AND a.person_id = m.party_id AND a.part IN ('leader', 'contact'))
"""

CHECKS = [
    by_query(
        None,
        "a maker's sales flashes follow on each other without a gap",
        _CHAIN,
        "flash {2} of producer {1} in shop {0} does not begin where the last one ended",
    ),
    by_query(
        None,
        "a sales flash tells of its lines and no others",
        _FIGURES,
        "flash {2} of producer {1} in shop {0} does not add up to its lines",
    ),
    by_query(
        None,
        "each sale line of which makers were told is in a flash",
        _MISSED,
        "receipt {0} of shop {1} is in no flash of producer {2}",
    ),
    by_query(
        12,
        "nobody is told of another's sales",
        _STRANGERS,
        "message {0} tells party {1} of the affairs of party {2}, for whom they do not answer",
    ),
]
