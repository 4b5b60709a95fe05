"""A list as a file: filled from the records, or empty with examples and explanations."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from ayil.kit.lists.cells import written
from ayil.kit.lists.columns import EXAMPLE, Columns
from ayil.kit.tables import TypeOfCell, write_csv, write_xlsx

Row = Mapping[str, TypeOfCell]
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def list_file(columns: Columns, rows: Iterable[Row], *, language: str, form: str) -> bytes:
    """The rows under the columns' names in a language, as "csv" or "xlsx"."""
    header = [columns.heading(column, language) for column in columns.names]
    cells = ([_cell(row.get(column)) for column in columns.names] for row in rows)
    if form == "csv":
        return write_csv(header, cells)
    return write_xlsx(header, cells, notes=_explained(columns, language))


def _cell(value: TypeOfCell) -> TypeOfCell:
    return written(value) if isinstance(value, str) else value


def list_to_fill_in(columns: Columns, *, language: str, form: str) -> bytes:
    """The columns' names and rows as an example, which an import leaves out; in XLSX a second
    sheet says of each column what to write."""
    first = next(iter(columns.names))
    rows = [
        {**row, first: f"{EXAMPLE[language]} {row.get(first, '')}"}
        for row in columns.examples[language]
    ]
    return list_file(columns, rows, language=language, form=form)


def _explained(columns: Columns, language: str) -> Sequence[Sequence[str]]:
    """A row for each column: its name, whether it has to be there, what to write."""
    with translation.override(language):
        head = [_("Column"), _("Needed"), _("What to write")]
        return [head] + [
            [
                columns.heading(column, language),
                _("yes") if column in columns.needed else "",
                _(columns.about[column]) if columns.about.get(column) else "",
            ]
            for column in columns.names
        ]
