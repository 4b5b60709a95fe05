"""What must hold of rolls and of those who keep them, whoever got past the triggers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from ayil.decisions.models import MAY_VOTE, AssemblyOffice, Part, Proposal, RollEntry, RollFreezing
from ayil.decisions.queries import assembly_terms_on
from ayil.decisions.rules import BARRED_ROLES
from ayil.kit.clock import local_date
from ayil.kit.invariants import Check, by_query
from ayil.members.identities import groups, standing_merges
from ayil.members.models import RoleGrant

_UNSIGNED = """
    SELECT v.code, a.held_on, r.number FROM decisions_rollentry r
    JOIN decisions_assembly a ON a.id = r.assembly_id JOIN places_place v ON v.id = a.village_id
    LEFT JOIN decisions_provisionalsigning s ON s.entry_id = r.id
    WHERE r.provisional <> (s.id IS NOT NULL)
"""
_STRUCK = """
    SELECT v.code, a.held_on, r.number FROM decisions_rollstriking s
    JOIN decisions_rollentry r ON r.id = s.entry_id
    JOIN decisions_assembly a ON a.id = r.assembly_id JOIN places_place v ON v.id = a.village_id
    WHERE NOT EXISTS (SELECT 1 FROM decisions_rollobjectionanswer w
        JOIN decisions_rollobjection o ON o.id = w.objection_id
        WHERE o.id = s.objection_id AND o.entry_id = r.id AND w.upheld)
"""
_OPEN = """
    SELECT v.code, a.held_on, count(*) FROM decisions_rollobjection o
    JOIN decisions_rollfreezing f ON f.assembly_id = o.assembly_id
    JOIN decisions_assembly a ON a.id = o.assembly_id JOIN places_place v ON v.id = a.village_id
    WHERE NOT EXISTS (SELECT 1 FROM decisions_rollobjectionanswer w WHERE w.objection_id = o.id)
    GROUP BY v.code, a.held_on
"""
_STRUCK_CAME = """
    SELECT v.code, a.held_on, r.number FROM decisions_attendancemark m
    JOIN decisions_rollentry r ON r.id = m.entry_id
    JOIN decisions_rollstriking s ON s.entry_id = r.id
    JOIN decisions_assembly a ON a.id = r.assembly_id JOIN places_place v ON v.id = a.village_id
"""


def frozen_too_early() -> Iterator[str]:
    """A roll hung for the days that the association asks for before it was frozen."""
    for freezing in RollFreezing.objects.select_related("assembly__village").order_by("pk"):
        assembly = freezing.assembly
        first = assembly.postings.order_by("since").first()
        if first is None:
            yield f"{assembly}: the roll was frozen and had never hung."
            continue
        days = (local_date(freezing.frozen_at) - first.since).days
        asked = assembly_terms_on(assembly.called_on).posting_days
        if days < asked:
            yield f"{assembly}: the roll hung {days} days, {asked} are asked for."


@dataclass(frozen=True)
class Doubles:
    """Which records are one person, and since when that is known: a merge that was made later
    does not make a roll wrong that nobody could have known to be."""

    group_of: Mapping[int, frozenset[int]]
    known_at: Mapping[frozenset[int], datetime]

    def one(self, party_id: int, at: datetime) -> int:
        """A key that all records of the person share which were known to be one at that time."""
        group = self.group_of.get(party_id)
        return min(group) if group and self.known_at[group] <= at else party_id


def doubles() -> Doubles:
    group_of = {pk: group for group in groups() for pk in group}
    known_at: dict[frozenset[int], datetime] = {}
    for merge in standing_merges():
        group = group_of[merge.kept_id]
        known_at[group] = max(merge.at, known_at.get(group, merge.at))
    return Doubles(group_of, known_at)


def _frozen_entries(known: Doubles) -> QuerySet[RollEntry]:
    """Those who vote and have several records; only these can vote twice."""
    entries = RollEntry.objects.filter(MAY_VOTE, person__in=known.group_of)
    return (
        entries.filter(assembly__freezing__isnull=False)
        .select_related("assembly__village", "assembly__freezing")
        .order_by("assembly_id", "number")
    )


def one_person_twice() -> Iterator[str]:
    """Two records of one person are one vote."""
    known = doubles()
    seen: dict[tuple[int, int], int] = {}
    for entry in _frozen_entries(known):
        key = (entry.assembly_id, known.one(entry.person_id, entry.assembly.freezing.frozen_at))
        if key in seen:
            yield f"{entry.assembly}: numbers {seen[key]} and {entry.number} are one person."
        seen.setdefault(key, entry.number)


def votes_under_another_record() -> Iterator[str]:
    """Invariant 6, where the office stands on another record of the person who is on the roll."""
    known = doubles()
    offices = defaultdict(list)
    granted = RoleGrant.objects.filter(party__in=known.group_of, role__in=BARRED_ROLES)
    for grant in granted.select_related("end"):
        offices[known.group_of[grant.party_id]].append(grant)
    for entry in _frozen_entries(known):
        group, frozen_at = known.group_of[entry.person_id], entry.assembly.freezing.frozen_at
        for grant in offices[group] if known.known_at[group] <= frozen_at else ():
            if grant.party_id != entry.person_id and _is_held(grant, entry.assembly.held_on):
                yield f"{entry.assembly}: number {entry.number} is {grant.role} elsewhere."


def _is_held(grant: RoleGrant, day: date) -> bool:
    end = getattr(grant, "end", None)
    return grant.since <= day and (end is None or end.on > day)


def parts_in_one_hand() -> Iterator[str]:
    """Chair, registrar and counters are four people, and no proposer keeps the roll or counts;
    two records may be one person."""
    known = doubles()
    held: dict[tuple[int, int], str] = {}
    for office in AssemblyOffice.objects.select_related("assembly__village").order_by("pk"):
        key = (office.assembly_id, known.one(office.person_id, office.at))
        if key in held:
            yield f"{office.assembly}: one person is {held[key]} and {office.part}."
        held[key] = office.part
    proposed = Proposal.objects.filter(withdrawal__isnull=True)
    for proposal in proposed.select_related("assembly__village").order_by("pk"):
        key = (proposal.assembly_id, known.one(proposal.proposer_id, proposal.recorded_at))
        if held.get(key, Part.CHAIR) != Part.CHAIR:
            yield f"{proposal.assembly}: who proposed number {proposal.number} is {held[key]}."


CHECKS = [
    by_query(
        6,
        "who was added to a roll was added by two signatures",
        _UNSIGNED,
        "{0} {1}: number {2} was added after the freezing without its signatures.",
    ),
    by_query(
        6,
        "who was struck off a roll was struck by an objection that was upheld",
        _STRUCK,
        "{0} {1}: number {2} was struck off, and nobody upheld it.",
    ),
    by_query(
        6,
        "nobody came who was struck off the roll",
        _STRUCK_CAME,
        "{0} {1}: number {2} is struck off, and is ticked.",
    ),
    by_query(
        6,
        "every objection was answered before the roll was frozen",
        _OPEN,
        "{0} {1}: {2} objections were open when the roll was frozen.",
    ),
    Check(6, "every roll hung before it was frozen", frozen_too_early),
    Check(6, "one person has one vote, whatever their records", one_person_twice),
    Check(6, "no office and a vote on two records of a person", votes_under_another_record),
    Check(6, "registrar, counters, chair and proposers are different people", parts_in_one_hand),
]
