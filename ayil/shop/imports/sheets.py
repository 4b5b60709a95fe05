"""Files of trade as columns: CSV, Parquet and XLSX, told apart by their first bytes.

A column is kept as its different values and, for each row, which of them it holds: whatever has
to be said of a value is then worked out once a value, not once a row.
"""

import codecs
import csv
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from openpyxl.utils.exceptions import InvalidFileException

from ayil.kit.errors import AyilError, gettext_noop
from ayil.shop.imports.maps import FileForm

_BIGGEST_CELL = 1 << 20
_PARQUET, _ZIP = b"PAR1", b"PK\x03\x04"
_OTHERS = {
    b"\xd0\xcf\x11\xe0": gettext_noop(
        "%(file)s is an old Excel file (XLS). Save it as XLSX or CSV, and import that."
    ),
    b"%PDF": gettext_noop(
        "%(file)s is a PDF. Ask for the figures as CSV or XLSX, and import that."
    ),
    b"\x1f\x8b": gettext_noop("%(file)s is compressed (gzip). Unpack it first, and import that."),
}
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Column:
    """`values[codes[i]]` is what row i holds; a code of -1 says that it holds nothing."""

    header: str
    codes: NDArray[np.int32]
    values: list[Any]

    def at(self, row: int) -> Any:
        code = int(self.codes[row])
        return None if code < 0 else self.values[code]


@dataclass(frozen=True)
class Sheet:
    """The columns that were asked for, by role, and each row's line number in the file.

    A line of CSV is a line of the text, of XLSX a row of the sheet (the header is line 1 in both);
    of Parquet, which has no header, a row from 1.
    """

    source: str
    lines: NDArray[np.int64]
    columns: Mapping[str, Column]


class Chooser(Protocol):
    """Says, by the header, which columns to read: role to column name."""

    def __call__(self, header: Sequence[str], /) -> Mapping[str, str]: ...


def read_sheet(path: Path, form: FileForm, choose: Chooser) -> Sheet:
    """The chosen columns of a file; raises AyilError, which names file, place and remedy."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise AyilError(
            gettext_noop("%(path)s cannot be read: %(error)s. Check its name."),
            path=path,
            error=error.strerror,
        ) from error
    if not head:
        raise AyilError(gettext_noop("%(file)s is empty. Export it again."), file=path.name)
    for magic, what in _OTHERS.items():
        if head.startswith(magic):
            raise AyilError(what, file=path.name)
    if head.startswith(_PARQUET) or path.suffix.lower() == ".parquet":
        return _read_parquet(path, choose)
    if head.startswith(_ZIP) or path.suffix.lower() == ".xlsx":
        return _read_xlsx(path, form, choose)
    return _read_csv(path, form, choose)


def _read_parquet(path: Path, choose: Chooser) -> Sheet:
    try:
        with pq.ParquetFile(path) as file:
            chosen = choose(_checked_header(path, list(file.schema_arrow.names)))
            table = file.read(columns=sorted(set(chosen.values())))
    except (pa.ArrowException, OSError, EOFError) as error:
        raise AyilError(
            gettext_noop(
                "%(file)s is not a whole Parquet file (%(error)s). It may be cut off: "
                "fetch or export it again."
            ),
            file=path.name,
            error=str(error).splitlines()[0].rstrip("."),
        ) from error
    columns = {role: _arrow_column(path, name, table[name]) for role, name in chosen.items()}
    return Sheet(path.name, np.arange(1, table.num_rows + 1), columns)


def _arrow_column(path: Path, name: str, column: Any) -> Column:
    if pa.types.is_null(column.type):
        return Column(name, np.full(len(column), -1, dtype=np.int32), [])
    try:
        coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        coded = coded.unify_dictionaries().combine_chunks()
        if isinstance(coded, pa.ChunkedArray):
            coded = coded.chunk(0) if coded.num_chunks else pa.array([], coded.type)
        values = coded.dictionary
        if pa.types.is_timestamp(values.type):
            values = values.cast(pa.timestamp("us", values.type.tz), safe=False)
        codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    except (pa.ArrowException, NotImplementedError) as error:
        raise AyilError(
            gettext_noop(
                "%(file)s: the column «%(name)s» is %(type)s, not plain values. Export it "
                "as text, numbers or dates."
            ),
            file=path.name,
            name=name,
            type=column.type,
        ) from error
    return Column(name, codes, values.to_pylist())


def _read_xlsx(path: Path, form: FileForm, choose: Chooser) -> Sheet:
    try:
        with warnings.catch_warnings():
            # What a sheet has beside its cells (colours, drop-downs) is of no use here.
            warnings.simplefilter("ignore", UserWarning)
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            try:
                return _from_rows(path, _sheet_rows(path, book, form), choose)
            finally:
                book.close()
    except (
        InvalidFileException, zipfile.BadZipFile, KeyError, EOFError, OSError, ValueError,
        SyntaxError, zlib.error,
    ) as error:  # fmt: skip
        raise AyilError(
            gettext_noop(
                "%(file)s is not a whole XLSX file (%(error)s). It may be cut off: save or "
                "fetch it again."
            ),
            file=path.name,
            error=error,
        ) from error


def _sheet_rows(path: Path, book: Any, form: FileForm) -> Iterator[tuple[int, Sequence[Any]]]:
    if form.sheet is not None and form.sheet not in book.sheetnames:
        raise AyilError(
            gettext_noop(
                "%(file)s has no sheet «%(sheet)s»; it has %(sheets)s. Name one under "
                "[file] sheet in the map."
            ),
            file=path.name,
            sheet=form.sheet,
            sheets=", ".join(book.sheetnames),
        )
    sheet = book[form.sheet] if form.sheet is not None else book.worksheets[0]
    sheet.reset_dimensions()  # some programs write a wrong size, and rows would be lost
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if any(cell is not None for cell in row):
            yield number, row


def _read_csv(path: Path, form: FileForm, choose: Chooser) -> Sheet:
    encoding = _encoding(path, form)
    try:
        with path.open(encoding=encoding, newline="") as file:
            first = file.readline()
            delimiter = form.delimiter or max(",;\t|", key=first.count)
            reader = csv.reader(chain([first], file), delimiter=delimiter, strict=True)
            csv.field_size_limit(_BIGGEST_CELL)
            return _from_rows(path, _csv_rows(path, reader, delimiter), choose)
    except UnicodeError as error:
        raise AyilError(
            gettext_noop(
                "%(file)s is not written in %(encoding)s (about line %(line)s). Name its "
                "encoding under [file] encoding in the map, such as cp1251 or utf-16."
            ),
            file=path.name,
            encoding=encoding.removesuffix("-sig"),
            line=_bad_line(path, encoding),
        ) from error


def _encoding(path: Path, form: FileForm) -> str:
    with path.open("rb") as file:
        mark = file.read(2)
    if mark in _MARKS:
        return _MARKS[mark]
    try:
        known = codecs.lookup(form.encoding).name
    except LookupError:
        raise AyilError(
            gettext_noop(
                "The encoding '%(encoding)s' is not known. Write it like utf-8 or cp1251."
            ),
            encoding=form.encoding,
        ) from None
    return "utf-8-sig" if known == "utf-8" else known


def _bad_line(path: Path, encoding: str) -> int:
    """The first line that does not decode, counted in line ends; 0 where it cannot be told."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                decoder.decode(line)
            except UnicodeError:
                return number
    return 0


