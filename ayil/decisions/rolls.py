"""Reads over a roll: who is on it and who is not, what it still lacks, who was added later."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.decisions.models import (
    MAY_VOTE,
    ON_ROLL,
    Assembly,
    RollEntry,
    RollFreezing,
    RollObjection,
)
from ayil.decisions.queries import assembly_terms_on
from ayil.decisions.rules import (
    BARRED_ROLES,
    Lacks,
    RollFacts,
    freezing_lacks,
    quorum_needed,
    why_not_on_roll,
)
from ayil.kit.canonical import digest
from ayil.kit.written import day as written_day
from ayil.members.identities import groups, kept_parties
from ayil.members.models import Party, PartyKind, Role, RoleGrant, Sex

PROVISIONAL_DOMAIN = "ayil/decisions/provisional/1"


def provisional_of(assembly: Assembly) -> QuerySet[RollEntry]:
    """Those who were added by signatures after the freezing, by number."""
    return (
        assembly.roll.filter(provisional=True)
        .select_related("signing__registrar", "signing__chair")
        .order_by("number")
    )


def provisional_said(assembly: Assembly) -> dict[str, Any]:
    """What its fingerprint is taken over: the frozen roll's, and the leaves that were added."""
    leaves = provisional_of(assembly).values_list("number", "leaf")
    return {
        "roll": bytes(assembly.freezing.sha256),
        "added": [[number, bytes(leaf)] for number, leaf in leaves],
    }


def provisional_fingerprint(assembly: Assembly) -> bytes:
    """SHA-256 over the frozen roll's fingerprint and the leaves that were added, 32 bytes."""
    return digest(PROVISIONAL_DOMAIN, provisional_said(assembly))


def open_objections(assembly: Assembly) -> QuerySet[RollObjection]:
    return assembly.objections.filter(answer__isnull=True)


def roll_facts(assembly: Assembly, today: date) -> RollFacts:
    """What a roll's freezing hangs on."""
    first = assembly.postings.order_by("since").first()
    return RollFacts(
        is_frozen=RollFreezing.objects.filter(assembly=assembly).exists(),
        size=assembly.roll.filter(ON_ROLL).count(),
        posted_on=first.since if first else None,
        posting_days=assembly_terms_on(assembly.called_on).posting_days,
        open_objections=open_objections(assembly).count(),
        people=people_named(assembly),
        today=today,
    )


def people_named(assembly: Assembly) -> int:
    """How many people hold the offices of an assembly, where two records may be one person."""
    holders = set(assembly.offices.values_list("person_id", flat=True))
    return len({one_record_of(holders).get(holder, holder) for holder in holders})


def one_record_of(party_ids: Iterable[int]) -> Mapping[int, int]:
    """For each record that is one person with others: the lowest key among them all."""
    wanted = set(party_ids)
    return {pk: min(group) for group in groups() for pk in group if pk in wanted}


LACKS_WORDS: Mapping[Lacks, object] = {
    Lacks.FROZEN: gettext_lazy("The roll is frozen already."),
    Lacks.PEOPLE: gettext_lazy("Nobody is on the roll yet."),
    Lacks.POSTING: gettext_lazy("The roll was not hung up yet, for everybody to read."),
    Lacks.OBJECTIONS: gettext_lazy("An objection is not answered yet."),
    Lacks.OFFICES: gettext_lazy("Chair, registrar and two counters are not all named yet."),
}


def lacking_words(facts: RollFacts) -> list[str]:
    """All that is to be done before the freezing, as sentences."""
    return [_lack_in_words(lack, facts) for lack in freezing_lacks(facts)]


def _lack_in_words(lack: Lacks, facts: RollFacts) -> str:
    if lack == Lacks.DAYS:
        return _("The roll hangs for everybody to read; it may be frozen from %(day)s on.") % {
            "day": written_day(facts.hangs_until)
        }
    return str(LACKS_WORDS[lack])


@dataclass(frozen=True)
class LeftOut:
    """Somebody of the village who has no vote in this assembly, and why."""

    person: Party
    why: str


_VOTELESS: Mapping[str, object] = {
    "is not a person": gettext_lazy("is not a person"),
    "does not live in this village": gettext_lazy("does not live in this village"),
    "is not of age": gettext_lazy("is not of age"),
}


def voteless(assembly: Assembly, people: Sequence[Party]) -> list[LeftOut]:
    """Those among them who have no vote here. An office bars whichever record it stands on."""
    together = {pk: group for group in groups() for pk in group}
    records = {person.pk: together.get(person.pk, frozenset({person.pk})) for person in people}
    roles = _roles_on(assembly.held_on, {pk for group in records.values() for pk in group})
    found = []
    for person in people:
        held = [role for pk in records[person.pk] for role in roles.get(pk, ())]
        words = why_not_on_roll(
            is_person=person.kind == PartyKind.PERSON,
            lives_here=person.village_id == assembly.village_id,
            born_year=person.born_year,
            year=assembly.held_on.year,
            roles=held,
        )
        if words:
            found.append(LeftOut(person, _why(words, held)))
    return found


