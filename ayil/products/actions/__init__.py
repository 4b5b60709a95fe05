"""Products and their names; the owner's price, and what a shop asks of it."""

from ayil.products.actions.goods import enter_product, give_name, name_village_product
from ayil.products.actions.pricing import (
    ask_price,
    refuse_price_ask,
    set_price,
    take_asked_price,
)

__all__ = [
    "ask_price",
    "enter_product",
    "give_name",
    "name_village_product",
    "refuse_price_ask",
    "set_price",
    "take_asked_price",
]
