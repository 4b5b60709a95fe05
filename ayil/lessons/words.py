"""A lesson in plain spoken words, in the reader's language.

A thing's name stands before a colon, so that no language has to bend it, and no plural depends
on more than one number of a sentence.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayil.lessons.choice import BRINGING, Reason, Since, Verdict
from ayil.lessons.items import Goods
from ayil.lessons.lesson import Action, Lesson, LessonKind, Range, Silence


class Telling(NamedTuple):
    """A lesson as it is told: what is so, what may be done, and what the producer answers."""

    fact: str
    suggestion: str
    promise: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.fact, self.suggestion) if part)


class Spoken(NamedTuple):
    """A told lesson with what stands around it: `opening`, whether the last advice worked (or
    empty), and the `reason` for which this lesson was chosen."""

    opening: str
    fact: str
    suggestion: str
    promise: str
    reason: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.opening, self.fact, self.suggestion) if part)


def tell(lesson: Lesson, *, name: str) -> Telling:
    """`name`: the thing's name as its owner calls it."""
    return Telling(fact(lesson, name=name), suggestion(lesson), promise(lesson))


def fact(lesson: Lesson, *, name: str) -> str:
    if not lesson.is_told:
        return f"{name}: {silence(lesson.silence)}" if lesson.silence else name
    parts = [_FACTS[lesson.kind](lesson, name), _outlook(lesson)]
    if lesson.silence:
        parts.append(silence(lesson.silence))
    return " ".join(part for part in parts if part)


def _sold(lesson: Lesson, name: str) -> str:
    days, sold = lesson.figures["days"], lesson.figures["sold"]
    if not sold:
        text = ngettext(
            "%(name)s: none sold on %(days)d open day.",
            "%(name)s: none sold on %(days)d open days.",
            days,
        )
        return text % {"name": name, "days": days}
    text = ngettext(
        "%(name)s: %(sold)d sold on %(days)d open day.",
        "%(name)s: %(sold)d sold on %(days)d open days.",
        days,
    )
    return text % {"name": name, "sold": sold, "days": days}


def _stock_out(lesson: Lesson, name: str) -> str:
    days, empty = lesson.figures["days"], lesson.figures["empty_days"]
    text = ngettext(
        "%(name)s: the shelf was empty on %(empty)d day of the %(days)d that the shop was open.",
        "%(name)s: the shelf was empty on %(empty)d days of the %(days)d that the shop was open.",
        empty,
    )
    now = _shelf_now(lesson) if lesson.figures.get("on_shelf", 1) <= 0 else ""
    return f"{text % {'name': name, 'empty': empty, 'days': days}} {now}".rstrip()


def _next_delivery(lesson: Lesson, name: str) -> str:
    if "shelf_days" not in lesson.figures:
        return _sold(lesson, name)
    days, sold = lesson.figures["shelf_days"], lesson.figures["sold"]
    text = ngettext(
        "%(name)s: in %(days)d day on the shelf %(sold)d sold.",
        "%(name)s: in %(days)d days on the shelf %(sold)d sold.",
        days,
    )
    return f"{text % {'name': name, 'sold': sold, 'days': days}} {_shelf_now(lesson)}".rstrip()


def _slow_stock(lesson: Lesson, name: str) -> str:
    age, days = lesson.figures["age_days"], lesson.figures["days"]
    stands = ngettext(
        "%(name)s: %(shelf)d on the shelf, the oldest for %(age)d day.",
        "%(name)s: %(shelf)d on the shelf, the oldest for %(age)d days.",
        age,
    ) % {"name": name, "shelf": lesson.figures["on_shelf"], "age": age}
    sold = ngettext(
        "Sold on %(days)d open day: %(sold)d.", "Sold on %(days)d open days: %(sold)d.", days
    ) % {"days": days, "sold": lesson.figures["sold"]}
    return f"{stands} {sold}"


