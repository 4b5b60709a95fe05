"""An assembly is called, its roll entered and frozen, those who come are ticked and counted."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from secrets import token_bytes
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.decisions.models import (
    Assembly,
    AttendanceMark,
    QuorumCount,
    RollEntry,
    RollFreezing,
)
from ayil.decisions.queries import entry_leaf, roll_fingerprint
from ayil.decisions.rules import BARRED_ROLES, RULES, quorum_needed, why_not_on_roll
from ayil.kit.errors import AyilError, Conflict
from ayil.members.models import Party, PartyKind, Role, RoleGrant, Sex
from ayil.places.models import Place, PlaceKind

HALF = (1, 2)
TIES = "runoff, then a public lot"
SALT_BYTES = 16


def lock(assembly: Assembly) -> Assembly:
    """The assembly, held by this transaction: its steps follow one another."""
    return (
        Assembly.objects.select_for_update(of=("self",))
        .select_related("village")
        .get(pk=assembly.pk)
    )


def call_assembly(
    *,
    village: Place,
    called_on: date,
    notice: str,
    held_on: date,
    place: str,
    by: Party,
    at: datetime,
    uid: UUID | None = None,
) -> Assembly:
    """`notice` says where the call was posted and read. The same `uid` returns the first."""
    if village.kind != PlaceKind.VILLAGE:
        raise AyilError(
            _("%(village)s is no village; an assembly is a village's.") % {"village": village}
        )
    if called_on >= held_on or not notice.strip():
        raise AyilError(
            _("The assembly of %(village)s needs a notice, posted before the day of %(held_on)s.")
            % {"village": village, "held_on": held_on}
        )
    with transaction.atomic():
        earlier = Assembly.objects.filter(uid=uid).first() if uid else None
        if earlier is not None:
            if (earlier.village_id, earlier.held_on) != (village.pk, held_on):
                raise Conflict(
                    _("The assembly %(uid)s was called before for another day or village.")
                    % {"uid": uid}
                )
            return earlier
        if Assembly.objects.filter(village=village, held_on=held_on).exists():
            raise AyilError(
                _("%(village)s has an assembly on %(held_on)s already.")
                % {"village": village, "held_on": held_on}
            )
        return Assembly.objects.create(
            uid=uid or uuid4(),
            village=village,
            called_on=called_on,
            notice=notice.strip(),
            held_on=held_on,
            place=place,
            called_by=by,
            recorded_at=at,
        )


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
    rule: str = "approval",
    quorum: tuple[int, int] = HALF,
    ties: str = TIES,
) -> RollFreezing:
    """Fixes roll, rule, quorum (a share, as two whole numbers) and what breaks a tie.

    The fingerprint of all of it is read aloud and stands in the minutes.
    """
    numerator, denominator = quorum
    if rule not in RULES or not 0 < numerator <= denominator:
        raise AyilError(
            _(
                "'%(rule)s' with a quorum of %(numerator)s/%(denominator)s cannot be used. "
                "Rules: %(rules)s; a quorum is above 0 and at most 1."
            )
            % {
                "rule": rule,
                "numerator": numerator,
                "denominator": denominator,
                "rules": ", ".join(RULES),
            }
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
            rule=rule,
            quorum_numerator=numerator,
            quorum_denominator=denominator,
            ties=ties,
            sha256=roll_fingerprint(
                assembly, rule=rule, quorum=(numerator, denominator), ties=ties
            ),
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