def _why(words: str, held: Iterable[str]) -> str:
    if words in _VOTELESS:
        return str(_VOTELESS[words])
    barred = sorted(BARRED_ROLES.intersection(held))
    return _("is %(role)s of the programme") % {"role": Role(barred[0]).label}


def _barring(party_ids: Iterable[int], day: date) -> QuerySet[RoleGrant]:
    """Offices on that day by which a person has no vote and no part."""
    return RoleGrant.objects.filter(
        party__in=party_ids, role__in=BARRED_ROLES, since__lte=day
    ).filter(Q(end__isnull=True) | Q(end__on__gt=day))


def is_barred(records: Iterable[int], day: date) -> bool:
    """One of a person's records holds such an office."""
    return _barring(records, day).exists()


def _roles_on(day: date, party_ids: set[int]) -> Mapping[int, list[str]]:
    roles: dict[int, list[str]] = defaultdict(list)
    for party_id, role in _barring(party_ids, day).values_list("party_id", "role"):
        roles[party_id].append(role)
    return roles


def villagers(assembly: Assembly) -> QuerySet[Party]:
    """Every person on record in the village, each once, in the order of the alphabet."""
    people = kept_parties().filter(village=assembly.village_id, kind=PartyKind.PERSON)
    return people.order_by("sort_key", "pk")


def left_out_of(assembly: Assembly) -> list[LeftOut]:
    """Those who live in the village, are on record and have no vote: said by name, never
    silently."""
    return voteless(assembly, list(villagers(assembly)))


def on_the_roll(assembly: Assembly, party_ids: Iterable[int]) -> Mapping[int, int]:
    """Which of these people the roll has (not struck), whatever record of theirs: key -> number."""
    numbers = dict(assembly.roll.filter(MAY_VOTE).values_list("person_id", "number"))
    together = {pk: group for group in groups() for pk in group}
    found = {}
    for party_id in party_ids:
        for record in sorted(together.get(party_id, {party_id})):
            if record in numbers:
                found[party_id] = numbers[record]
                break
    return found


@dataclass(frozen=True)
class RollLine:
    """One line of the roll as it is read: `struck` says why it counts no more."""

    number: int
    name: str
    born_year: int | None
    provisional: bool
    struck: str
    added: str
    is_ticked: bool

    @property
    def letter(self) -> str:
        return self.name[:1].upper()


def roll_lines(assembly: Assembly) -> list[RollLine]:
    """Every entry by number, the struck ones among them. One query."""
    entries = assembly.roll.select_related(
        "striking__objection__answer", "signing", "mark"
    ).order_by("number")
    return [_line(entry) for entry in entries]


def _line(entry: RollEntry) -> RollLine:
    striking = getattr(entry, "striking", None)
    signing = getattr(entry, "signing", None)
    return RollLine(
        number=entry.number,
        name=entry.name,
        born_year=entry.born_year,
        provisional=entry.provisional,
        struck=striking.objection.get_about_display() if striking else "",
        added=signing.reason if signing else "",
        is_ticked=hasattr(entry, "mark"),
    )


@dataclass(frozen=True)
class Attendance:
    """How many are ticked, and how many must come; women among both."""

    roll_size: int
    added: int
    women_on_roll: int
    ticked: int
    women: int
    needed: int

    @property
    def whole(self) -> int:
        """The roll and those who were added later: what the quorum is a share of."""
        return self.roll_size + self.added

    @property
    def is_enough(self) -> bool:
        return self.ticked >= self.needed


def attendance_of(assembly: Assembly) -> Attendance | None:
    """None until the roll is frozen: nobody is ticked before. Two queries."""
    freezing = RollFreezing.objects.filter(assembly=assembly).first()
    if freezing is None:
        return None
    woman = Q(sex=Sex.WOMAN)
    seen = assembly.roll.filter(MAY_VOTE).aggregate(
        size=Count("pk", filter=Q(provisional=False)),
        added=Count("pk", filter=Q(provisional=True)),
        women_on_roll=Count("pk", filter=woman),
        ticked=Count("mark"),
        women=Count("mark", filter=woman),
    )
    return Attendance(
        roll_size=seen["size"],
        added=seen["added"],
        women_on_roll=seen["women_on_roll"],
        ticked=seen["ticked"],
        women=seen["women"],
        needed=quorum_needed(
            seen["size"] + seen["added"],
            freezing.quorum_numerator,
            freezing.quorum_denominator,
        ),
    )
