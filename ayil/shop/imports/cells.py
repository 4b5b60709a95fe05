"""Cells of a file of trade: what each value says, worked out once a value and not once a row."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ayil.shop.imports.maps import SalesMap
from ayil.shop.imports.reasons import Reason
from ayil.shop.imports.sheets import Column

LONGEST_CODE = 60  # of an item and a receipt: what a label and a till's event hold
MOST_UNITS = 10**9
MOST_MINOR = 10**11  # of one line: a thousand of these are still an amount a till may say
_EARLIEST = date(1970, 1, 1)
_DECIMAL = re.compile(r"[+-]?(\d{1,40}(\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,2})?", re.ASCII)
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")  # as they part thousands


Parse = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A column's values as read, one a value and one more for an empty cell, with the reasons."""

    codes: NDArray[np.int32]
    values: list[Any]
    reasons: NDArray[np.int8]

    @property
    def by_row(self) -> NDArray[np.int8]:
        return self.reasons[self.codes]


def read_column(column: Column, parse: Parse, empty: Reason) -> Parsed:
    read = [parse(value) for value in column.values]
    values = [*(None if isinstance(value, Reason) else value for value in read), None]
    reasons = [*(value if isinstance(value, Reason) else Reason.TAKEN for value in read), empty]
    codes = np.where(column.codes < 0, len(read), column.codes).astype(np.int32)
    return Parsed(codes, values, np.array(reasons, dtype=np.int8))


def picked(parsed: Parsed, place: int | None = None) -> NDArray[np.int64]:
    """A parsed column as numbers a row: 0 where nothing could be read, the size else."""
    values = [
        0 if value is None else abs(value) if place is None else value[place]
        for value in parsed.values
    ]
    return np.array(values, dtype=np.int64)[parsed.codes]


def as_code(empty: Reason, long: Reason) -> Parse:
    def parse(value: Any) -> str | Reason:
        """Codes are exact: case and spaces matter. Whole numbers are written as such."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        if not text.strip() or text == "nan":
            return empty
        return text if len(text) <= LONGEST_CODE and "\x00" not in text else long

    return parse


def as_moment(sales_map: SalesMap, today: date) -> Parse:
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


def as_number(decimal: str) -> Parse:
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


def as_quantity(number: Parse) -> Parse:
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
class LineSums:
    """Unit price and gross a row, in minor units, both positive."""

    unit_price: NDArray[np.int64]
    gross: NDArray[np.int64]
    reasons: NDArray[np.int8]


def line_sums(prices: Parsed, quantities: Parsed, digits: int, *, whole_line: bool) -> LineSums:
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
    return LineSums(table[:, 0], table[:, 1], table[:, 2].astype(np.int8))


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
