"""Lists of goods and of prices: read, shown as a plan, carried out, and given out again.

Whose goods and prices a list may speak of is a queryset of owners that the caller gives.
"""

from ayil.products.lists.goods import GOODS, carry_out_goods, plan_goods, rows_of_goods
from ayil.products.lists.prices import PRICES, carry_out_prices, plan_prices, rows_of_prices

__all__ = [
    "GOODS",
    "PRICES",
    "carry_out_goods",
    "carry_out_prices",
    "plan_goods",
    "plan_prices",
    "rows_of_goods",
    "rows_of_prices",
]
