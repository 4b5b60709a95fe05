"""Which lines of a file of trade can be posted, and what each comes to: exact, and pure.

Amounts are worked out in whole numbers from the shortest decimal that writes a price, and
rounded half up to the minor unit once a line. No Django, no clock.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import IntEnum
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ayil.shop.imports.maps import SalesMap
from ayil.shop.imports.sheets import Column, Sheet

LONGEST_CODE = 60  # of an item and a receipt: what a label and a till's event hold
MOST_UNITS = 10**9
MOST_MINOR = 10**11  # of one line: a thousand of these are still an amount a till may say
_EARLIEST = date(1970, 1, 1)
_WHOLE = re.compile(r"[+-]?\d{1,40}(\.0{1,20})?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(\d{1,40}(\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,2})?", re.ASCII)
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")  # as they part thousands


class Reason(IntEnum):
    """Why a line is not posted; `TAKEN` (0) says that it is."""

    TAKEN = 0
    NO_ITEM = 1
    LONG_ITEM = 2
    NO_OWNER = 3
    OTHER_OWNER = 4
    NO_RECEIPT = 5
    LONG_RECEIPT = 6
    NO_DATE = 7
    DATE_FORM = 8
    DATE_FUTURE = 9
    NO_PRICE = 10
    PRICE_ZERO = 11
    PRICE_NEGATIVE = 12
    PRICE_FORM = 13
    NO_QUANTITY = 14
    QUANTITY_ZERO = 15
    QUANTITY_FORM = 16
    QUANTITY_NOT_WHOLE = 17
    QUANTITY_NEGATIVE = 18
    TOO_LARGE = 19
    SIGNS_DIFFER = 20
    RECEIPT_DIFFERS = 21


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


_Parse = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A column's values as read, one a value and one more for an empty cell, with the reasons."""

    codes: NDArray[np.int32]
    values: list[Any]
    reasons: NDArray[np.int8]

    @property
    def by_row(self) -> NDArray[np.int8]:
        return self.reasons[self.codes]


def _parse(column: Column, parse: _Parse, empty: Reason) -> _Parsed:
    read = [parse(value) for value in column.values]
    values = [*(None if isinstance(value, Reason) else value for value in read), None]
    reasons = [*(value if isinstance(value, Reason) else Reason.TAKEN for value in read), empty]
    codes = np.where(column.codes < 0, len(read), column.codes).astype(np.int32)
    return _Parsed(codes, values, np.array(reasons, dtype=np.int8))


def check(sheet: Sheet, sales_map: SalesMap, *, minor_digits: int, today: date) -> Checked:
    """Every row of the sheet, taken or refused with its first reason; `today` in the shop's zone.

    Lines of a day after `today` are refused: a clock or a format is wrong there.
    """
    columns = sheet.columns
    none = np.full(len(sheet.lines), -1, dtype=np.int32)
    items = _parse(columns["item"], _code(Reason.NO_ITEM, Reason.LONG_ITEM), Reason.NO_ITEM)
    receipts = _parse(
        columns.get("receipt", Column("", none, [])),
        _code(Reason.NO_RECEIPT, Reason.LONG_RECEIPT),
        Reason.NO_RECEIPT if "receipt" in columns else Reason.TAKEN,
    )
    moments = _parse(columns["date"], _moment(sales_map, today), Reason.NO_DATE)
    number = _number(sales_map.file.decimal)
    prices = _parse(columns["price" if "price" in columns else "amount"], number, Reason.NO_PRICE)
    quantities = _parse(columns["quantity"], _quantity(number), Reason.NO_QUANTITY)
    sums = _sums(prices, quantities, minor_digits, whole_line="price" not in columns)
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
        day=_picked(moments, 0)[row],
        moment=_picked(moments, 1)[row],
        quantity=_picked(quantities)[row],
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


def _picked(parsed: _Parsed, place: int | None = None) -> NDArray[np.int64]:
    """A parsed column as numbers a row: 0 where nothing could be read, the size else."""
    values = [
        0 if value is None else abs(value) if place is None else value[place]
        for value in parsed.values
    ]
    return np.array(values, dtype=np.int64)[parsed.codes]


