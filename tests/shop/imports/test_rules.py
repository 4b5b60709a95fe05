"""Every line is taken or refused with its reason; amounts are exact."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.shop.imports.cells import half_up
from ayil.shop.imports.maps import SalesMap, read_map
from ayil.shop.imports.reasons import Reason
from ayil.shop.imports.rules import Checked, check, dealt_to
from ayil.shop.imports.sheets import read_sheet
from tests.shop.imports.files import MAP, csv_file, map_file, parquet_file, row

TODAY = date(2013, 4, 1)


def checked(folder: Path, rows: Sequence[Sequence[Any]], text: str = MAP) -> Checked:
    """The rows as CSV, or as Parquet where a cell is no text."""
    plain = all(isinstance(cell, str | int) for cells in rows for cell in cells)
    path = (csv_file if plain else parquet_file)(folder / "чеки", rows)
    source = read_map(map_file(folder, text))
    found: SalesMap = source.map or pytest.fail("no map")
    sheet = read_sheet(path, source.form, lambda header, /: source.complete(header, "").roles())
    return check(sheet, found, minor_digits=2, today=TODAY)


def reason(folder: Path, line: Sequence[Any], text: str = MAP) -> Reason:
    return Reason(int(checked(folder, [line], text).reasons[0]))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (row(), Reason.TAKEN),
        (row(item=""), Reason.NO_ITEM),
        (row(item="  "), Reason.NO_ITEM),
        (row(item="s" * 61), Reason.LONG_ITEM),
        (row(receipt=""), Reason.NO_RECEIPT),
        (row(receipt="9" * 61), Reason.LONG_RECEIPT),
        (row(owner=""), Reason.NO_OWNER),
        (row(price=""), Reason.NO_PRICE),
        (row(price="0"), Reason.PRICE_ZERO),
        (row(price="0.000"), Reason.PRICE_ZERO),
        (row(price="-5"), Reason.PRICE_NEGATIVE),
        (row(price="85,25"), Reason.PRICE_FORM),
        (row(price="85.25 som"), Reason.PRICE_FORM),
        (row(price="nan"), Reason.PRICE_FORM),
        (row(price="1e99"), Reason.TOO_LARGE),
        (row(price=str(2**70)), Reason.TOO_LARGE),
        (row(price="1" * 100), Reason.PRICE_FORM),
        (row(price="0.001"), Reason.TAKEN),
        (row(price=" 1 085.25"), Reason.TAKEN),
        (row(quantity=""), Reason.NO_QUANTITY),
        (row(quantity="0"), Reason.QUANTITY_ZERO),
        (row(quantity="1.5"), Reason.QUANTITY_NOT_WHOLE),
        (row(quantity="3.00"), Reason.TAKEN),
        (row(quantity="three"), Reason.QUANTITY_FORM),
        (row(quantity=str(2**70)), Reason.TOO_LARGE),
        (row(quantity="1000000000", price="1"), Reason.TAKEN),
        (row(quantity="1000000000", price="1.01"), Reason.TOO_LARGE),
        (row(quantity="-1"), Reason.QUANTITY_NEGATIVE),
        (row(receipt="В1", quantity="-1"), Reason.TAKEN),
        (row(when=""), Reason.NO_DATE),
        (row(when="2012-07-02 12:00"), Reason.DATE_FORM),
        (row(when="31.02.2012 12:00"), Reason.DATE_FORM),
        (row(when="02.07.0012 12:00"), Reason.DATE_FORM),
        (row(when="02.04.2013 00:00"), Reason.DATE_FUTURE),
    ],
)
def test_a_line_is_taken_or_refused_with_its_reason(
    tmp_path: Path, line: list[Any], expected: Reason
) -> None:
    assert reason(tmp_path, line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (row(price=85.25), Reason.TAKEN),
        (row(price=float("nan")), Reason.NO_PRICE),
        (row(price=float("inf")), Reason.PRICE_FORM),
        (row(price=None), Reason.NO_PRICE),
        (row(quantity=2.0), Reason.TAKEN),
        (row(quantity=2.5), Reason.QUANTITY_NOT_WHOLE),
        (row(when=datetime(2012, 7, 2, 12, tzinfo=UTC)), Reason.TAKEN),
        (row(when=date(2012, 7, 2)), Reason.TAKEN),
        (row(when=41_092.5), Reason.DATE_FORM),
        (row(item=22041, price=1.0), Reason.TAKEN),
        (row(item=22041.0), Reason.TAKEN),
        (row(item=None, price=1.0), Reason.NO_ITEM),
    ],
)
def test_typed_cells_are_taken_or_refused_alike(
    tmp_path: Path, line: list[Any], expected: Reason
) -> None:
    assert reason(tmp_path, line) == expected


def test_whole_numbers_as_codes_are_written_without_a_point(tmp_path: Path) -> None:
    taken = checked(tmp_path, [row(item=22041.0, price=1.0)]).taken
    assert taken.items[taken.item[0]] == "22041"


def test_a_price_of_a_thousandth_is_a_sale_of_nothing(tmp_path: Path) -> None:
    taken = checked(tmp_path, [row(price=0.001), row(price=0.001, quantity=5)]).taken
    assert taken.gross.tolist() == [0, 1]  # a tenth of a tyiyn, and half of one


def test_a_decimal_comma_is_read_where_the_map_says_so(tmp_path: Path) -> None:
    text = '[file]\ndecimal = ","\n' + MAP
    found = checked(tmp_path, [row(price="1 085,25"), row(price="1.085,25")], text)
    assert found.taken.gross.tolist() == [108_525]
    assert found.reasons.tolist() == [Reason.TAKEN, Reason.PRICE_FORM]


def test_the_business_day_is_the_day_where_the_shop_is(tmp_path: Path) -> None:
    late = datetime(2012, 7, 2, 18, 30, tzinfo=UTC)  # half past midnight in Karakol
    found = checked(tmp_path, [row(when=late)]).taken
    assert date.fromordinal(int(found.day[0])) == date(2012, 7, 3)
    assert found.moment[0] == late.timestamp() * 1000


@pytest.mark.parametrize(
    ("returns", "lines", "expected"),
    [
        ('prefix = "В"', [("В1", -2), ("1", 2)], [True, False]),
        ('prefix = "В"\nquantities = "positive"', [("В1", 2), ("1", 2)], [True, False]),
        ("negative_quantities = true", [("1", -2), ("1", 2)], [True, False]),
        ("", [("1", 2)], [False]),
    ],
)
def test_returns_are_told_as_the_map_says(
    tmp_path: Path, returns: str, lines: list[tuple[str, int]], expected: list[bool]
) -> None:
    text = MAP.replace('prefix = "В"', returns)
    found = checked(tmp_path, [row(number, quantity=units) for number, units in lines], text)
    assert found.taken.refund.tolist() == expected
    assert (found.taken.quantity > 0).all()


def test_a_positive_line_on_a_return_is_a_sale_and_is_noted(tmp_path: Path) -> None:
    found = checked(tmp_path, [row("В1", quantity=-2), row("В1", quantity=1)])
    assert found.taken.refund.tolist() == [True, False]
    assert found.turned == 1


@pytest.mark.parametrize(("sign", "expected"), [(1, Reason.QUANTITY_NEGATIVE), (-1, Reason.TAKEN)])
def test_a_sign_that_fits_no_rule_is_refused(tmp_path: Path, sign: int, expected: Reason) -> None:
    positive = MAP.replace('prefix = "В"', 'prefix = "В"\nquantities = "positive"')
    assert reason(tmp_path, row("В1", quantity=-sign), positive) == expected


def test_an_amount_is_for_the_whole_line(tmp_path: Path) -> None:
    text = MAP.replace('price = "Цена"', 'amount = "Цена"')
    lines = [
        row(quantity=3, price="100"),
        row("В1", quantity=-2, price="-5.01"),
        row(quantity=2, price="-5"),
        row("В1", quantity=-2, price="5"),
    ]
    found = checked(tmp_path, lines, text)
    assert found.taken.gross.tolist() == [10_000, 501]
    assert found.taken.unit_price.tolist() == [3_333, 251]
    assert found.reasons[2:].tolist() == [Reason.PRICE_NEGATIVE, Reason.SIGNS_DIFFER]


def test_an_item_belongs_to_the_owner_of_its_first_good_line(tmp_path: Path) -> None:
    lines = [
        row(owner="Somebody", price="0"),
        row(owner="Tamga soap"),
        row(owner="Somebody"),
        row(item="honey-jar", owner="Somebody"),
    ]
    assert checked(tmp_path, lines).reasons.tolist() == [
        Reason.PRICE_ZERO, Reason.TAKEN, Reason.OTHER_OWNER, Reason.TAKEN,
    ]  # fmt: skip


def test_a_row_has_its_first_reason_only(tmp_path: Path) -> None:
    assert reason(tmp_path, row(item="", price="0", quantity="0")) == Reason.NO_ITEM


@given(
    price=st.decimals(min_value=0, max_value=10_000, places=5),
    units=st.integers(1, 10_000),
    digits=st.sampled_from([0, 2]),
)
def test_amounts_are_rounded_half_up_once_a_line(price: Decimal, units: int, digits: int) -> None:
    exact = (price * units).scaleb(digits).quantize(Decimal(1), ROUND_HALF_UP)
    assert half_up(price, units, digits) == exact


@given(st.floats(min_value=0.0001, max_value=99_999, allow_nan=False))
def test_a_typed_price_is_the_shortest_decimal_that_is_it(price: float) -> None:
    exact = Decimal(repr(price)).scaleb(2).quantize(Decimal(1), ROUND_HALF_UP)
    assert half_up(Decimal(repr(price)), 1, 2) == exact


def test_items_are_dealt_out_for_good() -> None:
    assert [dealt_to(code, 200) for code in ("85048", "79323P", "79323p")] == [60, 93, 43]
    assert {dealt_to(str(code), 3) for code in range(100)} == {1, 2, 3}
