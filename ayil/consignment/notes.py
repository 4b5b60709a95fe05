"""A consignment note with all that became of its lines, for its page and its paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ayil.consignment.checklist import question_of
from ayil.consignment.models import Assessment, ConsignmentNote, JointCount, Lot, NoteLine
from ayil.consignment.wording import in_readers_words


@dataclass(frozen=True)
class Answer:
    """One question of the checklist in the reader's language."""

    question: str
    passed: bool
    words: str


@dataclass(frozen=True)
class Row:
    """One line: `count` and what follows from it are None as long as nobody counted it."""

    line: NoteLine
    count: JointCount | None
    lot: Lot | None
    reason: str
    assessment: Assessment | None
    answers: Sequence[Answer]

    @property
    def batch(self) -> str:
        return self.lot.batch if self.lot else self.line.batch

    @property
    def best_before(self) -> object:
        return self.lot.best_before if self.lot else self.line.best_before


def rows_of(note: ConsignmentNote) -> list[Row]:
    """In the order of the note; a fixed number of queries."""
    lines = note.lines.select_related(
        "variant__product", "count__lot", "count__assessment__by"
    ).prefetch_related("count__assessment__marks")
    return [_row(line) for line in lines.order_by("id")]


def _row(line: NoteLine) -> Row:
    count: JointCount | None = getattr(line, "count", None)
    assessment: Assessment | None = getattr(count, "assessment", None)
    return Row(
        line=line,
        count=count,
        lot=getattr(count, "lot", None),
        reason=in_readers_words(count.reason) if count else "",
        assessment=assessment,
        answers=answers_of(assessment, line.variant.product.kind) if assessment else (),
    )


def answers_of(assessment: Assessment, kind: str) -> list[Answer]:
    found = []
    for mark in assessment.marks.all():
        question = question_of(kind, mark.question)
        found.append(Answer(_(question.words) if question else mark.question, mark.passed,
                            mark.words))  # fmt: skip
    return found


def state_of(note: ConsignmentNote, rows: Sequence[Row]) -> str:
    """ "withdrawn", "open", or "counted" once every line is."""
    if hasattr(note, "withdrawal"):
        return "withdrawn"
    return "counted" if all(row.count for row in rows) else "open"
