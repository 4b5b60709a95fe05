"""What an import would do, row by row, as it is shown before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ayil.kit import canonical
from ayil.members.people import CHANGEABLE

_DOMAIN = "ayil.members.imports"
NEW, FILLED, SAME = "new", "filled", "same"


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


@dataclass(frozen=True)
class Fault:
    """What is wrong in which line and column, and what to do; line 1 is the header."""

    line: int
    column: str
    words: str


@dataclass(frozen=True)
class Likely:
    """A record that a new one may be a double of."""

    party: int
    name: str
    reasons: Sequence[str]


@dataclass(frozen=True)
class Planned:
    """What will be done with one row. `fills` holds what an existing record lacked;
    `joins` says that the person is entered as one of the community."""

    row: Row
    verb: str
    party: int | None = None
    fills: Mapping[str, str | int] = field(default_factory=dict)
    joins: bool = False
    admits: bool = False
    community: int | None = None  # the record of it, where it is not of this very list
    likely: Sequence[Likely] = ()

    @property
    def changes_anything(self) -> bool:
        return self.verb != SAME or self.joins or self.admits

    @property
    def filled_columns(self) -> list[str]:
        return [str(CHANGEABLE[name]) for name in self.fills]


@dataclass(frozen=True)
class Plan:
    """All that an import would do, or what has to be mended first: with faults nothing is done."""

    rows: Sequence[Row]
    planned: Sequence[Planned]
    faults: Sequence[Fault]
    left_out: Sequence[str]  # headings of columns that nobody here knows

    @property
    def digest(self) -> str:
        """Stands for everything that is to be done, and to which records."""
        said = [
            [
                one.row.line, one.verb, one.party, sorted(one.fills.items()), one.joins,
                one.admits, one.community, *_said(one.row),
            ]
            for one in self.planned
        ]  # fmt: skip
        return canonical.digest(_DOMAIN, [list(map(_plain, row)) for row in said]).hex()

    def count(self, verb: str) -> int:
        return sum(1 for one in self.planned if one.verb == verb)

    @property
    def new(self) -> int:
        return self.count(NEW)

    @property
    def filled(self) -> int:
        return self.count(FILLED)

    @property
    def same(self) -> int:
        return sum(1 for one in self.planned if not one.changes_anything)

    @property
    def joined(self) -> int:
        return sum(1 for one in self.planned if one.joins)

    @property
    def admitted(self) -> int:
        return sum(1 for one in self.planned if one.admits)

    @property
    def changes_anything(self) -> bool:
        return any(one.changes_anything for one in self.planned)

    def as_dict(self) -> dict[str, object]:
        """For `--json`: counts, and a line for each fault and likely double."""
        return {
            "rows": len(self.rows),
            "new": self.new,
            "filled": self.filled,
            "same": self.same,
            "joined": self.joined,
            "admitted": self.admitted,
            "left_out": list(self.left_out),
            "faults": [vars(fault) for fault in self.faults],
            "likely_doubles": [
                {"line": one.row.line, "name": one.row.name, "like": likely.name,
                 "reasons": list(likely.reasons)}
                for one in self.planned for likely in one.likely
            ],
            "digest": self.digest,
        }  # fmt: skip


def _said(row: Row) -> list[object]:
    return [value for name, value in vars(row).items() if name != "line"]


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
