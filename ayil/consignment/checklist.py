"""What is looked at when goods are assessed: a few questions by kind, each a yes or a no.

The words of a question are said in the reader's language, so that a maker reads in their own what
somebody else answered. Plain Python.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ayil.kit.errors import gettext_noop


@dataclass(frozen=True)
class Question:
    """`code` is kept with the answer; `words` say what is true where the answer is yes."""

    code: str
    words: str


_LABEL = Question("label", gettext_noop("The label is clear and true"))
_SAMPLE = Question("sample", gettext_noop("It is like the sample that was agreed on"))
_CLEAN = Question("clean", gettext_noop("It is clean and smells good"))

CHECKLISTS: Mapping[str, Sequence[Question]] = {
    "craft": (
        Question("seams", gettext_noop("Seams and edges hold")),
        Question("colour", gettext_noop("The colours are fast and even")),
        Question("size", gettext_noop("The size is what the label says")),
        _CLEAN,
        _SAMPLE,
    ),
    "food": (
        Question("closed", gettext_noop("The package is closed and whole")),
        Question("date", gettext_noop("Batch and date can be read")),
        Question("taste", gettext_noop("Taste and smell are as they should be")),
        Question("weight", gettext_noop("The weight is what the label says")),
        _LABEL,
    ),
    "raw": (
        Question("dry", gettext_noop("It is dry and without mould")),
        Question("sorted", gettext_noop("It is sorted, nothing strange in it")),
        Question("weight", gettext_noop("The weight is what the label says")),
        _LABEL,
    ),
    "other": (_CLEAN, _SAMPLE, _LABEL),
}

# Reasons of refusal that are proposed here and at the tills (till/intake/words.js): what was
# written by one of them in one language is read in another.
REASONS = (
    gettext_noop("Damaged"),
    gettext_noop("Not as the sample"),
    gettext_noop("Dirty or wet"),
    gettext_noop("Not agreed upon"),
    gettext_noop("Date is over"),
    gettext_noop("Opened or leaking"),
)


def question_of(kind: str, code: str) -> Question | None:
    return next((one for one in CHECKLISTS[kind] if one.code == code), None)
