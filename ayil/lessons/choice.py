"""Which one lesson a producer hears this week, and whether the last advice worked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ayil.lessons.items import VariantId
from ayil.lessons.lesson import Action, Lesson, LessonKind, Range
from ayil.lessons.rules import FEWEST_FOR_A_RANGE

BRINGING = frozenset({Action.BRING, Action.BRING_A_FEW})


class Reason(StrEnum):
    """Why this lesson and no other; earlier ones go first."""

    EMPTY_NOW = "empty_now"
    STANDS_LONG = "stands_long"
    RUNS_OUT = "runs_out"
    WAS_EMPTY = "was_empty"
    SELLS = "sells"
    FIRST_FIGURES = "first_figures"
    NOTHING_KNOWN = "nothing_known"


@dataclass(frozen=True)
class Choice:
    lesson: Lesson
    reason: Reason


def this_week(
    lessons: Iterable[Lesson],
    *,
    told_lately: Collection[tuple[LessonKind, VariantId]] = frozenset(),
) -> Choice | None:
    """The one lesson of a producer over all their things; None if they have no thing.

    The most pressing reason goes first, within it what can be acted on before what merely sold,
    then what is worth most, then the variant's number.
    What was told lately (kind, variant) is told again only if there is nothing else to tell.
    """
    choices = [Choice(lesson, _reason(lesson)) for lesson in lessons]
    if not choices:
        return None
    order = list(Reason)

    def rank(choice: Choice) -> tuple[bool, bool, int, bool, int, str, str]:
        lesson = choice.lesson
        return (
            not lesson.is_told,
            (lesson.kind, lesson.variant_id) in told_lately,
            order.index(choice.reason),
            lesson.kind is LessonKind.SOLD,
            -lesson.stake_minor,
            str(lesson.variant_id).rjust(40),
            lesson.kind,
        )

    return min(choices, key=rank)


def _reason(lesson: Lesson) -> Reason:
    if not lesson.is_told:
        return Reason.NOTHING_KNOWN
    sells = lesson.figures.get("sold", 0) >= FEWEST_FOR_A_RANGE
    if lesson.kind is LessonKind.SLOW_STOCK:
        return Reason.STANDS_LONG
    if lesson.kind is LessonKind.STOCK_OUT and sells:
        return Reason.EMPTY_NOW if lesson.figures.get("on_shelf", 1) <= 0 else Reason.WAS_EMPTY
    if lesson.kind is LessonKind.NEXT_DELIVERY and sells and lesson.action is Action.BRING:
        # A shelf that nobody knows may not be said to run out.
        return Reason.RUNS_OUT if "on_shelf" in lesson.figures else Reason.SELLS
    if lesson.kind is LessonKind.SOLD and sells:
        return Reason.SELLS
    return Reason.FIRST_FIGURES


class Verdict(StrEnum):
    """What came of an action that was promised; counts, and no claim of a cause."""

    TOO_EARLY = "too_early"
    NOT_DONE = "not_done"
    AS_EXPECTED = "as_expected"  # done, and at least the low end of the range sold
    BELOW_EXPECTED = "below_expected"  # done, and less than that sold
    SELLING = "selling"  # some sold; no range was to be met
    NOT_SELLING = "not_selling"


@dataclass(frozen=True)
class Since:
    """What the books show since the promise: units, and days on which the shop was open.

    `brought` is None where deliveries are not known.
    """

    open_days: int
    brought: int | None
    sold: int


def what_came_of_it(
    action: Action, expected: Range | None, since: Since, *, due_open_days: int
) -> Verdict:
    """`expected`: what was to sell within the `due_open_days` that have to pass first, if told.

    An action that the books cannot show (a changed price tag, a question to visitors) is taken as
    done; what was to be brought can be found not done, and so can waiting.
    """
    if since.open_days < due_open_days:
        return Verdict.TOO_EARLY
    if since.brought is not None and not _is_done(action, since.brought):
        return Verdict.NOT_DONE
    if expected is not None and action in BRINGING:
        return Verdict.AS_EXPECTED if since.sold >= expected.low else Verdict.BELOW_EXPECTED
    return Verdict.SELLING if since.sold > 0 else Verdict.NOT_SELLING


def _is_done(action: Action, brought: int) -> bool:
    if action in BRINGING:
        return brought > 0
    return action is not Action.WAIT or brought <= 0
