"""Reading a table that a person sends: nothing is trusted, everything has a limit."""

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ayil.kit.errors import AyilError, gettext_noop
from ayil.kit.tables.cells import as_it_was, plain

BIGGEST_FILE = 16 << 20  # bytes
MOST_ROWS = 100_000  # the header and empty rows between the others counted
MOST_COLUMNS = 100
LONGEST_CELL = 10_000  # letters
_BIGGEST_UNPACKED = 64 << 20  # bytes of all parts of an XLSX file
_MOST_PARTS = 500

_SEPARATORS = ",;\t"
_ZIP = b"PK\x03\x04"
_OTHERS = {
    b"\xd0\xcf\x11\xe0": gettext_noop(
        "%(file)s is an old Excel file (XLS). Save it as XLSX or CSV, and import that."
    ),
    b"%PDF": gettext_noop(
        "%(file)s is a PDF. Ask for the figures as CSV or XLSX, and import that."
    ),
    b"\x1f\x8b": gettext_noop("%(file)s is compressed (gzip). Unpack it first, and import that."),
}


@dataclass(frozen=True)
class Table:
    """The rows of a list as text, without spaces around; each row is as wide as the header.

    `lines[i]` is where row i stands in the file, the header being line 1: a line of the text in
    CSV, a row of the sheet in XLSX. Numbers are plain (1985, 12.5), days ISO (2012-06-05), truth
    is "true" and "false", and an empty cell is "". Empty rows are left out.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def read_table(data: bytes, name: str) -> Table:
    """The first sheet of a CSV or XLSX file; which it is, its first bytes say, not its name.

    CSV may be UTF-8, UTF-16 or CP1251, its fields parted by a comma, a semicolon or a tab. Raises
    AyilError, which names the file, the line and what to do.
    """
    if len(data) > BIGGEST_FILE:
        raise AyilError(
            gettext_noop(
                "%(file)s is bigger than %(limit)s MB. Keep only the list in it, or part it in two."
            ),
            file=name,
            limit=BIGGEST_FILE >> 20,
        )
    for magic, words in _OTHERS.items():
        if data.startswith(magic):
            raise AyilError(words, file=name)
    rows = _xlsx_rows(data, name) if data.startswith(_ZIP) else _csv_rows(data, name)
    return _as_table(rows, name)


def _csv_rows(data: bytes, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    text = _decoded(data, name)
    separator = _separator(text)
    lines = io.StringIO(text, newline="")
    start = 1
    if text[:4].lower() == "sep=":  # a first line by which Excel is told the separator
        lines.readline()
        start = 2
    skipped = start - 1
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for row in reader:
            yield start, [as_it_was(cell) for cell in row]
            start = skipped + reader.line_num + 1
    except csv.Error as error:
        raise AyilError(
            gettext_noop(
                "%(file)s, line %(start)s: this is no table of text (%(error)s). The file "
                "is cut off there, or no CSV: export it again."
            ),
            file=name,
            start=start,
            error=error,
        ) from error


def _decoded(data: bytes, name: str) -> str:
    """The text; UTF-8 unless its bytes say otherwise. What is not UTF-8 is Windows' Cyrillic."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise AyilError(
        gettext_noop(
            "%(file)s is no list that can be read: neither XLSX nor text in UTF-8, UTF-16 or "
            "CP1251. Save it as XLSX or as «CSV UTF-8», and import that."
        ),
        file=name,
    )


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    # Without a mark: each letter of a header in Latin, each comma and line end has one zero byte.
    if b"\0" in data[1:400:2] and b"\0" not in data[0:400:2]:
        return ("utf-16-le",)
    if b"\0" in data[0:400:2] and b"\0" not in data[1:400:2]:
        return ("utf-16-be",)
    return ("utf-8-sig", "cp1251")


def _separator(text: str) -> str:
    """What parts the first line in most fields; a comma where nothing does."""
    if text[:4].lower() == "sep=" and text[4:5] in tuple(_SEPARATORS):
        return text[4]
    first = io.StringIO(text, newline="").readline()

    def fields(separator: str) -> int:
        try:
            return len(next(csv.reader([first], delimiter=separator), ()))
        except csv.Error:
            return 0

    return max(_SEPARATORS, key=fields)


