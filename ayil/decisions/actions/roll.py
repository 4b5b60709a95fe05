"""The roll is entered and frozen, those who come are ticked and counted."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from secrets import token_bytes

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.decisions.actions.assemblies import lock
from ayil.decisions.models import (
    Assembly,
    AttendanceMark,
    QuorumCount,
    RollEntry,
    RollFreezing,
)
from ayil.decisions.queries import entry_leaf, roll_fingerprint
from ayil.decisions.rules import (
    BARRED_ROLES,
    quorum_needed,
    why_not_on_roll,
)
from ayil.kit.errors import AyilError
from ayil.members.models import Party, PartyKind, Role, RoleGrant, Sex

HALF = (1, 2)
TIES = "runoff, then a public lot"
SALT_BYTES = 16


def enter_roll(
    *,
    assembly: Assembly,
    people: Sequence[Party],
    by: Party,
    draw: Callable[[int], bytes] = token_bytes,
) -> list[RollEntry]:
    """Adds adult residents to the roll, in this order; one that is on it stays as it is.

    `draw` gives so many bytes by lot, from which each entry is sealed; a simulation has its own.

    Refused as a whole where somebody has no vote here: donor, administration and staff never do.
    """
    with transaction.atomic():
        assembly = lock(assembly)
        if RollFreezing.objects.filter(assembly=assembly).exists():
            raise AyilError(
                _("The roll of %(assembly)s is frozen; nobody is added before the vote.")
                % {"assembly": assembly}
            )
        known = set(assembly.roll.values_list("person_id", flat=True))
        fresh = [person for person in dict.fromkeys(people) if person.pk not in known]
        _refuse_voteless(assembly, fresh)
        return RollEntry.objects.bulk_create(
            [
                _entry(assembly, number, person, by, salt=draw(SALT_BYTES))
                for number, person in enumerate(fresh, start=len(known) + 1)
            ]
        )


def _entry(assembly: Assembly, number: int, person: Party, by: Party, *, salt: bytes) -> RollEntry:
    entry = RollEntry(
        assembly=assembly,
        number=number,
        person=person,
        name=person.name,
        born_year=person.born_year,
        sex=person.sex,
        salt=salt,
        by=by,
    )
    entry.leaf = entry_leaf(entry)
    return entry


_VOTELESS: Mapping[str, object] = {
    "is not a person": gettext_lazy("is not a person"),
    "does not live in this village": gettext_lazy("does not live in this village"),
    "is not of age": gettext_lazy("is not of age"),
}


def _refuse_voteless(assembly: Assembly, people: Sequence[Party]) -> None:
    day = assembly.held_on
    roles: dict[int, list[str]] = defaultdict(list)
    held = RoleGrant.objects.filter(party__in=people, since__lte=day).filter(
        Q(end__isnull=True) | Q(end__on__gt=day)
    )
    for party_id, role in held.values_list("party_id", "role"):
        roles[party_id].append(role)
    for person in people:
        words = why_not_on_roll(
            is_person=person.kind == PartyKind.PERSON,
            lives_here=person.village_id == assembly.village_id,
            born_year=person.born_year,
            year=day.year,
            roles=roles[person.pk],
        )
        if words:
            barred = sorted(BARRED_ROLES.intersection(roles[person.pk]))
            why = _VOTELESS.get(words) or _("is %(role)s of the programme") % {
                "role": Role(barred[0]).label
            }
            raise AyilError(
                _("%(person)s has no vote in %(assembly)s: %(person)s %(why)s.")
                % {"person": person, "assembly": assembly, "why": why}
            )


def freeze_roll(
    *,
    assembly: Assembly,
    by: Party,
    at: datetime,
    quorum: tuple[int, int] = HALF,
    ties: str = TIES,
) -> RollFreezing:
    """Fixes roll, question, quorum (a share, as two whole numbers) and what breaks a tie.

    The fingerprint of all of it is read aloud and stands in the minutes.
    """
    numerator, denominator = quorum
    if not 0 < numerator <= denominator:
        raise AyilError(
            _(
                "A quorum of %(numerator)s/%(denominator)s cannot be used: "
                "it is above 0 and at most 1."
            )
            % {"numerator": numerator, "denominator": denominator}
        )
    with transaction.atomic():
        assembly = lock(assembly)
        size = assembly.roll.count()
        if not size or RollFreezing.objects.filter(assembly=assembly).exists():
            raise AyilError(
                _("The roll of %(assembly)s is empty or frozen already.") % {"assembly": assembly}
            )
        return RollFreezing.objects.create(
            assembly=assembly,
            roll_size=size,
            quorum_numerator=numerator,
            quorum_denominator=denominator,
            ties=ties,
            sha256=roll_fingerprint(assembly, quorum=(numerator, denominator), ties=ties),
            by=by,
            frozen_at=at,
        )


def tick_attendance(*, assembly: Assembly, numbers: Collection[int]) -> int:
    """Ticks these numbers of the roll; returns how many were new. A second tick changes nothing.

    Takes no time and no person: a mark must not be matched with a ballot.
    """
    with transaction.atomic():
        assembly = lock(assembly)
        if not RollFreezing.objects.filter(assembly=assembly).exists():
            raise AyilError(
                _("Freeze the roll of %(assembly)s before ticking who came.")
                % {"assembly": assembly}
            )
        entries = dict(assembly.roll.filter(number__in=numbers).values_list("number", "pk"))
        unknown = sorted(set(numbers) - set(entries))
        if unknown:
            raise AyilError(
                _("The roll of %(assembly)s has no number %(number)s.")
                % {"assembly": assembly, "number": unknown[0]}
            )
        marked = set(
            AttendanceMark.objects.filter(entry__in=entries.values()).values_list(
                "entry_id", flat=True
            )
        )
        fresh = sorted(set(entries.values()) - marked)
        AttendanceMark.objects.bulk_create([AttendanceMark(entry_id=pk) for pk in fresh])
        return len(fresh)


def count_quorum(
    *,
    assembly: Assembly,
    by: Party,
    at: datetime,
    present: int | None = None,
    women: int | None = None,
) -> QuorumCount:
    """Counts who is in the room: all who were ticked, or fewer heads if some have left."""
    with transaction.atomic():
        assembly = lock(assembly)
        freezing = RollFreezing.objects.filter(assembly=assembly).first()
        if freezing is None:
            raise AyilError(
                _("Freeze the roll of %(assembly)s before counting a quorum.")
                % {"assembly": assembly}
            )
        ticked = AttendanceMark.objects.filter(entry__assembly=assembly)
        heads = ticked.count() if present is None else present
        women_ticked = ticked.filter(entry__sex=Sex.WOMAN).count()
        if not 0 <= heads <= ticked.count():
            raise AyilError(
                _("%(heads)s people cannot be present in %(assembly)s: %(ticked)s are ticked.")
                % {"heads": heads, "assembly": assembly, "ticked": ticked.count()}
            )
        return QuorumCount.objects.create(
            assembly=assembly,
            present=heads,
            women=min(heads, women_ticked if women is None else women),
            needed=quorum_needed(
                freezing.roll_size, freezing.quorum_numerator, freezing.quorum_denominator
            ),
            by=by,
            counted_at=at,
        )