_FACTS = {
    LessonKind.SOLD: _sold,
    LessonKind.STOCK_OUT: _stock_out,
    LessonKind.NEXT_DELIVERY: _next_delivery,
    LessonKind.SLOW_STOCK: _slow_stock,
}


def _shelf_now(lesson: Lesson) -> str:
    shelf = lesson.figures.get("on_shelf")
    if shelf is None:
        return ""
    if shelf < 0:
        return _("More was sold than the books had: the shelf has to be counted.")
    if shelf == 0:
        return _("The shelf is empty now.")
    return _("On the shelf now: %(shelf)d.") % {"shelf": shelf}


def _outlook(lesson: Lesson) -> str:
    if lesson.range is None:
        return ""
    if lesson.kind is LessonKind.STOCK_OUT:
        return _missed(lesson.range, lesson.figures.get("typical", 0))
    weeks = lesson.figures["weeks"]
    parts = [
        _typical(lesson.figures.get("typical", 0), weeks),
        _in_eight_of_ten(lesson.range, weeks),
    ]
    if lesson.kind is LessonKind.NEXT_DELIVERY and "on_shelf" not in lesson.figures:
        parts.append(_("When the shelf was empty is not known, so more may sell than this."))
    return " ".join(part for part in parts if part)


def _typical(typical: int, weeks: int) -> str:
    if not typical:
        return ""
    if weeks == 1:
        return _("About %(typical)d sell in a week.") % {"typical": typical}
    text = ngettext(
        "About %(typical)d sell in %(weeks)d week.",
        "About %(typical)d sell in %(weeks)d weeks.",
        weeks,
    )
    return text % {"typical": typical, "weeks": weeks}


def _in_eight_of_ten(span: Range, weeks: int) -> str:
    amounts = {"low": span.low, "high": span.high, "weeks": weeks}
    is_one = span.low == span.high
    if weeks == 1 and is_one:
        return _("In 8 weeks out of 10 %(high)d sell.") % amounts
    if weeks == 1:
        return _("In 8 weeks out of 10 between %(low)d and %(high)d sell.") % amounts
    if is_one:
        text = ngettext(
            "In %(weeks)d week, 8 times out of 10, %(high)d sell.",
            "In %(weeks)d weeks, 8 times out of 10, %(high)d sell.",
            weeks,
        )
        return text % amounts
    text = ngettext(
        "In %(weeks)d week, 8 times out of 10, between %(low)d and %(high)d sell.",
        "In %(weeks)d weeks, 8 times out of 10, between %(low)d and %(high)d sell.",
        weeks,
    )
    return text % amounts


def _missed(span: Range, typical: int) -> str:
    amounts = {"low": span.low, "high": span.high, "typical": typical}
    parts = []
    if typical:
        parts.append(_("On those days about %(typical)d more could have sold.") % amounts)
    if span.low == span.high:
        parts.append(_("8 times out of 10, %(high)d more could have sold on those days.") % amounts)
    else:
        text = _(
            "8 times out of 10, between %(low)d and %(high)d more could have sold on those days."
        )
        parts.append(text % amounts)
    return " ".join(parts)


def silence(why: Silence) -> str:
    """Why no more is said."""
    return {
        Silence.TOO_FEW_SALES: _("Too few have sold to say more yet."),
        Silence.NO_OPEN_DAYS: _("The shop was not open in this time."),
        Silence.STOCK_UNKNOWN: _("What stood on the shelf is not known."),
        Silence.NEVER_ON_SHELF: _("It was not on the shelf in this time."),
        Silence.NOTHING_ON_SHELF: _("Nothing stands on the shelf."),
        Silence.NEVER_EMPTY: _("The shelf was never empty."),
        Silence.STILL_FRESH: _("Nothing has stood for too long."),
        Silence.SELLS_THROUGH: _("What stands there will sell."),
    }[why]