def _code(empty: Reason, long: Reason) -> _Parse:
    def parse(value: Any) -> str | Reason:
        """Codes are exact: case and spaces matter. Whole numbers are written as such."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        if not text.strip() or text == "nan":
            return empty
        return text if len(text) <= LONGEST_CODE and "\x00" not in text else long

    return parse


def _moment(sales_map: SalesMap, today: date) -> _Parse:
    zone, form = sales_map.zone, sales_map.date.format

    def parse(value: Any) -> tuple[int, int] | Reason:
        try:
            moment = _local(_as_datetime(value, form), zone)
            millis = int(moment.astimezone(UTC).timestamp() * 1000)
        except (ValueError, TypeError, OverflowError):
            return Reason.DATE_FORM
        day = moment.date()
        if day < _EARLIEST:
            return Reason.DATE_FORM
        return Reason.DATE_FUTURE if day > today else (day.toordinal(), millis)

    return parse


def _as_datetime(value: Any, form: str | None) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no date")
    text = value.strip()
    # The zone comes with the map: a time without one is the shop's own.
    return datetime.strptime(text, form) if form else datetime.fromisoformat(text)  # noqa: DTZ007


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def _number(decimal: str) -> _Parse:
    def parse(value: Any) -> Decimal | Reason:
        """An exact amount above zero or below; a typed float by the shortest text that is it."""
        if isinstance(value, float) and value != value:
            return Reason.NO_PRICE
        if isinstance(value, bool):
            return Reason.PRICE_FORM
        text = repr(value) if isinstance(value, float) else str(value)
        if isinstance(value, str):
            text = text.strip().translate(_SPACES)
            if not text:
                return Reason.NO_PRICE
            if decimal == ",":
                text = text.replace(".", "x").replace(",", ".")
        if len(text) > 64 or not _DECIMAL.fullmatch(text):
            return Reason.PRICE_FORM
        amount = Decimal(text)
        return Reason.PRICE_ZERO if amount == 0 else amount

    return parse


def _quantity(number: _Parse) -> _Parse:
    def parse(value: Any) -> int | Reason:
        read = number(value)
        if isinstance(read, Reason):
            return _OF_QUANTITY[read]
        if read != read.to_integral_value():
            return Reason.QUANTITY_NOT_WHOLE
        return int(read) if abs(read) <= MOST_UNITS else Reason.TOO_LARGE

    return parse


_OF_QUANTITY = {
    Reason.NO_PRICE: Reason.NO_QUANTITY,
    Reason.PRICE_ZERO: Reason.QUANTITY_ZERO,
    Reason.PRICE_FORM: Reason.QUANTITY_FORM,
}


@dataclass(frozen=True, slots=True)
class _Sums:
    """Unit price and gross a row, in minor units, both positive."""

    unit_price: NDArray[np.int64]
    gross: NDArray[np.int64]
    reasons: NDArray[np.int8]


def _sums(prices: _Parsed, quantities: _Parsed, digits: int, *, whole_line: bool) -> _Sums:
    """Worked out once for each pair of price and quantity that stands in the file."""
    width = len(quantities.values)
    pairs, of_row = np.unique(
        prices.codes.astype(np.int64) * width + quantities.codes, return_inverse=True
    )
    one = _of_amount if whole_line else _of_price
    worked = [
        (0, 0, Reason.TAKEN)
        if (price := prices.values[pair // width]) is None
        or (quantity := quantities.values[pair % width]) is None
        else one(price, quantity, digits)
        for pair in pairs.tolist()
    ]
    table = np.array(worked, dtype=np.int64).reshape(-1, 3)[of_row]
    return _Sums(table[:, 0], table[:, 1], table[:, 2].astype(np.int8))


def _of_price(price: Decimal, quantity: int, digits: int) -> tuple[int, int, Reason]:
    """(unit price, gross, reason) of a line with a price for one unit."""
    if price < 0:
        return 0, 0, Reason.PRICE_NEGATIVE
    if price.adjusted() + digits > 12:
        return 0, 0, Reason.TOO_LARGE
    gross = half_up(price, abs(quantity), digits)
    if gross > MOST_MINOR:
        return 0, 0, Reason.TOO_LARGE
    return half_up(price, 1, digits), gross, Reason.TAKEN


def _of_amount(amount: Decimal, quantity: int, digits: int) -> tuple[int, int, Reason]:
    """(unit price, gross, reason) of a line with an amount for the whole of it."""
    if (amount < 0) != (quantity < 0):
        return 0, 0, Reason.PRICE_NEGATIVE if amount < 0 else Reason.SIGNS_DIFFER
    if amount.adjusted() + digits > 12:
        return 0, 0, Reason.TOO_LARGE
    gross = half_up(abs(amount), 1, digits)
    if gross > MOST_MINOR:
        return 0, 0, Reason.TOO_LARGE
    units = abs(quantity)
    return (2 * gross + units) // (2 * units), gross, Reason.TAKEN


def half_up(price: Decimal, units: int, digits: int) -> int:
    """price × units in minor units of `digits` decimals, half a unit rounded up; price ≥ 0."""
    _sign, figures, exponent = price.as_tuple()
    whole = int("".join(map(str, figures))) * units
    shift = int(exponent) + digits
    if shift >= 0:
        return whole * int(10**shift)
    scale = int(10**-shift)
    return (2 * whole + scale) // (2 * scale)


_Flags = NDArray[np.bool_]


def _returns(
    receipts: _Parsed, quantities: _Parsed, sales_map: SalesMap
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
    owners = _parse(column, _code(Reason.NO_OWNER, Reason.NO_OWNER), Reason.NO_OWNER)
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
