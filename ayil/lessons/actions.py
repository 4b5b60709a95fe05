"""The learning cycle: trigger, deliver, promise, measure. `by` acts (None: the calendar), `at`."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.lessons.choice import Verdict, what_came_of_it
from ayil.lessons.lesson import Action, LessonKind
from ayil.lessons.models import ActionPromise, Channel, Lesson, LessonDelivery, Outcome
from ayil.lessons.queries import (
    Heard,
    days_it_took,
    lessons_at,
    promises_to_measure,
    what_happened,
)
from ayil.lessons.readings import Window
from ayil.lessons.rules import Terms
from ayil.members.models import Party, Shop


def trigger_lessons(
    *,
    shop: Shop,
    as_of: date,
    at: datetime,
    by: Party | None = None,
    producer: Party | None = None,
    terms: Terms | None = None,
) -> list[Lesson]:
    """One lesson for each producer at the shop who has goods there (or for one), by their ids.

    First measures what came of earlier promises, so that a lesson can begin with it. A producer
    who has a lesson of that day keeps it: calling again changes nothing.
    """
    terms = terms or Terms()
    with transaction.atomic():
        Shop.objects.select_for_update().get(pk=shop.pk)
        measure_outcomes(shop=shop, as_of=as_of, at=at, by=by, producer=producer)
        window, heard = lessons_at(shop, as_of=as_of, producer=producer, terms=terms)
        told = Lesson.objects.filter(shop=shop, as_of=as_of)
        have = set(told.values_list("producer_id", flat=True))
        outcomes = _outcomes_to_tell(shop)
        Lesson.objects.bulk_create(
            _lesson(one, shop, window, terms, outcomes.get(one.producer_id), at=at, by=by)
            for one in heard
            if one.producer_id not in have
        )
        mine = told if producer is None else told.filter(producer=producer)
        return list(mine.select_related("variant__product", "producer").order_by("producer_id"))


def _outcomes_to_tell(shop: Shop) -> dict[int, Outcome]:
    """Each producer's latest outcome that no lesson has begun with yet."""
    waiting = Outcome.objects.filter(promise__lesson__shop=shop, next_lesson__isnull=True)
    latest = waiting.order_by("last", "id").select_related("promise__lesson")
    return {outcome.promise.lesson.producer_id: outcome for outcome in latest}


def _lesson(
    heard: Heard,
    shop: Shop,
    window: Window,
    terms: Terms,
    after: Outcome | None,
    *,
    at: datetime,
    by: Party | None,
) -> Lesson:
    record = heard.choice.lesson
    return Lesson(
        shop=shop,
        producer_id=heard.producer_id,
        variant_id=record.variant_id,
        as_of=window.last,
        kind=record.kind.value,
        reason=heard.choice.reason.value,
        figures=record.as_json(),
        source={
            "first": window.first.isoformat(),
            "last": window.last.isoformat(),
            "open_days": window.open_days,
            "movement": window.movement,
            "due_open_days": window.open_days_in(terms.weeks),
        },
        after=after,
        triggered_at=at,
        triggered_by=by,
    )


def deliver(
    *,
    lesson: Lesson,
    channel: Channel,
    at: datetime,
    by: Party | None = None,
    language: str | None = None,
) -> LessonDelivery:
    """The lesson reaches its producer, in their language unless another is asked for.

    The words are kept as they were told. The same channel again returns what was delivered first.
    """
    if not lesson.record.is_told:
        raise AyilError(
            _(
                "%(thing)s: there is nothing to tell yet. "
                "Ask again when it has been on the shelf of an open shop."
            )
            % {"thing": lesson.variant.name}
        )
    language = language or lesson.producer.language
    with transaction.atomic(), translation.override(language):
        delivery, _is_new = LessonDelivery.objects.get_or_create(
            lesson=lesson,
            channel=channel,
            defaults={
                "language": language,
                "words": str(lesson.in_words()),
                "delivered_at": at,
                "by": by,
            },
        )
    return delivery


def promise(
    *, lesson: Lesson, action: Action, at: datetime, by: Party, units: int | None = None
) -> ActionPromise:
    """The producer says what they will do: what was suggested, or another of the actions.

    A promise stands: the same again returns it, another one is refused.
    """
    told: dict[str, str | int] = {"thing": lesson.variant.name}
    if (units is not None) != (action is Action.BRING):
        raise AyilError(_("%(thing)s: to bring some, say how many; all else has no number.") % told)
    if units is not None and units <= 0:
        told["units"] = units
        raise AyilError(_("%(thing)s: to bring means one or more, not %(units)d.") % told)
    with transaction.atomic():
        if not lesson.deliveries.exists():
            raise AyilError(_("%(thing)s: tell the lesson first, then record the answer.") % told)
        made, is_new = ActionPromise.objects.get_or_create(
            lesson=lesson,
            defaults={
                "action": action.value,
                "units": units,
                "promised_on": local_date(at),
                "promised_at": at,
                "by": by,
            },
        )
    if not is_new and (made.action, made.units) != (action.value, units):
        told["action"] = made.get_action_display()
        raise AyilError(
            _(
                "%(thing)s: you have answered already: %(action)s. "
                "The next lesson brings a new choice."
            )
            % told
        )
    return made


def measure_outcomes(
    *,
    shop: Shop,
    as_of: date,
    at: datetime,
    by: Party | None = None,
    producer: Party | None = None,
) -> list[Outcome]:
    """The outcome of each promise whose time is up; the others wait."""
    with transaction.atomic():
        due = promises_to_measure(shop, as_of, producer)
        measured = [measure_outcome(promise=one, as_of=as_of, at=at, by=by) for one in due]
    return [outcome for outcome in measured if outcome is not None]


def measure_outcome(
    *, promise: ActionPromise, as_of: date, at: datetime, by: Party | None = None
) -> Outcome | None:
    """What came of a promise, from the books; None while it is too early to tell.

    Looks at as many open days after the promise as the next delivery was away, so that later
    trade never changes it.
    """
    lesson = promise.lesson
    days = days_it_took(promise, as_of)
    since = what_happened(promise, days)
    record = lesson.record
    expected = record.range if record.kind is LessonKind.NEXT_DELIVERY else None
    verdict = what_came_of_it(
        Action(promise.action), expected, since, due_open_days=lesson.due_open_days
    )
    if verdict is Verdict.TOO_EARLY:
        return None
    return Outcome.objects.create(
        promise=promise,
        verdict=verdict.value,
        first=days[0],
        last=days[-1],
        open_days=since.open_days,
        brought=since.brought,
        sold=since.sold,
        measured_at=at,
        by=by,
    )
