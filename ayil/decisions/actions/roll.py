"""The roll is entered and frozen, those who come are ticked and counted."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ayil.decisions.actions.assemblies import lock
from ayil.decisions.models import (
    MAY_VOTE,
    Assembly,
    AttendanceMark,
    Decision,
    QuorumCount,
    RollEntry,
    RollFreezing,
)
from ayil.decisions.queries import assembly_terms_on, entry_leaf, roll_fingerprint
from ayil.decisions.rolls import (
    LeftOut,
    attendance_of,
    lacking_words,
    on_the_roll,
    roll_facts,
    villagers,
    voteless,
)
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.actions import enter_party
from ayil.members.models import Party, PartyKind, Sex

TIES = "runoff, then a public lot"
SALT_BYTES = 16


def enter_roll(
    *,
    assembly: Assembly,
    people: Sequence[Party],
    by: Party,
    draw: Callable[[int], bytes] = token_bytes,
) -> list[RollEntry]:
    """Adds adult residents to the roll, in this order; one that is on it stays as it is, under
    whichever of their records.

    `draw` gives so many bytes by lot, from which each entry is sealed; a simulation has its own.

    Refused as a whole where somebody has no vote here: donor, administration and staff never do.
    Refused once the roll hangs: from then on it changes by objections alone.
    """
    with transaction.atomic():
        assembly = lock(assembly)
        if RollFreezing.objects.filter(assembly=assembly).exists():
            raise AyilError(
                _("The roll of %(assembly)s is frozen; nobody is added before the vote.")
                % {"assembly": assembly}
            )
        if assembly.postings.exists():
            raise AyilError(
                _(
                    "The roll of %(assembly)s hangs for everybody to read. Whoever is missing is "
                    "added by an objection: write one down."
                )
                % {"assembly": assembly}
            )
        people = list(dict.fromkeys(people))
        known = on_the_roll(assembly, [person.pk for person in people])
        fresh = [person for person in people if person.pk not in known]
        refuse_voteless(assembly, fresh)
        first = next_number(assembly)
        return RollEntry.objects.bulk_create(
            [
                roll_entry(assembly, number, person, by=by, salt=draw(SALT_BYTES))
                for number, person in enumerate(fresh, start=first)
            ]
        )


@dataclass(frozen=True)
class Entered:
    """Who came onto the roll, and who of the village has no vote and why."""

    entries: Sequence[RollEntry]
    left_out: Sequence[LeftOut]


def enter_residents(
    *, assembly: Assembly, by: Party, draw: Callable[[int], bytes] = token_bytes
) -> Entered:
    """All who are on record in the village and have a vote, in the order of the alphabet; whoever
    has none is told by name."""
    people = list(villagers(assembly))
    out = voteless(assembly, people)
    barred = {left.person.pk for left in out}
    adults = [person for person in people if person.pk not in barred]
    return Entered(enter_roll(assembly=assembly, people=adults, by=by, draw=draw), out)


def enter_newcomer(
    *, assembly: Assembly, name: str, born_year: int | None, sex: Sex, by: Party, at: datetime
) -> RollEntry:
    """Somebody who lives in the village and is not on record yet: a record and an entry."""
    with transaction.atomic():
        assembly = lock(assembly)
        person = new_villager(assembly, name=name, born_year=born_year, sex=sex, at=at)
        return enter_roll(assembly=assembly, people=[person], by=by)[0]


def new_villager(
    assembly: Assembly, *, name: str, born_year: int | None, sex: Sex, at: datetime
) -> Party:
    """A record of what a roll needs of a person, and of nothing else."""
    return enter_party(
        kind=PartyKind.PERSON,
        name=name,
        village=assembly.village,
        born_year=born_year,
        sex=sex,
        at=at,
    )


def next_number(assembly: Assembly) -> int:
    """One above the highest that was ever given: a struck entry keeps its own."""
    return 1 + (assembly.roll.aggregate(highest=Max("number"))["highest"] or 0)


def roll_entry(
    assembly: Assembly,
    number: int,
    person: Party,
    *,
    by: Party,
    salt: bytes,
    provisional: bool = False,
    again: int = 0,
) -> RollEntry:
    """An entry as it will be sealed, not saved yet."""
    entry = RollEntry(
        assembly=assembly,
        number=number,
        person=person,
        name=person.name,
        born_year=person.born_year,
        sex=person.sex,
        salt=salt,
        provisional=provisional,
        again=again,
        by=by,
    )
    entry.leaf = entry_leaf(entry)
    return entry


def refuse_voteless(assembly: Assembly, people: Sequence[Party]) -> None:
    for left in voteless(assembly, people):
        raise AyilError(
            _("%(person)s has no vote in %(assembly)s: %(person)s %(why)s.")
            % {"person": left.person, "assembly": assembly, "why": left.why}
        )


def freeze_roll(
    *,
    assembly: Assembly,
    by: Party,
    at: datetime,
    quorum: tuple[int, int] | None = None,
    ties: str = TIES,
) -> RollFreezing:
    """Fixes roll, question, quorum (a share, as two whole numbers) and what breaks a tie.

    The quorum is the association's, as it held on the day of the call, unless another is given.
    Refused until the roll hung for the days of the terms, every objection is answered, and chair,
    registrar and both counters are named. The fingerprint of all of it is read aloud and stands
    in the minutes.
    """
    terms = assembly_terms_on(assembly.called_on)
    numerator, denominator = quorum or (terms.quorum_numerator, terms.quorum_denominator)
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
        facts = roll_facts(assembly, local_date(at))
        lacking = lacking_words(facts)
        if lacking:
            raise AyilError(
                _("The roll of %(assembly)s cannot be frozen: %(lacking)s")
                % {"assembly": assembly, "lacking": " ".join(lacking)}
            )
        return RollFreezing.objects.create(
            assembly=assembly,
            roll_size=facts.size,
            quorum_numerator=numerator,
            quorum_denominator=denominator,
            ties=ties,
            sha256=roll_fingerprint(assembly, quorum=(numerator, denominator), ties=ties),
            by=by,
            frozen_at=at,
        )


def tick_attendance(*, assembly: Assembly, numbers: Collection[int]) -> int:
    """Ticks these numbers of the roll; returns how many were new. A second tick changes nothing:
    the same list sent twice, or two lists of two tablets, count each person once.

    Takes no time and no person: a mark must not be matched with a ballot. A tick is never taken
    back; where one is wrong, `count_quorum` takes the heads that were counted.
    """
    with transaction.atomic():
        assembly = lock(assembly)
        if not RollFreezing.objects.filter(assembly=assembly).exists():
            raise AyilError(
                _("Freeze the roll of %(assembly)s before ticking who came.")
                % {"assembly": assembly}
            )
        if Decision.objects.filter(assembly=assembly).exists():
            raise AyilError(
                _("The minutes of %(assembly)s are written; nobody is ticked any more.")
                % {"assembly": assembly}
            )
        entries = dict(
            assembly.roll.filter(MAY_VOTE, number__in=numbers).values_list("number", "pk")
        )
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
    """Counts who is in the room: all who were ticked, or fewer heads if some have left.

    Needed is the frozen share of the roll and of whoever was added to it later.
    """
    with transaction.atomic():
        assembly = lock(assembly)
        came = attendance_of(assembly)
        if came is None:
            raise AyilError(
                _("Freeze the roll of %(assembly)s before counting a quorum.")
                % {"assembly": assembly}
            )
        heads = came.ticked if present is None else present
        if not 0 <= heads <= came.ticked:
            raise AyilError(
                _("%(heads)s people cannot be present in %(assembly)s: %(ticked)s are ticked.")
                % {"heads": heads, "assembly": assembly, "ticked": came.ticked}
            )
        return QuorumCount.objects.create(
            assembly=assembly,
            present=heads,
            women=min(heads, came.women if women is None else women),
            needed=came.needed,
            by=by,
            counted_at=at,
        )
