"""What a list would do, step by step, as it is shown before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext as _

from ayil.kit import canonical
from ayil.kit.errors import AyilError

_DOMAIN = "ayil.kit.lists"
NEW, CHANGED, SAME = "new", "changed", "same"

Told = str | int | bool | date | None


@dataclass(frozen=True)
class Fault:
    """What is wrong in which line and column, and what to do; line 1 is the header."""

    line: int
    column: str
    words: str


@dataclass(frozen=True)
class Change:
    """One thing that becomes another, as the reader reads it; `before` is empty for a gap."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """What one row of the list does. `content` is all of it without words of any language:
    records by key and the values that they get, so that its hash is the same for every reader."""

    line: int
    title: str
    verb: str
    content: tuple[Told, ...]
    changes: Sequence[Change] = ()
    notes: Sequence[str] = ()

    @property
    def does_something(self) -> bool:
        return self.verb != SAME


@dataclass(frozen=True)
class Counted:
    """A sum of the plan, under the words that stand beside it."""

    words: str
    code: str
    count: int


@dataclass(frozen=True)
class Plan:
    """All that an import would do, or what has to be mended first: with faults nothing is done.

    `about` holds what the whole list is about (its kind, its shop).
    """

    about: tuple[str, ...]
    steps: Sequence[Step]
    faults: Sequence[Fault]
    left_out: Sequence[str]  # headings of columns that nobody here knows
    examples: int = 0  # rows that are examples of the list to fill in

    @property
    def digest(self) -> str:
        """Stands for everything that is to be done, and to which records."""
        said = [[one.line, one.verb, *map(_hashed, one.content)] for one in self.steps]
        return canonical.digest(_DOMAIN, [list(self.about), said]).hex()

    @property
    def counts(self) -> Sequence[Counted]:
        told = ((NEW, _("New")), (CHANGED, _("Changed")), (SAME, _("There already, left as is")))
        return [Counted(words, verb, self.count(verb)) for verb, words in told]

    def count(self, verb: str) -> int:
        return sum(1 for one in self.steps if one.verb == verb)

    @property
    def doing(self) -> Sequence[Step]:
        """The steps that change something, and those that have something to say."""
        return [one for one in self.steps if one.does_something or one.notes]

    @property
    def changes_anything(self) -> bool:
        return any(one.does_something for one in self.steps)

    def as_dict(self) -> dict[str, object]:
        """For `--json`: counts, a line for each fault and for each step that does something."""
        return {
            "rows": len(self.steps),
            **{one.code: one.count for one in self.counts},
            "left_out": list(self.left_out),
            "examples": self.examples,
            "faults": [asdict(fault) for fault in self.faults],
            "steps": [_step(one) for one in self.doing],
            "digest": self.digest,
        }


def _step(step: Step) -> Mapping[str, object]:
    return {
        "line": step.line,
        "title": step.title,
        "verb": step.verb,
        "changes": [asdict(change) for change in step.changes],
        "notes": list(step.notes),
    }


def _hashed(value: Told) -> object:
    return value.isoformat() if isinstance(value, date) else value


def refuse_faults(plan: Plan) -> None:
    if plan.faults:
        raise AyilError(_("The list has errors. Mend them first: nothing was imported."))


def refuse_changed(shown: str, now: Plan) -> None:
    """Ask this inside the transaction, of the same rows planned again; `shown` is the digest of
    what a person saw and said yes to."""
    if now.faults or now.digest != shown:
        raise AyilError(
            _("The records have changed since this was shown. Look at it again: nothing was done.")
        )
