"""What must hold for prices and village products (invariants 5 and 6)."""

from ayil.decisions.models.outcomes import signed_in_sql
from ayil.kit.invariants import by_query
from ayil.kit.search import words_as_named
from ayil.products.models import Product

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
    by_query(
        6,
        "every village product rests on its own village's signed decision",
        "SELECT w.id, w.product_id FROM products_villageproduct w "  # noqa: S608 - our own names
        "JOIN decisions_decision d ON d.id = w.decision_id "
        "JOIN products_product p ON p.id = w.product_id JOIN members_party o ON o.id = p.owner_id "
        "WHERE o.village_id IS NULL OR o.village_id <> d.village_id "
        f"OR NOT {signed_in_sql('d.id')}",
        "village product {0} (product {1}) has no signed decision of its village",
    ),
    words_as_named(Product, "name_ky", "name_ru", "name_en"),
]
