"""From the cells of a table to rows, with what is wrong in which line and column."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.kit.tables import read_table, write_csv, write_xlsx
from ayil.members.imports.columns import COLUMNS, WORDS, column_of, day_of, key_of, word_of, year_of
from ayil.members.imports.plan import Fault, Plan, Row
from ayil.members.imports.planning import plan_of
from ayil.members.models import PartyKind
from ayil.members.people import is_plausible_birth
from ayil.members.rules import written_phone
from ayil.places.models import Place, PlaceKind, PlaceVersion

MOST_ROWS = 5000
LONGEST_NAME = 160

_Value = TypeVar("_Value")


def read_list(data: bytes, name: str, *, today: date) -> Plan:
    """The plan for a CSV or XLSX file; raises AyilError where it is no list at all."""
    table = read_table(data, name)
    if len(table.rows) > MOST_ROWS:
        raise AyilError(
            _("%(file)s has more than %(most)s rows. Part it in two.")
            % {"file": name, "most": MOST_ROWS}
        )
    columns, left_out, faults = _columns(table.header)
    if "name" not in columns:
        known = "», «".join(names[0] for names in COLUMNS["name"].values())
        raise AyilError(
            _("%(file)s has no column of names. Call it «%(known)s» in the first line.")
            % {"file": name, "known": known}
        )
    reader = _Reader(columns, table.header, today)
    rows = [reader.row(line, cells) for line, cells in zip(table.lines, table.rows, strict=True)]
    return plan_of([row for row in rows if row], [*faults, *reader.faults], left_out, today=today)


def _columns(header: Sequence[str]) -> tuple[dict[str, int], list[str], list[Fault]]:
    """Where each column stands; the headings that nobody knows; columns that stand twice."""
    columns: dict[str, int] = {}
    left_out, faults = [], []
    for place, heading in enumerate(header):
        column = column_of(heading)
        if column is None:
            left_out += [heading] if heading else []
        elif column in columns:
            words = _("This says the same as the column «%(other)s». Take one of them away.")
            faults.append(Fault(1, heading, words % {"other": header[columns[column]]}))
        else:
            columns[column] = place
    return columns, left_out, faults


class _Reader:
    """Reads row after row and keeps what is wrong."""

    def __init__(self, columns: Mapping[str, int], header: Sequence[str], today: date) -> None:
        self.faults: list[Fault] = []
        self._columns, self._header, self._today = columns, header, today
        self._villages = _villages_by_spelling()

    def row(self, line: int, cells: Sequence[str]) -> Row | None:
        """The row, or None where it has no name; a cell that cannot be read counts as empty."""
        said = {column: cells[place] for column, place in self._columns.items()}
        name = " ".join(said["name"].split())
        if not name or len(name) > LONGEST_NAME:
            words = _("There is no name, or one too long to be one. Write how they are called.")
            self._fault(line, "name", words)
            return None

        def take(column: str, read: Callable[[str], _Value], otherwise: _Value) -> _Value:
            try:
                return read(said.get(column, ""))
            except AyilError as error:
                words = _(error.words) % error.filled if error.filled else _(error.words)
                self._fault(line, column, words)
                return otherwise

        kind = take("kind", lambda cell: word_of("kind", cell), "") or PartyKind.PERSON.value
        row = Row(
            line=line,
            kind=kind,
            name=name,
            village=take("village", self._village, None),
            phone=take("phone", written_phone, ""),
            born_year=take("born_year", self._year, None),
            sex=take("sex", lambda cell: word_of("sex", cell), ""),
            language=take("language", lambda cell: word_of("language", cell), "") or "ky",
            community=" ".join(said.get("community", "").split()),
            part=take("part", lambda cell: word_of("part", cell), "") or "member",
            member_since=take("member_since", self._past_day, None),
        )
        self._refuse_community_of_community(row)
        return row

    def _refuse_community_of_community(self, row: Row) -> None:
        if row.kind == PartyKind.COMMUNITY and (row.community or row.born_year or row.sex):
            words = _(
                "A community has no year of birth, no sex, and belongs to no other. Empty it."
            )
            self._fault(row.line, "kind", words)

    def _fault(self, line: int, column: str, words: str) -> None:
        place = self._columns.get(column)
        self.faults.append(Fault(line, self._header[place] if place is not None else "", words))

    def _year(self, cell: str) -> int | None:
        year = year_of(cell)
        if year is not None and not is_plausible_birth(year, self._today):
            raise AyilError(
                _("%(year)s is no year of birth that can be right. Ask again, or leave it empty.")
                % {"year": year}
            )
        return year

    def _past_day(self, cell: str) -> date | None:
        day = day_of(cell)
        if day is not None and day > self._today:
            raise AyilError(_("%(day)s is still to come. Write the day it was.") % {"day": cell})
        return day

    def _village(self, cell: str) -> int | None:
        if not cell:
            return None
        found = self._villages.get(key_of(cell), {})
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            raise AyilError(
                _("There are several villages called «%(name)s». Write the code of one: %(codes)s.")
                % {"name": cell[:40], "codes": ", ".join(sorted(found))}
            )
        raise AyilError(
            _("There is no village «%(name)s» in the programme. Mend the name, or leave it empty.")
            % {"name": cell[:40]}
        )


def _villages_by_spelling() -> dict[str, dict[str, int]]:
    """Keys of villages by code, under each folded spelling of a name, now or before. 2 queries."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    kind = PlaceKind.VILLAGE
    for place in Place.objects.filter(kind=kind):
        # A code is one village's own, whatever others are called.
        found[key_of(place.code)] = {place.code: place.pk}
    codes = frozenset(found)
    names = ("name_en", "name_ru", "name_ky")
    now = Place.objects.filter(kind=kind).values_list("code", "pk", *names)
    before = PlaceVersion.objects.filter(place__kind=kind)
    for code, pk, *spellings in (*now, *before.values_list("place__code", "place_id", *names)):
        for key in {key_of(spelling) for spelling in spellings if spelling} - codes:
            found[key][code] = pk
    return found


def template(language: str, kind: str) -> bytes:
    """A list to fill in, with the columns' names and two rows as an example. CSV or XLSX."""
    header = [names[language][0] for names in COLUMNS.values()]
    rows = [_example(language, "community"), _example(language, "person")]
    return write_xlsx(header, rows) if kind == "xlsx" else write_csv(header, rows)


_EXAMPLES = {
    "ky": ("Мисал: Үлгү жамааты", "Мисал: Асанова Айгүл"),
    "ru": ("Пример: община «Образец»", "Пример: Асанова Айгуль"),
    "en": ("Example: Sample group", "Example: Aigul Asanova"),
}


def _example(language: str, kind: str) -> list[str]:
    group, person = _EXAMPLES[language]

    def word(column: str, value: str) -> str:
        return WORDS[column][value][language][0]

    cells = {"name": group, "kind": word("kind", kind)}
    if kind == PartyKind.PERSON:
        cells |= {
            "name": person,
            "phone": "0555 123 456",
            "born_year": "1975",
            "sex": word("sex", "woman"),
            "language": word("language", language),
            "community": group,
            "part": word("part", "leader"),
        }
    return [cells.get(column, "") for column in COLUMNS]
