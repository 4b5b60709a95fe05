"""Trainings: one in each village before it decides, later where a lesson called for one."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from ayil.demo.acts.learning import lesson_days
from ayil.demo.acts.stage import Happening, Stage, moment
from ayil.demo.programme import training
from ayil.demo.programme.assemblies import VillageVote
from ayil.lessons.lesson import LessonKind
from ayil.lessons.models import Lesson
from ayil.members.models import Party
from ayil.training.actions import (
    cancel_session,
    define_competency,
    hold_session,
    plan_session,
    record_attendance,
)
from ayil.training.models import Competency, Session

_BEFORE_THE_ASSEMBLY = timedelta(days=3)
_AFTER_THE_LESSON = timedelta(days=9)
_COMES = 0.7
_FALLS_OUT = 0.08
_TAUGHT_BY_LESSON = {
    LessonKind.SLOW_STOCK: "price",
    LessonKind.STOCK_OUT: "planning",
    LessonKind.NEXT_DELIVERY: "planning",
    LessonKind.SOLD: "display",
}


def trainings(stage: Stage) -> Iterator[Happening]:
    for number, vote in enumerate(stage.plan.votes):
        on = vote.meetings[0].held_on - _BEFORE_THE_ASSEMBLY
        code = training.COMPETENCIES[number % len(training.COMPETENCIES)].code
        yield Happening(moment(on, 8), partial(_plan_for_village, stage, vote, code, on))
        yield Happening(moment(on, 16), partial(_hold, stage, on))
    for day in list(lesson_days(stage))[1::2]:
        yield Happening(moment(day, 12), partial(_plan_for_lesson, stage, day))
        on = day + _AFTER_THE_LESSON
        yield Happening(moment(on, 17), partial(_hold, stage, on))


def _competency(code: str) -> Competency:
    found = next(one for one in training.COMPETENCIES if one.code == code)
    return define_competency(code=found.code, names=found.names)


def _plan_for_village(stage: Stage, vote: VillageVote, code: str, on: date, at: datetime) -> None:
    plan_session(
        competency=_competency(code), trainer=stage.parties["trainer"], planned_on=on,
        village=stage.places[vote.village], by=stage.parties["officer"], at=at,
        uid=stage.uid("training", vote.village),
    )  # fmt: skip


def _plan_for_lesson(stage: Stage, day: date, at: datetime) -> None:
    """The most pressing lesson of the day invites its producer's village."""
    told = Lesson.objects.filter(
        shop=stage.shop, as_of=day - timedelta(days=1), deliveries__isnull=False
    ).select_related("producer__village")
    pressing = max(told, key=lambda one: (one.record.stake_minor, -one.pk), default=None)
    if pressing is None:
        return
    plan_session(
        competency=_competency(_TAUGHT_BY_LESSON[pressing.record.kind]),
        trainer=stage.parties["second-trainer"], planned_on=day + _AFTER_THE_LESSON,
        village=pressing.producer.village, by=stage.parties["officer"], at=at,
        invited_by=f"lesson:{pressing.pk}", uid=stage.uid("training", day),
    )  # fmt: skip


def _hold(stage: Stage, on: date, at: datetime) -> None:
    """Whoever of the village's people comes is written down; some days fall out."""
    officer = stage.parties["officer"]
    planned = Session.objects.filter(planned_on=on, held=None, cancelling=None)
    for session in planned.select_related("village").order_by("id"):
        chance = stage.chance("training", session.uid)
        if session.invited_by and chance.random() < _FALLS_OUT:
            cancel_session(session=session, reason="тренер ооруп калды", by=officer, at=at)
            continue
        hold_session(
            session=session, on=on, minutes=chance.choice((120, 180, 240)), by=officer, at=at
        )
        come = [one for one in _villagers(stage, session) if chance.random() < _COMES]
        record_attendance(session=session, people=come, by=officer, at=at)


def _villagers(stage: Stage, session: Session) -> list[Party]:
    """The makers, and a few of their neighbours: anyone may come."""
    code = session.village.code if session.village else ""
    makers = [person.key for person in stage.plan.cast.makers if person.village == code]
    vote = next(vote for vote in stage.plan.votes if vote.village == code)
    neighbours = [person.key for person in vote.residents[:8]]
    return [stage.parties[key] for key in (*makers, *neighbours) if key in stage.parties]
