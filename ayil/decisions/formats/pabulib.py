"""Pabulib's format `.pb`: a participatory budget with its projects and votes.

Three sections (META, PROJECTS, VOTES), each a title line, a line with the names of its columns and
its rows; fields are parted by semicolons and may stand in double quotes. The format is described at
pabulib.org/format and by Faliszewski et al., "Participatory Budgeting: Data, Tools, and Analysis",
IJCAI 2023.

Votes become approvals (`approval`, `choose-1`, `knapsack`), points (`cumulative`, `scoring`) or
rankings (`ordinal`), these with points as well: the file's own, or as cities give them, the first
of at most N options N points, the next N − 1, and so on.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from ayil.decisions.formats.text import BallotFileError, text_lines
from ayil.decisions.rules.profile import Approvals, BallotFile, Points, Rankings

SECTIONS = ("META", "PROJECTS", "VOTES")
APPROVING = {"approval", "choose-1", "knapsack"}
SCORING = {"cumulative", "scoring"}
ORDINAL = "ordinal"
NEEDED = {"META": {"key"}, "PROJECTS": {"project_id", "cost"}, "VOTES": {"voter_id", "vote"}}
TEXTS = {"name", "description"}  # columns of running text, in which a semicolon may stand
AMOUNT = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a section, by column, and the line on which it ends."""

    line: int
    cells: Mapping[str, str]

    def refuse(self, words: str) -> BallotFileError:
        return BallotFileError(words, self.line)


@dataclass(frozen=True, slots=True)
class Meta:
    """The section META: what is said of the vote as a whole, and on which line."""

    values: Mapping[str, str]
    lines: Mapping[str, int]

    def text(self, key: str) -> str:
        return self.values.get(key, "")

    def whole(self, key: str) -> int | None:
        """A whole number, or None where the file does not say."""
        value = self.text(key)
        if not value:
            return None
        if not NUMBER.fullmatch(value) or _fraction(value).denominator != 1:
            raise BallotFileError(f"META: {key} is {value!r}, no whole number", self.lines[key])
        return int(_fraction(value))


@dataclass(slots=True)
class Votes:
    """The votes of a file, counted as they are read."""

    kind: str
    longest: int
    default: Fraction
    ids: frozenset[str]
    approvals: Approvals[str] = field(default_factory=Counter)
    rankings: Rankings[str] = field(default_factory=Counter)
    points: Points[str] = field(default_factory=Counter)

    def add(self, row: Row, chosen: Sequence[str]) -> None:
        """Take one vote in."""
        if self.kind in APPROVING:
            self.approvals[frozenset(chosen)] += 1
            return
        given = _items(row.cells.get("points", ""))
        if self.kind == ORDINAL:
            self.rankings[tuple(frozenset([option]) for option in chosen)] += 1
            given = given or [str(self.longest - place) for place in range(len(chosen))]
        if len(given) != len(chosen):
            words = f"VOTES: {len(chosen)} projects, and points for {len(given)}"
            raise row.refuse(words)
        points = dict.fromkeys(self.ids, self.default) if self.default else {}
        points |= {option: _points(row, text) for option, text in zip(chosen, given, strict=True)}
        self.points[frozenset(points.items())] += 1


def read(path: Path) -> BallotFile:
    """The file's projects, budget and votes. BallotFileError, with the line, where it is amiss:
    a double or unknown project, a vote longer than allowed, a count that is not as declared.
    """
    sections = _sections(text_lines(path))
    meta = _meta(sections["META"])
    projects = _projects(sections["PROJECTS"])
    votes = _votes(sections["VOTES"], meta, frozenset(projects))
    _same_number(meta, "num_projects", len(projects), "projects")
    _same_number(meta, "num_votes", len(sections["VOTES"]), "votes")
    return _ballot_file(meta, projects, votes)


def _ballot_file(meta: Meta, projects: Mapping[str, Row], votes: Votes) -> BallotFile:
    budget = _amount(meta.text("budget"), "META: the budget", meta.lines["budget"])
    costs = {
        option: _amount(row.cells["cost"], f"PROJECTS: the cost of {option}", row.line)
        for option, row in projects.items()
    }
    decimals = max(_decimals(amount) for amount in (budget, *costs.values()))
    said = [row.cells["selected"] for row in projects.values() if "selected" in row.cells]
    chosen = (option for option, row in projects.items() if row.cells.get("selected") == "1")
    return BallotFile(
        title=meta.text("description") or meta.text("unit"),
        names={option: row.cells.get("name") or option for option, row in projects.items()},
        approvals=votes.approvals,
        rankings=votes.rankings,
        points=votes.points,
        costs={option: int(cost * 10**decimals) for option, cost in costs.items()},
        budget=int(budget * 10**decimals),
        currency=meta.text("currency"),
        published_rule=meta.text("rule"),
        decimals=decimals,
        threshold=meta.whole("min_project_score_threshold") or 0,
        published=frozenset(chosen) if any(said) else None,
    )


def _sections(lines: Sequence[str]) -> dict[str, list[Row]]:
    """The rows of each section, by the names of its columns."""
    sections: dict[str, list[Row]] = {}
    rows = _rows(lines)
    section, columns = "", [""]
    for line, cells in rows:
        title = cells[0].strip().upper()
        if title in SECTIONS and not any(cells[1:]):
            if list(sections) != list(SECTIONS[: SECTIONS.index(title)]):
                raise BallotFileError(f"the section {title} stands out of its order", line)
            section, columns = title, _columns(title, line, next(rows, None))
            sections[section] = []
        elif not section:
            raise BallotFileError("a file of Pabulib begins with the line META", line)
        else:
            sections[section].append(_row(section, columns, line, cells))
    missing = [title for title in SECTIONS if title not in sections]
    if missing:
        raise BallotFileError(f"the section {missing[0]} is missing", len(lines))
    return sections


