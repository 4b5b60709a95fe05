"""From the cells of a list to rows of people, with what is wrong in which line and column."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.kit.lists import Fault, Reader, Sheet, day_of, read_sheet, written
from ayil.members.imports.columns import PEOPLE, year_of
from ayil.members.imports.plan import PeoplePlan, Row
from ayil.members.imports.planning import Progress, plan_of
from ayil.members.models import PartyKind
from ayil.members.people import is_plausible_birth
from ayil.members.rules import written_phone
from ayil.places.spellings import Villages

LONGEST_NAME = 160


def read_list(
    data: bytes, name: str, *, today: date, progress: Progress | None = None
) -> PeoplePlan:
    """The plan for a CSV or XLSX file; raises AyilError where it is no list at all."""
    sheet = read_sheet(data, name, PEOPLE)
    rows, faults = _rows(sheet, today)
    return plan_of(
        rows, faults, sheet.left_out, today=today, examples=sheet.examples, progress=progress
    )


def _rows(sheet: Sheet, today: date) -> tuple[list[Row], list[Fault]]:
    reader = _People(sheet, today)
    found = [reader.row(line, cells) for line, cells in sheet.rows]
    return [row for row in found if row is not None], reader.faults


class _People(Reader):
    """Reads row after row and keeps what is wrong."""

    def __init__(self, sheet: Sheet, today: date) -> None:
        super().__init__(sheet)
        self._today = today
        self._villages = Villages()

    def row(self, line: int, cells: Mapping[str, str]) -> Row | None:
        """The row, or None where it has no name; a cell that cannot be read counts as empty."""
        self.turn_to(line, cells)
        name = written(cells["name"])
        if not name or len(name) > LONGEST_NAME:
            words = _("There is no name, or one too long to be one. Write how they are called.")
            self.fault("name", words)
            return None
        row = Row(
            line=line,
            kind=self.answer("kind") or PartyKind.PERSON.value,
            name=name,
            village=self.take("village", self._villages.find, None),
            phone=self.take("phone", written_phone, ""),
            born_year=self.take("born_year", self._year, None),
            sex=self.answer("sex"),
            language=self.answer("language") or "ky",
            community=self.text("community", LONGEST_NAME),
            part=self.answer("part") or "member",
            member_since=self.take("member_since", self._past_day, None),
            record=self.take("record", _record, ""),
        )
        self._refuse_community_of_community(row)
        return row

    def _refuse_community_of_community(self, row: Row) -> None:
        if row.kind == PartyKind.COMMUNITY and (row.community or row.born_year or row.sex):
            words = _(
                "A community has no year of birth, no sex, and belongs to no other. Empty it."
            )
            self.fault("kind", words)

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


def _record(cell: str) -> str:
    """The number of a record as it stands in lists that came from here; "" for none."""
    try:
        return str(UUID(cell)) if cell else ""
    except ValueError:
        raise AyilError(
            _("«%(cell)s» is no number of a record. Leave it empty for new people.")
            % {"cell": cell[:40]}
        ) from None