def suggestion(lesson: Lesson) -> str:
    """What the producer may do; they decide."""
    if lesson.action is Action.BRING:
        return _bring(lesson)
    if lesson.action is Action.CHANGE_ONE_THING:
        if lesson.goods is Goods.FOOD:
            return _(
                "Change one thing: the price or the size of the pack. "
                "Or take it back while it is good."
            )
        return _(
            "Change one thing: the price or its place on the shelf. "
            "Or take it home and bring another."
        )
    return {
        None: "",
        Action.BRING_A_FEW: _("Bring a few and test."),
        Action.WAIT: _("Enough stands on the shelf: bring no more for now."),
        Action.KEEP_ON_SHELF: _("It sells: let it always be on the shelf."),
        Action.ASK_VISITORS: _("Ask the clerk what visitors say of it."),
    }[lesson.action]


def _bring(lesson: Lesson) -> str:
    low, high = _units_to_bring(lesson)
    if low == high:
        return _("Bring %(units)d next time.") % {"units": high}
    if low == 0:
        return _("Bring no more than %(high)d next time.") % {"high": high}
    return _("Bring between %(low)d and %(high)d next time.") % {"low": low, "high": high}


def _units_to_bring(lesson: Lesson) -> tuple[int, int]:
    amounts = lesson.amounts
    if "units" in amounts:
        return amounts["units"], amounts["units"]
    return amounts["units_low"], amounts["units_high"]


def promise(lesson: Lesson) -> str:
    """What the producer answers, in the first person: the words on a button."""
    if lesson.action is Action.BRING:
        low, high = _units_to_bring(lesson)
        if low == high:
            return _("I will bring %(units)d.") % {"units": high}
        if low == 0:
            return _("I will bring no more than %(high)d.") % {"high": high}
        return _("I will bring between %(low)d and %(high)d.") % {"low": low, "high": high}
    return {
        None: "",
        Action.BRING_A_FEW: _("I will bring a few."),
        Action.WAIT: _("I will bring no more for now."),
        Action.KEEP_ON_SHELF: _("I will keep it on the shelf."),
        Action.ASK_VISITORS: _("I will ask the clerk."),
        Action.CHANGE_ONE_THING: _("I will change one thing."),
    }[lesson.action]


def reason(why: Reason) -> str:
    """Why this lesson was chosen this week."""
    return {
        Reason.EMPTY_NOW: _("It sells, and the shelf is empty."),
        Reason.STANDS_LONG: _("It has stood on the shelf for long."),
        Reason.RUNS_OUT: _("The shelf may be empty before the next delivery."),
        Reason.WAS_EMPTY: _("It sells, and on some days the shelf was empty."),
        Reason.SELLS: _("It sells."),
        Reason.FIRST_FIGURES: _("There are only a few figures yet."),
        Reason.NOTHING_KNOWN: _("There is nothing to tell yet."),
    }[why]


def last_advice(verdict: Verdict, action: Action, since: Since, *, name: str) -> str:
    """What came of the last promise: the words with which the next lesson begins."""
    told = {"name": name, "brought": since.brought or 0, "sold": since.sold}
    if verdict is Verdict.TOO_EARLY:
        return _("%(name)s: it is too early to tell what came of the last step.") % told
    if verdict is Verdict.NOT_DONE:
        if action is Action.WAIT:
            return _("%(name)s: you meant to bring no more, and %(brought)d came.") % told
        return _("%(name)s: you meant to bring some, and none has come yet.") % told
    if action in BRINGING and since.brought is not None:
        done = _("%(name)s: you brought %(brought)d, and %(sold)d sold since.") % told
    else:
        done = _("%(name)s: since the last step %(sold)d sold.") % told
    return f"{done} {_judgement(verdict)}".rstrip()


def _judgement(verdict: Verdict) -> str:
    """Only a range can be met or missed; the counts alone speak where there was none."""
    if verdict is Verdict.AS_EXPECTED:
        return _("That is as expected.")
    if verdict is Verdict.BELOW_EXPECTED:
        return _("That is less than expected.")
    return ""
