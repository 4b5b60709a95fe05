"""From a file to the cells of known columns, with what is wrong in which line and column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.kit.lists.cells import in_words, written
from ayil.kit.lists.columns import EXAMPLE, Columns
from ayil.kit.lists.plan import Fault
from ayil.kit.tables import read_table

MOST_ROWS = 20_000
_EXAMPLES = tuple(EXAMPLE.values())

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Sheet:
    """The rows of a list as text by column, each with its line in the file."""

    columns: Columns
    headings: Mapping[str, str]  # the columns that are there, as the file calls them
    rows: Sequence[tuple[int, Mapping[str, str]]]
    left_out: Sequence[str]
    faults: Sequence[Fault]
    examples: int


def read_sheet(data: bytes, name: str, columns: Columns, *, most: int = MOST_ROWS) -> Sheet:
    """The list in a CSV or XLSX file; raises AyilError where it is no list of this kind.

    Rows that are examples of the list to fill in are left out and counted.
    """
    table = read_table(data, name)
    if len(table.rows) > most:
        raise AyilError(
            _("%(file)s has more than %(most)s rows. Part it in two.")
            % {"file": name, "most": most}
        )
    places, left_out, faults = _places(table.header, columns)
    for column in columns.needed:
        if column not in places:
            known = "», «".join(dict.fromkeys(one[0] for one in columns.names[column].values()))
            raise AyilError(
                _("%(file)s lacks a column. Call it «%(known)s» in the first line.")
                % {"file": name, "known": known}
            )
    rows = [
        (line, {column: cells[place] for column, place in places.items()})
        for line, cells in zip(table.lines, table.rows, strict=True)
    ]
    first = next(iter(columns.names))
    kept = [row for row in rows if not row[1].get(first, "").startswith(_EXAMPLES)]
    headings = {column: table.header[place] for column, place in places.items()}
    return Sheet(columns, headings, kept, left_out, faults, len(rows) - len(kept))


def _places(
    header: Sequence[str], columns: Columns
) -> tuple[dict[str, int], list[str], list[Fault]]:
    """Where each column stands; the headings that nobody knows; columns that stand twice."""
    places: dict[str, int] = {}
    left_out, faults = [], []
    for place, heading in enumerate(header):
        column = columns.of(heading)
        if column is None:
            left_out += [heading] if heading else []
        elif column in places:
            words = _("This says the same as the column «%(other)s». Take one of them away.")
            faults.append(Fault(1, heading, words % {"other": header[places[column]]}))
        else:
            places[column] = place
    return places, left_out, faults


class Reader:
    """Reads cell after cell and keeps what is wrong; a cell that cannot be read counts as empty."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.faults: list[Fault] = list(sheet.faults)
        self.line = 0
        self._cells: Mapping[str, str] = {}

    def turn_to(self, line: int, cells: Mapping[str, str]) -> None:
        """From here on `take` and `text` are asked of this row."""
        self.line, self._cells = line, cells

    def take(self, column: str, read: Callable[[str], _Value], otherwise: _Value) -> _Value:
        """The cell as `read` reads it; its AyilError becomes a fault of this cell."""
        try:
            return read(self._cells.get(column, ""))
        except AyilError as error:
            self.fault(column, in_words(error))
            return otherwise

    def text(self, column: str, longest: int) -> str:
        """The cell on one line; a fault where it is longer than the record holds."""
        text = written(self._cells.get(column, ""))
        if len(text) > longest:
            words = _("This is longer than %(longest)s letters. Shorten it.")
            self.fault(column, words % {"longest": longest})
        return text[:longest]

    def answer(self, column: str) -> str:
        return self.take(column, lambda cell: self.sheet.columns.answer(column, cell), "")

    def has(self, column: str) -> bool:
        """Whether the list has the column at all."""
        return column in self.sheet.headings

    def fault(self, column: str, words: str, line: int = 0) -> None:
        heading = self.sheet.headings.get(column, "")
        self.faults.append(Fault(line or self.line, heading, words))

    @property
    def sorted_faults(self) -> list[Fault]:
        return sorted(self.faults, key=lambda fault: (fault.line, fault.column))
