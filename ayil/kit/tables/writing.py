"""Writing a table: a file that opens in a spreadsheet with each text as text."""

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from ayil.kit.tables.cells import LARGEST_EXACT, TypeOfCell, harmless, plain

# What XML cannot hold; a spreadsheet with one of them would not open.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_XLSX_CELL = 32_767
_WIDEST_COLUMN = 60  # letters


def write_csv(header: Sequence[str], rows: Iterable[Sequence[TypeOfCell]]) -> bytes:
    """A CSV file in UTF-8 with its mark, so that Excel reads the letters; reads back the same.

    Text that a spreadsheet would take for a formula gets an apostrophe before it, which
    `read_table` takes away again; numbers stay numbers.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    for row in _checked(header, rows):
        writer.writerow([_csv_cell(cell) for cell in row])
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8", "replace")


def write_xlsx(
    header: Sequence[str],
    rows: Iterable[Sequence[TypeOfCell]],
    *,
    title: str = "1",
    notes: Sequence[Sequence[str]] = (),
) -> bytes:
    """An XLSX file of one sheet; text is kept as text, whatever it begins with.

    `notes` are rows of a second sheet, which `read_table` never looks at: what a reader should
    know. Raises ValueError where a text is longer than a cell of Excel may be.
    """
    book = openpyxl.Workbook(write_only=True)
    _write_sheet(book, title, [tuple(row) for row in _checked(header, rows)])
    if notes:
        _write_sheet(book, "i", [tuple(row) for row in notes])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_sheet(book: Any, title: str, kept: Sequence[Sequence[TypeOfCell]]) -> None:
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_widths(kept), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(kept):
        cells = [_xlsx_cell(sheet, cell) for cell in row]
        if number == 0:
            for cell in cells:
                cell.font = Font(bold=True)
        sheet.append(cells)


def _checked(
    header: Sequence[str], rows: Iterable[Sequence[TypeOfCell]]
) -> Iterator[Sequence[TypeOfCell]]:
    yield header
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"A row has {len(row)} cells, the header {len(header)}.")
        yield row


def _csv_cell(value: TypeOfCell) -> str:
    text = plain(value)
    # A number of ours is a number, also one below zero.
    is_number = isinstance(value, int | float | Decimal)
    return text if is_number else harmless(text)


def _xlsx_cell(sheet: Any, value: TypeOfCell) -> Any:
    if isinstance(value, bool) or not _is_exact(value):
        value = plain(value)
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)  # type: ignore[arg-type] # it keeps each of these
    text = _NOT_IN_XML.sub("\ufffd", value)
    if len(text) > _LONGEST_XLSX_CELL:
        raise ValueError(f"A cell of XLSX holds {_LONGEST_XLSX_CELL} letters, not {len(text)}.")
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # else "=1+1" would be a formula, and "#N/A" an error
    cell.quotePrefix = True  # so that it stays text when a person edits the cell
    return cell


def _is_exact(value: TypeOfCell) -> bool:
    """Whether Excel, which keeps 15 digits and knows no zone, would keep the value as it is."""
    match value:
        case int():
            return abs(value) <= LARGEST_EXACT
        case float():
            return math.isfinite(value)
        case Decimal():
            return value.is_finite() and len(value.as_tuple().digits) <= 15
        case datetime() | time():
            return value.tzinfo is None
        case _:
            return True


def _widths(rows: Sequence[Sequence[TypeOfCell]]) -> Iterator[int]:
    for column in zip(*rows, strict=True):
        yield min(_WIDEST_COLUMN, max(len(plain(cell)) for cell in column) + 2)
