"""Trainings are held where they were planned; attendance is added and never taken away."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from ayil.kit.errors import AyilError, Conflict
from ayil.members.actions import enter_party
from ayil.members.models import Party, PartyKind, Sex
from ayil.training.actions import (
    cancel_session,
    correct_attendance,
    define_competency,
    hold_session,
    plan_session,
    record_attendance,
)
from ayil.training.models import Attendance, Session, SessionHeld
from ayil.training.queries import (
    Reached,
    competencies_of,
    has_competency,
    overdue_sessions,
    planned_sessions,
    reached,
    sessions_for_lesson,
)
from ayil.training.rules import Stage, stage_of

AT = datetime(2012, 8, 2, 5, 0, tzinfo=UTC)
DAY = date(2012, 8, 1)

pytestmark = pytest.mark.django_db


def person(name: str, sex: Sex = Sex.WOMAN, kind: PartyKind = PartyKind.PERSON) -> Party:
    return Party.objects.filter(name=name).first() or enter_party(
        kind=kind, name=name, at=AT, sex=sex
    )


def session(invited_by: str = "lesson:12", planned_on: date = DAY) -> Session:
    return plan_session(
        competency=define_competency(
            code="pricing", names=("Setting a price", "Назначить цену", "Баа коюу")
        ),
        trainer=person("Gulnara, trainer"), planned_on=planned_on, place="Bokonbaevo, felt house",
        invited_by=invited_by, by=person("Nurlan", Sex.MAN), at=AT,
    )  # fmt: skip


def held(people: list[Party]) -> list[Attendance]:
    made = session()
    hold_session(session=made, on=DAY, minutes=120, by=made.trainer, at=AT)
    return record_attendance(session=made, people=people, by=made.trainer, at=AT)


def test_a_lesson_invites_and_a_producer_learns() -> None:
    aigul, bakyt = person("Aigul"), person("Bakyt", Sex.MAN)
    held([aigul, bakyt])
    known = competencies_of(aigul).get()
    assert (known.name_en, known.last_on) == ("Setting a price", DAY)
    assert has_competency(aigul, known, DAY)
    assert not has_competency(aigul, known, date(2012, 7, 31))
    assert not competencies_of(aigul, date(2012, 7, 31))
    assert reached(since=DAY, until=DAY) == Reached(sessions=1, people=2, women=1)
    assert sessions_for_lesson("lesson:12").count() == 1


def test_one_who_came_twice_is_one_person_with_one_competency() -> None:
    aigul = person("Aigul")
    held([aigul])
    held([aigul, aigul])
    assert reached(since=DAY, until=DAY) == Reached(sessions=2, people=1, women=1)
    assert competencies_of(aigul).count() == 1


def test_attendance_is_only_ever_added() -> None:
    aigul, bakyt = person("Aigul"), person("Bakyt", Sex.MAN)
    first = held([aigul])[0]
    more = record_attendance(session=first.session, people=[aigul, bakyt], by=first.by, at=AT)
    assert [row.person for row in more] == [bakyt]
    for statement in (
        "DELETE FROM training_attendance",
        "UPDATE training_attendance SET person_id = by_id",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_mistake_is_corrected_by_a_row_with_who_and_why() -> None:
    aigul = person("Aigul")
    row = held([aigul])[0]
    with pytest.raises(AyilError, match="reason"):
        correct_attendance(attendance=row, reason=" ", by=row.by, at=AT)
    correct_attendance(attendance=row, reason="it was her sister", by=row.by, at=AT)
    assert not competencies_of(aigul)
    assert reached(since=DAY, until=DAY) == Reached(sessions=0, people=0, women=0)
    assert Attendance.objects.count() == 1
    with pytest.raises(AyilError, match="corrected before"):
        correct_attendance(attendance=row, reason="again", by=row.by, at=AT)


def test_nobody_attends_what_was_not_held() -> None:
    made = session()
    with pytest.raises(AyilError, match="not held yet"):
        record_attendance(session=made, people=[person("Aigul")], by=made.trainer, at=AT)
    with pytest.raises(IntegrityError, match="was held"), transaction.atomic():
        Attendance.objects.create(
            session=made, person=person("Aigul"), by=made.trainer, recorded_at=AT
        )


def test_those_who_attend_are_people_and_not_the_trainer() -> None:
    made = held([person("Aigul")])[0].session
    for party in (made.trainer, person("Ulgu", kind=PartyKind.COMMUNITY)):
        with pytest.raises(AyilError, match="not a person who came"):
            record_attendance(session=made, people=[party], by=made.trainer, at=AT)
        with pytest.raises(IntegrityError, match="are people"), transaction.atomic():
            Attendance.objects.create(session=made, person=party, by=made.trainer, recorded_at=AT)


def test_a_session_is_held_or_cancelled_once() -> None:
    off = session()
    with pytest.raises(AyilError, match="no reason"):
        cancel_session(session=off, reason="", by=off.trainer, at=AT)
    cancel_session(session=off, reason="snow on the pass", by=off.trainer, at=AT)
    with pytest.raises(AyilError, match="was cancelled"):
        hold_session(session=off, on=DAY, minutes=60, by=off.trainer, at=AT)
    with pytest.raises(IntegrityError, match="is not held"), transaction.atomic():
        SessionHeld.objects.create(session=off, on=DAY, minutes=60, by=off.trainer, recorded_at=AT)
    given = held([])
    assert given == []
    on = SessionHeld.objects.get().session
    with pytest.raises(AyilError, match="it was held"):
        cancel_session(session=on, reason="rain", by=on.trainer, at=AT)
    with pytest.raises(AyilError, match="held already"):
        hold_session(session=on, on=DAY, minutes=60, by=on.trainer, at=AT)
    with pytest.raises(AyilError, match="minutes"):
        hold_session(session=session(), on=DAY, minutes=0, by=on.trainer, at=AT)


def test_what_is_planned_and_what_nobody_reported() -> None:
    coming, over = session(planned_on=date(2012, 8, 20)), session(planned_on=date(2012, 7, 1))
    assert list(planned_sessions(DAY)) == [coming]
    assert list(overdue_sessions(DAY)) == [over]


def test_a_session_needs_a_place_and_a_real_lesson() -> None:
    made = session()
    words = {
        "competency": made.competency, "trainer": made.trainer, "planned_on": DAY,
        "by": made.trainer, "at": AT, "place": "Kyzyl-Suu",
    }  # fmt: skip
    with pytest.raises(AyilError, match="a village or a place"):
        plan_session(**words | {"place": " "})
    for invited_by in ("lesson:x", "tranche:1", "12", "lesson:"):
        with pytest.raises(AyilError, match="is no lesson"):
            plan_session(**words, invited_by=invited_by)
    uid = made.trainer.uid
    assert plan_session(**words, uid=uid) == plan_session(**words, uid=uid)
    with pytest.raises(Conflict):
        plan_session(**words | {"planned_on": date(2012, 9, 1)}, uid=uid)


def test_stages() -> None:
    assert stage_of(held=False, cancelled=False, days_left=0) == Stage.PLANNED
    assert stage_of(held=False, cancelled=False, days_left=-1) == Stage.OVERDUE
    assert stage_of(held=True, cancelled=False, days_left=-1) == Stage.HELD
    assert stage_of(held=False, cancelled=True, days_left=3) == Stage.CANCELLED
