"""Every second Monday each maker hears one lesson; some promise an action, and it is measured."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from ayil.demo.acts.stage import Happening, Stage, moment
from ayil.lessons.actions import deliver, promise, trigger_lessons
from ayil.lessons.lesson import Action
from ayil.lessons.models import Channel, Lesson

FIRST_AFTER = timedelta(days=17)
EVERY = timedelta(days=14)
PROMISES = 0.35
_CHANNELS = {Channel.PAGE: 0.4, Channel.SPOKEN: 0.4, Channel.PAPER: 0.2}


def lesson_days(stage: Stage) -> Iterator[date]:
    day = stage.plan.trade.first + FIRST_AFTER
    while day <= stage.plan.last:
        yield day
        day += EVERY


def lessons(stage: Stage) -> Iterator[Happening]:
    for day in lesson_days(stage):
        yield Happening(moment(day, 10), partial(_tell_all, stage, day))


def _tell_all(stage: Stage, on: date, at: datetime) -> None:
    """From the books up to the evening before."""
    keys = {party.pk: key for key, party in stage.parties.items()}
    told = trigger_lessons(
        shop=stage.shop, as_of=on - timedelta(days=1), at=at, by=stage.parties["trainer"]
    )
    for lesson in told:
        if lesson.record.is_told:
            _tell(stage, lesson, keys[lesson.producer_id], at)


def _tell(stage: Stage, lesson: Lesson, key: str, at: datetime) -> None:
    chance = stage.chance("lesson", key, lesson.as_of)
    deliver(
        lesson=lesson, channel=chance.choices(list(_CHANNELS), list(_CHANNELS.values()))[0], at=at,
        by=stage.parties["trainer"],
    )  # fmt: skip
    action = lesson.record.action
    if action is None or chance.random() >= PROMISES:
        return
    amounts = lesson.record.amounts
    units = amounts.get("units") or amounts.get("units_high")
    if action is Action.BRING and not units:
        return
    promise(
        lesson=lesson, action=action, at=at + timedelta(hours=5), by=stage.speaker_of(key),
        units=units if action is Action.BRING else None,
    )  # fmt: skip