def _xlsx_rows(data: bytes, name: str) -> Iterator[tuple[int, Sequence[Any]]]:
    try:
        _refuse_bombs(data, name)
        with warnings.catch_warnings():
            # What a sheet has beside its cells (colours, drop-downs) is of no use here.
            warnings.simplefilter("ignore", UserWarning)
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            try:
                sheet = book.worksheets[0]
                sheet.reset_dimensions()  # some programs write a wrong size: rows would be lost
                # One column more than may be, so that a wider row is seen and not built.
                rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
                yield from enumerate(rows, 1)
            finally:
                book.close()
    except (
        InvalidFileException, zipfile.BadZipFile, zlib.error, expat.ExpatError, SyntaxError,
        OSError, EOFError, LookupError, ValueError, TypeError, AttributeError, RuntimeError,
    ) as error:  # fmt: skip
        raise AyilError(
            gettext_noop(
                "%(file)s is not a whole XLSX file (%(error)s). It may be cut off: save or "
                "fetch it again."
            ),
            file=name,
            error=error,
        ) from error


def _refuse_bombs(data: bytes, name: str) -> None:
    """Raises AyilError where a small file unpacks to a huge one, or its XML could grow."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        entries = parts.infolist()
        # A part is never unpacked past the size that it states, so their sum is a bound.
        if len(entries) > _MOST_PARTS or sum(e.file_size for e in entries) > _BIGGEST_UNPACKED:
            raise AyilError(
                gettext_noop(
                    "%(file)s holds far more than its list. Copy the list into a new file, save "
                    "that as XLSX or CSV, and import it."
                ),
                file=name,
            )
        for entry in entries:
            if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                with parts.open(entry) as part:
                    _refuse_declarations(part, name)


def _refuse_declarations(part: Any, name: str) -> None:
    """A document type may declare entities that grow without end; no spreadsheet has one."""
    parser = expat.ParserCreate()
    seen: list[str] = []
    parser.StartDoctypeDeclHandler = lambda *_words: seen.append("doctype")
    parser.StartElementHandler = lambda *_words: seen.append("element")
    while not seen and (chunk := part.read(1 << 16)):
        parser.Parse(chunk)
    if "doctype" in seen:
        raise AyilError(
            gettext_noop(
                "%(file)s was not made by a spreadsheet program (it declares a document type). "
                "Save the list as XLSX or CSV, and import that."
            ),
            file=name,
        )


def _as_table(rows: Iterator[tuple[int, Sequence[Any]]], name: str) -> Table:
    filled = _filled(rows, name)
    _line, header = next(filled, (0, ()))
    if not header:
        raise AyilError(
            gettext_noop("%(file)s has no header. Its first line must name the columns."), file=name
        )
    named = [column for column in header if column]
    for place, column in enumerate(named):
        if column in named[:place]:
            raise AyilError(
                gettext_noop(
                    "%(file)s: the column «%(column)s» stands twice in the header. "
                    "Rename one of them."
                ),
                file=name,
                column=column,
            )
    kept, lines = [], []
    for line, row in filled:
        if len(row) > len(header):
            raise AyilError(
                gettext_noop(
                    "%(file)s, line %(line)s: «%(cell)s» stands under no column of the header. "
                    "Name its column in the first line, or take it away."
                ),
                file=name,
                line=line,
                cell=row[-1][:40],
            )
        kept.append(row + ("",) * (len(header) - len(row)))
        lines.append(line)
    return Table(header, tuple(kept), tuple(lines))


def _filled(
    rows: Iterator[tuple[int, Sequence[Any]]], name: str
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows that hold something, as text, without the empty cells at their end."""
    for number, (line, row) in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise _past_a_limit(
                gettext_noop(
                    "%(file)s has more than %(limit)s rows. Delete the empty rows below the "
                    "list, or part the file in two."
                ),
                name,
                MOST_ROWS,
            )
        cells = [plain(cell).strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise _past_a_limit(
                gettext_noop(
                    "%(file)s, line %(line)s: there are more than %(limit)s columns. Keep only "
                    "those that are to be imported."
                ),
                name,
                MOST_COLUMNS,
                line,
            )
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise _past_a_limit(
                gettext_noop(
                    "%(file)s, line %(line)s: a cell holds more than %(limit)s letters. Shorten it."
                ),
                name,
                LONGEST_CELL,
                line,
            )
        if cells:
            yield line, tuple(cells)


def _past_a_limit(words: str, name: str, limit: int, line: int = 0) -> AyilError:
    return AyilError(words, file=name, limit=limit, line=line)
