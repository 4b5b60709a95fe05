"""Trainings are planned, held or cancelled; attendance is added, and corrected by a new row."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError, Conflict
from ayil.members.models import Party, PartyKind
from ayil.places.models import Place
from ayil.training.models import (
    Attendance,
    AttendanceCorrection,
    Competency,
    Session,
    SessionCancelling,
    SessionHeld,
)


def define_competency(*, code: str, names: tuple[str, str, str]) -> Competency:
    """`names` are English, Russian and Kyrgyz; the same code again returns the same."""
    return Competency.objects.get_or_create(
        code=code, defaults={"name_en": names[0], "name_ru": names[1], "name_ky": names[2]}
    )[0]


def plan_session(
    *,
    competency: Competency,
    trainer: Party,
    planned_on: date,
    by: Party,
    at: datetime,
    village: Place | None = None,
    place: str = "",
    invited_by: str = "",
    uid: UUID | None = None,
) -> Session:
    """`invited_by` is the lesson that called for it, "lesson:12", or empty. The same `uid` again
    returns the first."""
    if village is None and not place.strip():
        raise AyilError(
            _("A training on %(planned_on)s needs a village or a place to come to.")
            % {"planned_on": planned_on}
        )
    kind, _colon, number = invited_by.partition(":")
    if invited_by and not (kind == "lesson" and number.isascii() and number.isdigit()):
        raise AyilError(
            _("'%(invited_by)s' is no lesson. It looks like lesson:12.")
            % {"invited_by": invited_by}
        )
    with transaction.atomic():
        earlier = Session.objects.filter(uid=uid).first() if uid else None
        if earlier is not None:
            if (earlier.competency_id, earlier.planned_on) != (competency.pk, planned_on):
                raise Conflict(
                    _("The training %(uid)s was planned before with another content.")
                    % {"uid": uid}
                )
            return earlier
        return Session.objects.create(
            uid=uid or uuid4(),
            competency=competency,
            village=village,
            place=place.strip(),
            trainer=trainer,
            planned_on=planned_on,
            invited_by=invited_by,
            planned_by=by,
            recorded_at=at,
        )


def hold_session(
    *, session: Session, on: date, minutes: int, by: Party, at: datetime
) -> SessionHeld:
    """It took place, on that day, for so many minutes."""
    if not 0 < minutes <= 24 * 60:
        raise AyilError(
            _("A training of %(minutes)s minutes cannot be. Give its length in minutes.")
            % {"minutes": minutes}
        )
    with transaction.atomic():
        _lock(session)
        if SessionCancelling.objects.filter(session=session).exists():
            raise AyilError(
                _("The training %(session)s was cancelled. Plan a new one.") % {"session": session}
            )
        if SessionHeld.objects.filter(session=session).exists():
            raise AyilError(
                _("The training %(session)s is recorded as held already.") % {"session": session}
            )
        return SessionHeld.objects.create(
            session=session, on=on, minutes=minutes, by=by, recorded_at=at
        )


def cancel_session(*, session: Session, reason: str, by: Party, at: datetime) -> SessionCancelling:
    with transaction.atomic():
        _lock(session)
        if not reason.strip() or SessionHeld.objects.filter(session=session).exists():
            raise AyilError(
                _(
                    "The training %(session)s cannot be cancelled: it was held, or no "
                    "reason is given."
                )
                % {"session": session}
            )
        if SessionCancelling.objects.filter(session=session).exists():
            raise AyilError(
                _("The training %(session)s was cancelled before.") % {"session": session}
            )
        return SessionCancelling.objects.create(
            session=session, reason=reason.strip(), by=by, recorded_at=at
        )


def record_attendance(
    *, session: Session, people: Sequence[Party], by: Party, at: datetime
) -> list[Attendance]:
    """Adds who was there and returns the new rows; one who is down already stays as it is."""
    with transaction.atomic():
        _lock(session)
        if not SessionHeld.objects.filter(session=session).exists():
            raise AyilError(
                _("The training %(session)s was not held yet. Record that first.")
                % {"session": session}
            )
        known = set(session.attendances.values_list("person_id", flat=True))
        fresh = [person for person in dict.fromkeys(people) if person.pk not in known]
        for person in fresh:
            if person.kind != PartyKind.PERSON or person.pk == session.trainer_id:
                raise AyilError(
                    _("%(person)s cannot be down for %(session)s: not a person who came.")
                    % {"person": person, "session": session}
                )
        return Attendance.objects.bulk_create(
            [Attendance(session=session, person=one, by=by, recorded_at=at) for one in fresh]
        )


def correct_attendance(
    *, attendance: Attendance, reason: str, by: Party, at: datetime
) -> AttendanceCorrection:
    """Says that an entry was a mistake; the entry stays on record and counts no longer."""
    if not reason.strip():
        raise AyilError(
            _("Correcting %(attendance)s needs the reason in writing.") % {"attendance": attendance}
        )
    with transaction.atomic():
        _lock(attendance.session)
        if AttendanceCorrection.objects.filter(attendance=attendance).exists():
            raise AyilError(_("%(attendance)s was corrected before.") % {"attendance": attendance})
        return AttendanceCorrection.objects.create(
            attendance=attendance, reason=reason.strip(), by=by, recorded_at=at
        )


def _lock(session: Session) -> None:
    Session.objects.select_for_update().get(pk=session.pk)
