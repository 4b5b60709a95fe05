"""Agreements, deliveries, joint counts, returns, write-offs, counts."""

from ayil.consignment.actions.agreeing import (
    agree,
    consignor_account,
)
from ayil.consignment.actions.receiving import (
    count_jointly,
    declare_note,
    write_lines,
)
from ayil.consignment.actions.stock import (
    count_stock,
    return_goods,
    write_off,
)

__all__ = [
    "agree",
    "consignor_account",
    "count_jointly",
    "count_stock",
    "declare_note",
    "return_goods",
    "write_lines",
    "write_off",
]
