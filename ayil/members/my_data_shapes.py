"""The shapes in which a person's data are told: cells of rows, rows under titles, acts counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ayil.members.models import Party
from ayil.members.my_data_words import LABELS, TITLES

SEAL_LENGTH = 40


@dataclass(frozen=True)
class Cell:
    """One value under its name; `kind` says how a page writes it: money, rate, day, moment, yes,
    text, or own (a key to the person themselves)."""

    name: str
    value: Any
    kind: str
    currency: str = ""

    @property
    def is_seal(self) -> bool:
        """A fingerprint and the like, which only a machine reads."""
        words = self.value.split() if isinstance(self.value, str) else []
        return any(len(word) >= SEAL_LENGTH for word in words)

    @property
    def label(self) -> str:
        return str(LABELS.get(self.name, ""))


@dataclass(frozen=True)
class Record:
    """One row, and what hangs on it."""

    cells: Sequence[Cell]
    groups: Sequence[Group] = ()

    @property
    def shown(self) -> Sequence[Cell]:
        """What a person reads: named, not empty, no seal of 64 letters, and not that it is they."""
        return [
            cell
            for cell in self.cells
            if cell.label
            and cell.value not in ("", None)
            and cell.kind != "own"
            and not cell.is_seal
        ]


@dataclass(frozen=True)
class Group:
    model: str
    records: Sequence[Record]

    @property
    def title(self) -> str:
        return str(TITLES[self.model])


@dataclass(frozen=True)
class Acts:
    """What a person did in an office: rows about others, counted."""

    model: str
    field: str
    count: int
    first: date | datetime | None
    last: date | datetime | None


@dataclass(frozen=True)
class OwnData:
    party: Party
    made_at: datetime
    groups: Sequence[Group]
    acts: Sequence[Acts]

    @property
    def acts_count(self) -> int:
        return sum(act.count for act in self.acts)
