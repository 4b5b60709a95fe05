"""What an import of people would do, row by row, as it is shown before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from ayil.kit.lists import CHANGED, NEW, SAME, Change, Counted, Fault, Plan, Step
from ayil.kit.written import day
from ayil.members.people import CHANGEABLE

FILLED = CHANGED


@dataclass(frozen=True)
class Row:
    """A row of the list as we understand it; `line` is where it stands in the file."""

    line: int
    kind: str
    name: str
    village: int | None
    phone: str
    born_year: int | None
    sex: str
    language: str
    community: str
    part: str
    member_since: date | None
    record: str = ""


@dataclass(frozen=True)
class Likely:
    """A record that a new one may be a double of."""

    party: int
    name: str
    reasons: Sequence[str]


@dataclass(frozen=True)
class Planned:
    """What will be done with one row. `fills` holds what an existing record lacked; `joins` says
    that the person is entered as one of the community; `same_as` is the place of an earlier row
    of the same person, who belongs to a further community."""

    row: Row
    verb: str
    party: int | None = None
    fills: Mapping[str, str | int] = field(default_factory=dict)
    joins: bool = False
    admits: bool = False
    community: int | None = None  # the record of it, where it is not of this very list
    likely: Sequence[Likely] = ()
    same_as: int | None = None

    @property
    def changes_anything(self) -> bool:
        return self.verb != SAME or self.joins or self.admits

    @property
    def filled_columns(self) -> list[str]:
        return [str(CHANGEABLE[name]) for name in self.fills]

    @property
    def step(self) -> Step:
        return Step(
            line=self.row.line,
            title=self.row.name,
            verb=CHANGED if self.verb == SAME and self.changes_anything else self.verb,
            content=self._content,
            changes=[Change(str(CHANGEABLE[n]), "", str(v)) for n, v in self.fills.items()],
            notes=self._notes,
        )

    @property
    def _content(self) -> tuple[str | int | bool | date | None, ...]:
        said = [getattr(self.row, one.name) for one in fields(Row) if one.name != "line"]
        filled = [value for pair in sorted(self.fills.items()) for value in pair]
        return (self.party, self.joins, self.admits, self.community, self.same_as, *filled, *said)

    @property
    def _notes(self) -> list[str]:
        found = [self.row.community] if self.joins else []
        if self.admits and self.row.member_since:
            found.append(_("member since %(day)s") % {"day": day(self.row.member_since)})
        words = _("May be %(name)s: %(reasons)s. Say on the page of doubles whether they are one.")
        return found + [
            words % {"name": other.name, "reasons": ", ".join(other.reasons)}
            for other in self.likely
        ]


@dataclass(frozen=True)
class PeoplePlan(Plan):
    """All that an import of people would do; with faults nothing is done."""

    rows: Sequence[Row] = ()
    planned: Sequence[Planned] = ()

    @classmethod
    def of(
        cls,
        rows: Sequence[Row],
        planned: Sequence[Planned],
        faults: Sequence[Fault],
        left_out: Sequence[str],
        examples: int,
    ) -> "PeoplePlan":
        steps = [one.step for one in planned]
        return cls(("people",), steps, faults, left_out, examples, rows, planned)

    @property
    def new(self) -> int:
        return self._count("new")

    @property
    def filled(self) -> int:
        return self._count("filled")

    @property
    def joined(self) -> int:
        return self._count("joined")

    @property
    def admitted(self) -> int:
        return self._count("admitted")

    @property
    def same(self) -> int:
        return self._count("same")

    def _count(self, code: str) -> int:
        return self._counts[code]

    @cached_property
    def _counts(self) -> Mapping[str, int]:
        return {
            "new": sum(one.verb == NEW for one in self.planned),
            "filled": sum(one.verb == FILLED for one in self.planned),
            "joined": sum(one.joins for one in self.planned),
            "admitted": sum(one.admits for one in self.planned),
            "same": sum(not one.changes_anything for one in self.planned),
        }

    @property
    def counts(self) -> Sequence[Counted]:
        told = {
            "new": _("New records"),
            "filled": _("Records whose gaps are filled"),
            "joined": _("Entered as one of a community"),
            "admitted": _("Admitted as members"),
            "same": _("There already, left as they are"),
        }
        return [Counted(words, code, self._counts[code]) for code, words in told.items()]

    def as_dict(self) -> dict[str, object]:
        """For `--json`: counts, and a line for each fault and likely double."""
        likely = [
            {"line": one.row.line, "name": one.row.name, "like": other.name,
             "reasons": list(other.reasons)}
            for one in self.planned for other in one.likely
        ]  # fmt: skip
        return super().as_dict() | {"likely_doubles": likely}
