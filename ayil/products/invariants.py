"""What must hold for prices (invariant 5)."""

from ayil.kit.invariants import by_query

CHECKS = [
    by_query(
        5,
        "only the owner, or who speaks for it, set a price",
        "SELECT r.id, v.code FROM products_price r JOIN products_variant v ON v.id = r.variant_id "
        "JOIN products_product p ON p.id = v.product_id WHERE p.owner_id <> r.set_by_id "
        "AND NOT EXISTS (SELECT 1 FROM members_affiliation a WHERE a.community_id = p.owner_id "
        "AND a.person_id = r.set_by_id AND a.part IN ('leader', 'contact'))",
        "price {0} of {1} was set by somebody who does not own it",
    ),
    by_query(
        5,
        "no price reaches back",
        "SELECT r.id, v.code, r.valid_from FROM products_price r JOIN products_variant v "
        "ON v.id = r.variant_id WHERE r.valid_from < r.set_on OR EXISTS (SELECT 1 FROM "
        "products_price o WHERE o.variant_id = r.variant_id AND o.id < r.id "
        "AND o.valid_from >= r.valid_from)",
        "price {0} of {1} from {2} reaches back",
    ),
]