def _csv_rows(path: Path, reader: Any, delimiter: str) -> Iterator[tuple[int, Sequence[Any]]]:
    """Records with the line each starts on; one of another width ends the reading."""
    width, start = None, 1
    try:
        for row in reader:
            if row:
                width = width or len(row)
                if len(row) != width:
                    raise AyilError(
                        gettext_noop(
                            "%(file)s, line %(start)s: %(fields)s fields, but the header "
                            "has %(width)s. The file is cut off there, or «%(delimiter)s» "
                            "is not what parts its fields: export it again, or name [file] "
                            "delimiter in the map."
                        ),
                        file=path.name,
                        start=start,
                        fields=len(row),
                        width=width,
                        delimiter=delimiter,
                    )
                yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        raise AyilError(
            gettext_noop(
                "%(file)s, line %(start)s: this is no table of text (%(error)s). The file "
                "is cut off there, or no CSV: export it again."
            ),
            file=path.name,
            start=start,
            error=error,
        ) from error


def _from_rows(path: Path, rows: Iterator[tuple[int, Sequence[Any]]], choose: Chooser) -> Sheet:
    _line, head = next(rows, (0, ()))
    header = _checked_header(path, ["" if name is None else str(name).strip() for name in head])
    chosen = choose(header)
    places = {role: header.index(name) for role, name in chosen.items()}
    lines: list[int] = []
    coders = {place: _Coder() for place in set(places.values())}
    for number, row in rows:
        lines.append(number)
        for place, coder in coders.items():
            coder.take(row[place] if place < len(row) else None)
    made = {place: coder.column(header[place]) for place, coder in coders.items()}
    return Sheet(
        path.name,
        np.array(lines, dtype=np.int64),
        {role: made[place] for role, place in places.items()},
    )


class _Coder:
    """Collects a column: values get codes in the order in which they first come."""

    def __init__(self) -> None:
        self.known: dict[tuple[type, Any], int] = {}
        self.codes: list[int] = []

    def take(self, value: Any) -> None:
        if value is None or value == "":
            self.codes.append(-1)
        else:
            # With its type: 1, 1.0 and True are equal, and are not the same cell.
            self.codes.append(self.known.setdefault((type(value), value), len(self.known)))

    def column(self, header: str) -> Column:
        values = [value for _kind, value in self.known]
        return Column(header, np.array(self.codes, dtype=np.int32), values)


def _checked_header(path: Path, header: list[str]) -> list[str]:
    named = [name for name in header if name]
    if not named:
        raise AyilError(
            gettext_noop("%(file)s has no header. Its first line must name the columns."),
            file=path.name,
        )
    twice = sorted(_twice(named))
    if twice:
        raise AyilError(
            gettext_noop(
                "%(file)s: the column «%(column)s» stands twice in the header. Rename one of them."
            ),
            file=path.name,
            column=twice[0],
        )
    return header


def _twice(names: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {name for name in names if name in seen or seen.add(name)}  # type: ignore[func-returns-value]
