"""Which lines of a file of trade can be posted, and what each comes to: exact, and pure.

Amounts are worked out in whole numbers from the shortest decimal that writes a price, and
rounded half up to the minor unit once a line. No Django, no clock.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ayil.shop.imports.cells import (
    Parsed,
    as_code,
    as_moment,
    as_number,
    as_quantity,
    line_sums,
    picked,
    read_column,
)
from ayil.shop.imports.maps import SalesMap
from ayil.shop.imports.reasons import Reason
from ayil.shop.imports.sheets import Column, Sheet


@dataclass(frozen=True, slots=True)
class Taken:
    """The lines that can be posted, in the file's order: one entry a line in every array.

    `row` counts the sheet's rows from 0; `day` is the proleptic ordinal of the business date,
    `moment` milliseconds since 1970 in UTC; `item` and `receipt` index their lists (`receipt` is
    -1 throughout where the file has no receipt numbers); amounts are minor units and positive.
    """

    row: NDArray[np.int64]
    item: NDArray[np.int32]
    receipt: NDArray[np.int32]
    day: NDArray[np.int64]
    moment: NDArray[np.int64]
    quantity: NDArray[np.int64]
    unit_price: NDArray[np.int64]
    gross: NDArray[np.int64]
    refund: NDArray[np.bool_]
    items: list[str]
    receipts: list[str]

    def only(self, keep: NDArray[np.bool_]) -> "Taken":
        """The lines for which `keep` is true."""
        return Taken(
            row=self.row[keep],
            item=self.item[keep],
            receipt=self.receipt[keep],
            day=self.day[keep],
            moment=self.moment[keep],
            quantity=self.quantity[keep],
            unit_price=self.unit_price[keep],
            gross=self.gross[keep],
            refund=self.refund[keep],
            items=self.items,
            receipts=self.receipts,
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of every row: its reason, the taken lines, and the notes for a person.

    `turned` counts lines on a return's receipt that are no return by their quantity.
    """

    reasons: NDArray[np.int8]
    taken: Taken
    turned: int


def check(sheet: Sheet, sales_map: SalesMap, *, minor_digits: int, today: date) -> Checked:
    """Every row of the sheet, taken or refused with its first reason; `today` in the shop's zone.

    Lines of a day after `today` are refused: a clock or a format is wrong there.
    """
    columns = sheet.columns
    none = np.full(len(sheet.lines), -1, dtype=np.int32)
    items = read_column(columns["item"], as_code(Reason.NO_ITEM, Reason.LONG_ITEM), Reason.NO_ITEM)
    receipts = read_column(
        columns.get("receipt", Column("", none, [])),
        as_code(Reason.NO_RECEIPT, Reason.LONG_RECEIPT),
        Reason.NO_RECEIPT if "receipt" in columns else Reason.TAKEN,
    )
    moments = read_column(columns["date"], as_moment(sales_map, today), Reason.NO_DATE)
    number = as_number(sales_map.file.decimal)
    prices = read_column(
        columns["price" if "price" in columns else "amount"], number, Reason.NO_PRICE
    )
    quantities = read_column(columns["quantity"], as_quantity(number), Reason.NO_QUANTITY)
    sums = line_sums(prices, quantities, minor_digits, whole_line="price" not in columns)
    refund, sign_reasons, turned = _returns(receipts, quantities, sales_map)
    # An amount is signed like its line; what a line comes to is known once the rest is well.
    reasons = _first(
        items.by_row, receipts.by_row, moments.by_row, prices.by_row, quantities.by_row,
        sums.reasons, sign_reasons,
    )  # fmt: skip
    if "owner" in columns:
        reasons = _first(reasons, _owners(columns["owner"], items.codes, reasons))
    row = np.flatnonzero(reasons == Reason.TAKEN)
    taken = Taken(
        row=row,
        item=items.codes[row],
        receipt=receipts.codes[row] if "receipt" in columns else none[row],
        day=picked(moments, 0)[row],
        moment=picked(moments, 1)[row],
        quantity=picked(quantities)[row],
        unit_price=sums.unit_price[row],
        gross=sums.gross[row],
        refund=refund[row],
        items=[value or "" for value in items.values],
        receipts=[value or "" for value in receipts.values],
    )
    return Checked(reasons, taken, int(np.count_nonzero(turned[row])))


def _first(*columns: NDArray[np.int8]) -> NDArray[np.int8]:
    """A row's first reason that is one."""
    found = columns[0].copy()
    for column in columns[1:]:
        np.copyto(found, column, where=found == Reason.TAKEN)
    return found


_Flags = NDArray[np.bool_]


def _returns(
    receipts: Parsed, quantities: Parsed, sales_map: SalesMap
) -> tuple[_Flags, NDArray[np.int8], _Flags]:
    """Which rows came back, which have a sign that fits no rule, which are turned round.

    Where returns have negative quantities, the sign rules: a positive line on a return's receipt
    is a sale, and is counted as turned.
    """
    returns = sales_map.returns
    negative = np.array([(value or 0) < 0 for value in quantities.values])[quantities.codes]
    reasons = np.zeros(len(negative), dtype=np.int8)
    if returns.negative_quantities:
        return negative, reasons, np.zeros_like(negative)
    if returns.prefix is None:
        reasons[negative] = Reason.QUANTITY_NEGATIVE
        return np.zeros_like(negative), reasons, np.zeros_like(negative)
    prefix = returns.prefix
    marked = np.array([(value or "").startswith(prefix) for value in receipts.values])
    marked = marked[receipts.codes]
    if returns.quantities == "positive":
        reasons[negative] = Reason.QUANTITY_NEGATIVE
        return marked, reasons, np.zeros_like(negative)
    reasons[negative & ~marked] = Reason.QUANTITY_NEGATIVE
    return negative & marked, reasons, marked & ~negative


def _owners(
    column: Column, items: NDArray[np.int32], reasons: NDArray[np.int8]
) -> NDArray[np.int8]:
    """An item's owner is the one of its first good line; a line with another is refused."""
    owners = read_column(column, as_code(Reason.NO_OWNER, Reason.NO_OWNER), Reason.NO_OWNER)
    found = owners.by_row.copy()
    rows = np.flatnonzero((reasons == Reason.TAKEN) & (found == Reason.TAKEN))
    different, first = np.unique(items[rows], return_index=True)
    owner_of = np.full(int(items.max(initial=0)) + 1, -1, dtype=np.int32)
    owner_of[different] = owners.codes[rows][first]
    found[rows[owners.codes[rows] != owner_of[items[rows]]]] = Reason.OTHER_OWNER
    return found


def dealt_to(item: str, spread: int) -> int:
    """Which of `spread` consignors (from 1) an item falls to: by its SHA-256, for good."""
    return int.from_bytes(hashlib.sha256(item.encode()).digest(), "big") % spread + 1
