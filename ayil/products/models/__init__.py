"""Products, their variants, the owner's dated price, and what a shop asks about it."""

from ayil.products.models.goods import (
    Product,
    ProductKind,
    ProductPhoto,
    Variant,
    VillageProduct,
)
from ayil.products.models.prices import Price, PriceAnswer, PriceAsk

__all__ = [
    "Price",
    "PriceAnswer",
    "PriceAsk",
    "Product",
    "ProductKind",
    "ProductPhoto",
    "Variant",
    "VillageProduct",
]
