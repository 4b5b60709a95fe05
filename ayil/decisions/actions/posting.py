"""The roll is hung up, villagers object, the registrar answers; additions after the freezing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_bytes
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.actions.assemblies import lock
from ayil.decisions.actions.roll import SALT_BYTES, next_number, refuse_voteless, roll_entry
from ayil.decisions.models import (
    MAY_VOTE,
    Assembly,
    AttendanceMark,
    Part,
    Poll,
    ProvisionalSigning,
    RollEntry,
    RollFreezing,
    RollObjection,
    RollObjectionAnswer,
    RollPosting,
    RollStriking,
)
from ayil.decisions.rolls import on_the_roll
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.kit.written import day as written_day
from ayil.members.identities import identities_of
from ayil.members.models import Party

About, Way = RollObjection.About, RollObjection.Way
Draw = Callable[[int], bytes]


def post_roll(
    *, assembly: Assembly, hangs_at: str, since: date, by: Party, at: datetime
) -> RollPosting:
    """The roll hangs there since that day. From the first posting on it changes by objections
    alone, and the days before it may be frozen are counted."""
    with transaction.atomic():
        assembly = _open(assembly)
        if not assembly.roll.exists():
            raise AyilError(
                _("Nobody is on the roll of %(assembly)s yet: enter who lives there.")
                % {"assembly": assembly}
            )
        if not hangs_at.strip():
            raise AyilError(_("Say where the roll hangs, so that everybody finds it."))
        if not assembly.called_on <= since <= local_date(at):
            raise AyilError(
                _("A roll hangs from the day of the call (%(called)s) at the earliest, not later "
                  "than today.")
                % {"called": written_day(assembly.called_on)}
            )  # fmt: skip
        return RollPosting.objects.create(
            assembly=assembly, hangs_at=hangs_at.strip(), since=since, by=by, at=at
        )


@dataclass(frozen=True)
class Said:
    """What somebody says against the roll: about an entry, or by name of who is missing."""

    about: RollObjection.About
    number: int | None = None
    name: str = ""
    words: str = ""


def object_to_roll(
    *,
    assembly: Assembly,
    said: Said,
    way: RollObjection.Way,
    objector: Party | None,
    by: Party,
    at: datetime,
    uid: UUID | None = None,
) -> RollObjection:
    """Anybody may object while the roll hangs and is not frozen; without a name (`objector`
    None) on paper or by word of mouth. The same `uid` returns the first."""
    with transaction.atomic():
        assembly = _open(assembly)
        earlier = RollObjection.objects.filter(uid=uid, assembly=assembly).first() if uid else None
        if earlier is not None:
            return earlier
        if not assembly.postings.exists():
            raise AyilError(
                _("The roll of %(assembly)s does not hang yet; it can still be changed.")
                % {"assembly": assembly}
            )
        if way == Way.PAGE and objector != by:
            raise AyilError(_("On a page everybody objects for themselves."))
        return RollObjection.objects.create(
            uid=uid or uuid4(),
            assembly=assembly,
            about=said.about,
            entry=_entry_meant(assembly, said),
            name=said.name.strip() if said.about == About.MISSING else "",
            words=said.words.strip(),
            way=way,
            objector=objector,
            recorded_by=by,
            recorded_at=at,
        )


def _entry_meant(assembly: Assembly, said: Said) -> RollEntry | None:
    if said.about == About.MISSING:
        if not said.name.strip():
            raise AyilError(_("Write the name of who is missing on the roll."))
        return None
    if said.number is None:
        if said.about == About.OTHER and said.words.strip():
            return None
        raise AyilError(_("Write the number on the roll, and what is wrong."))
    found = assembly.roll.filter(MAY_VOTE, number=said.number).first()
    if found is None:
        raise AyilError(
            _("The roll of %(assembly)s has no number %(number)s.")
            % {"assembly": assembly, "number": said.number}
        )
    return found


def answer_objection(
    *,
    objection: RollObjection,
    upheld: bool,
    reason: str,
    by: Party,
    at: datetime,
    person: Party | None = None,
    draw: Draw = token_bytes,
) -> RollObjectionAnswer:
    """Upheld or dismissed, with a reason that everybody may read.

    Upheld against an entry, it is struck; where its name or year was wrong, it is struck and made
    anew from the record as it is now. Upheld for a missing one, `person` is entered.
    """
    with transaction.atomic():
        assembly = _open(objection.assembly)
        if not reason.strip():
            raise AyilError(_("An answer needs its reason: everybody may read it."))
        if objection.objector_id in identities_of(by):
            raise AyilError(
                _("Nobody answers their own objection: ask the association's officer to do it.")
            )
        if RollObjectionAnswer.objects.filter(objection=objection).exists():
            raise AyilError(_("This objection is answered already."))
        entered = _who_is_entered(assembly, objection, person) if upheld else None
        answer = RollObjectionAnswer.objects.create(
            objection=objection, upheld=upheld, reason=reason.strip(), person=entered, by=by, at=at
        )
        if upheld:
            _strike(objection, by=by, at=at)
        if entered is not None:
            _add(assembly, entered, by=by, draw=draw).save(force_insert=True)
        return answer


def _who_is_entered(
    assembly: Assembly, objection: RollObjection, person: Party | None
) -> Party | None:
    if objection.about == About.WRONG and objection.entry is not None:
        is_struck = RollStriking.objects.filter(entry=objection.entry).exists()
        return None if is_struck else objection.entry.person
    if objection.about != About.MISSING:
        return None
    if person is None:
        raise AyilError(
            _("Say who %(name)s is: find the person, or enter them.") % {"name": objection.name}
        )
    _refuse_unfit(assembly, person)
    return person


def _refuse_unfit(assembly: Assembly, person: Party) -> None:
    refuse_voteless(assembly, [person])
    number = on_the_roll(assembly, [person.pk]).get(person.pk)
    if number is not None:
        raise AyilError(
            _("%(person)s is on the roll already, number %(number)s.")
            % {"person": person, "number": number}
        )


def _strike(objection: RollObjection, *, by: Party, at: datetime) -> None:
    entry = objection.entry
    if entry is not None and not RollStriking.objects.filter(entry=entry).exists():
        RollStriking.objects.create(entry=entry, objection=objection, by=by, at=at)


def _add(
    assembly: Assembly, person: Party, *, by: Party, draw: Draw, provisional: bool = False
) -> RollEntry:
    return roll_entry(
        assembly,
        next_number(assembly),
        person,
        by=by,
        salt=draw(SALT_BYTES),
        provisional=provisional,
        again=assembly.roll.filter(person=person).count(),
    )


def _open(assembly: Assembly) -> Assembly:
    """The assembly, held, while its roll is not frozen."""
    held = lock(assembly)
    if RollFreezing.objects.filter(assembly=held).exists():
        raise AyilError(
            _("The roll of %(assembly)s is frozen: it changes no more.") % {"assembly": held}
        )
    return held


def add_provisional(
    *,
    assembly: Assembly,
    person: Party,
    reason: str,
    paper: str,
    on: date,
    by: Party,
    at: datetime,
    draw: Draw = token_bytes,
) -> RollEntry:
    """Adds somebody after the freezing and before the first vote, by a `paper` that registrar and
    chair signed. The person stands before them, and so counts as present.

    The frozen roll and its fingerprint stay; the additions have a fingerprint of their own.
    """
    with transaction.atomic():
        assembly = lock(assembly)
        _refuse_untimely(assembly)
        if not reason.strip() or not paper.strip():
            raise AyilError(
                _("An addition needs its reason, and the paper that both signed: write which.")
            )
        _refuse_unfit(assembly, person)
        signers = dict(assembly.offices.exclude(part=Part.COUNTER).values_list("part", "person_id"))
        entry = _add(assembly, person, by=by, draw=draw, provisional=True)
        entry.save(force_insert=True)
        ProvisionalSigning.objects.create(
            entry=entry,
            reason=reason.strip(),
            registrar_id=signers[Part.REGISTRAR],
            chair_id=signers[Part.CHAIR],
            on=on,
            paper=paper.strip(),
            by=by,
            at=at,
        )
        AttendanceMark.objects.create(entry=entry)
        return entry


def _refuse_untimely(assembly: Assembly) -> None:
    if not RollFreezing.objects.filter(assembly=assembly).exists():
        raise AyilError(
            _("The roll of %(assembly)s is not frozen yet; the provisional list begins after it.")
            % {"assembly": assembly}
        )
    if Poll.objects.filter(assembly=assembly).exists():
        raise AyilError(
            _("The vote of %(assembly)s has begun; nobody is added any more.")
            % {"assembly": assembly}
        )