def _rows(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, and the line on which it ends.

    A quotation mark that nobody closed would swallow the rest of the file in silence.
    """
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=";", skipinitialspace=True)
    begun = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                inside = "\n".join(cells).split("\n") if reader.line_num > begun else ()
                if not set(SECTIONS).isdisjoint(inside[1:]):
                    raise BallotFileError("a quotation mark opens here and never closes", begun)
                yield reader.line_num, [cell.strip() for cell in cells]
            begun = reader.line_num + 1
    except csv.Error as error:
        raise BallotFileError(f"no row of fields: {error}", reader.line_num) from None


def _columns(section: str, line: int, row: tuple[int, list[str]] | None) -> list[str]:
    """The names of a section's columns."""
    columns = [cell.lower() for cell in row[1]] if row else []
    missing = sorted(NEEDED[section] - set(columns))
    if missing:
        words = f"{section}: there is no column {missing[0]}"
        raise BallotFileError(words, row[0] if row else line)
    if len(set(columns)) < len(columns):
        raise BallotFileError(f"{section}: two columns have one name", row[0] if row else line)
    return columns


def _row(section: str, columns: Sequence[str], line: int, cells: list[str]) -> Row:
    """A row by column. Semicolons too many belong to the text that ends the row, where one does."""
    while len(cells) > len(columns) and not cells[-1]:
        cells.pop()
    if len(cells) > len(columns):
        if section != "META" and columns[-1] not in TEXTS:
            words = f"{section}: {len(cells)} fields for {len(columns)} columns"
            raise BallotFileError(words, line)
        last = len(columns) - 1
        cells = [*cells[:last], "; ".join(cells[last:])]
    lost = NEEDED[section] - set(columns[: len(cells)])
    if lost:
        raise BallotFileError(f"{section}: the row ends before {min(lost)}", line)
    return Row(line, dict(zip(columns, cells, strict=False)))


def _meta(rows: Sequence[Row]) -> Meta:
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    for row in rows:
        key = row.cells["key"].lower()
        if key in values:
            raise row.refuse(f"META: {key} stands twice")
        values[key], lines[key] = row.cells.get("value", ""), row.line
    for key in ("budget", "vote_type"):
        if not values.get(key):
            raise BallotFileError(f"META: {key} is missing")
    return Meta(values, lines)


def _projects(rows: Sequence[Row]) -> dict[str, Row]:
    projects: dict[str, Row] = {}
    for row in rows:
        option = row.cells["project_id"]
        if not option or "," in option:
            raise row.refuse(f"PROJECTS: {option!r} cannot be a project's identifier")
        if option in projects:
            raise row.refuse(f"PROJECTS: project {option} stands twice")
        projects[option] = row
    if not projects:
        raise BallotFileError("PROJECTS: there is no project")
    return projects


def _votes(rows: Sequence[Row], meta: Meta, ids: frozenset[str]) -> Votes:
    kind = meta.text("vote_type").lower()
    if kind not in APPROVING | SCORING | {ORDINAL}:
        known = ", ".join(sorted(APPROVING | SCORING | {ORDINAL}))
        raise BallotFileError(
            f"META: vote_type is {kind!r}; known are {known}", meta.lines["vote_type"]
        )
    shortest, most = meta.whole("min_length") or 0, meta.whole("max_length") or len(ids)
    if kind == "choose-1":
        most = 1
    default = Fraction(meta.whole("default_score") or 0) if kind == "scoring" else Fraction(0)
    votes = Votes(kind, most, default, ids)
    voters: set[str] = set()
    for row in rows:
        voter, chosen = row.cells["voter_id"], _items(row.cells.get("vote", ""))
        if voter in voters:
            raise row.refuse(f"VOTES: voter {voter} stands twice")
        voters.add(voter)
        _check_vote(row, chosen, ids)
        if chosen and not shortest <= len(chosen) <= most:
            words = f"VOTES: voter {voter} names {len(chosen)} projects; {shortest} to {most} are"
            raise row.refuse(f"{words} allowed")
        votes.add(row, chosen)
    return votes


def _check_vote(row: Row, chosen: Sequence[str], ids: frozenset[str]) -> None:
    """Refuses a project that stands twice in a vote, or that is none."""
    for place, option in enumerate(chosen):
        if option not in ids:
            raise row.refuse(f"VOTES: there is no project {option!r}")
        if option in chosen[:place]:
            raise row.refuse(f"VOTES: project {option} stands twice in one vote")


def _same_number(meta: Meta, key: str, counted: int, what: str) -> None:
    declared = meta.whole(key)
    if declared is not None and declared != counted:
        words = f"META: {key} is {declared}, and the file holds {counted} {what}"
        raise BallotFileError(words, meta.lines[key])


def _items(text: str) -> list[str]:
    """The identifiers or points in one field; an empty field names none."""
    return [item.strip() for item in text.split(",") if item.strip()]


def _points(row: Row, text: str) -> Fraction:
    if not NUMBER.fullmatch(text):
        raise row.refuse(f"VOTES: {text!r} is no number of points")
    return _fraction(text)


def _amount(text: str, what: str, line: int) -> Fraction:
    """A sum of money, with a point or a comma before its decimals."""
    if not AMOUNT.fullmatch(text):
        raise BallotFileError(f"{what} is {text!r}, no sum of money", line)
    return _fraction(text)


def _fraction(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def _decimals(amount: Fraction) -> int:
    """How many decimals the amount needs when it is written out."""
    places = 0
    while amount.denominator != 1:
        amount *= 10
        places += 1
    return places
