"""What rows of a list would do to the records as they are now."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from ayil.members.doubles import blocks_of_all
from ayil.members.doubles_rules import Record
from ayil.members.identities import groups
from ayil.members.imports.plan import FILLED, NEW, SAME, Fault, Likely, Plan, Planned, Row
from ayil.members.models import Affiliation, MembershipEvent, Party, PartyKind
from ayil.members.rules import is_member, may_follow

FILLABLE = ("phone", "born_year", "sex")
FEWEST_CONTACTS = 2
_CONTACTS = frozenset({"leader", "contact"})


def plan_of(
    rows: Sequence[Row], faults: Sequence[Fault], left_out: Sequence[str], *, today: date
) -> Plan:
    """The same rows over the same records give the same plan."""
    planner = _Planner(rows, today)
    planned = [planner.planned(row) for row in rows]
    planner.look_at_contacts(planned)
    found = sorted([*faults, *planner.faults], key=lambda fault: (fault.line, fault.column))
    return Plan(rows=rows, planned=planned, faults=found, left_out=left_out)


def same_name(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _contradict(row: Row, phone: str, born_year: int | None) -> bool:
    """Whether two of one name and village are two all the same."""
    if row.phone and phone and row.phone != phone:
        return True
    return row.born_year is not None and born_year is not None and row.born_year != born_year


class _Planner:
    """Holds what the rows are compared with: the records and the list itself."""

    def __init__(self, rows: Sequence[Row], today: date) -> None:
        self.faults: list[Fault] = []
        self._today = today
        self._blocks = blocks_of_all()
        self._records = _records_by_name()
        self._before: dict[tuple[str, str, int | None], list[Row]] = defaultdict(list)
        self._groups = [row for row in rows if row.kind == PartyKind.COMMUNITY]
        self._communities = _communities_by_name()
        self._steps = _last_steps()
        self._belongings = _belongings(today)

    def planned(self, row: Row) -> Planned:
        self._refuse_twin_in_list(row)
        party = self._party(row)
        joins, community = self._joins(row, party)
        admits = self._admits(row, party)
        if party is None:
            likely = tuple(
                Likely(other.key, other.name, [_(reason.value) for reason in why])
                for other, why in self._blocks.near(
                    Record.of(0, row.kind, row.name, row.village, row.phone, row.born_year)
                )
            )
            return Planned(row, NEW, None, {}, joins, admits, community, likely)
        fills = {
            name: getattr(row, name)
            for name in FILLABLE
            if getattr(row, name) and not getattr(party, name)
        }
        verb = FILLED if fills else SAME
        return Planned(row, verb, party.pk, fills, joins, admits, community)

    def _refuse_twin_in_list(self, row: Row) -> None:
        key = (row.kind, row.name.casefold(), row.village)
        for other in self._before[key]:
            if not _contradict(row, other.phone, other.born_year):
                words = _(
                    "Line %(line)s says the same person. Leave one of the two out, or tell them "
                    "apart by phone or year of birth."
                )
                self._fault(row, words % {"line": other.line})
        self._before[key].append(row)

    def _party(self, row: Row) -> Party | None:
        """The record that the row is about, where there is one."""
        alike = [
            party
            for party in self._records.get((row.kind, row.name.casefold(), row.village), ())
            if not _contradict(row, party.phone, party.born_year)
        ]
        if len(alike) > 1:
            words = _(
                "There are %(count)s records called so in this village. Give the phone or the "
                "year of birth of the one that is meant."
            )
            self._fault(row, words % {"count": len(alike)})
        return alike[0] if alike else None

    def _joins(self, row: Row, party: Party | None) -> tuple[bool, int | None]:
        """Whether the person is to be entered as one of the community, and of which record."""
        if not row.community or row.kind != PartyKind.PERSON:
            return False, None
        in_list = [one for one in self._groups if same_name(one.name, row.community)]
        known = self._communities.get(row.community.casefold(), [])
        near = [one for one in known if one.village_id == row.village] or known
        if len(in_list) == 1 and not near:
            return True, None
        if len(near) == 1:
            belongs = party is not None and (party.pk, near[0].pk) in self._belongings
            return not belongs, near[0].pk
        words = (
            _("There are several communities called «%(name)s». Enter this person on its page.")
            if near or len(in_list) > 1
            else _("There is no community «%(name)s». Give it a row of its own in the list.")
        )
        self._fault(row, words % {"name": row.community})
        return False, None

    def _admits(self, row: Row, party: Party | None) -> bool:
        if row.member_since is None:
            return False
        last = self._steps.get(party.pk) if party else None
        if is_member(last):
            return False
        if not may_follow(last, "applied"):
            words = _("They have applied already. Admit them on the page of applications.")
            self._fault(row, words)
            return False
        return True

    def look_at_contacts(self, planned: Sequence[Planned]) -> None:
        """A community is admitted with two people to turn to, one of them its leader."""
        for one in planned:
            if not (one.admits and one.row.kind == PartyKind.COMMUNITY):
                continue
            parts = [
                other.row.part
                for other in planned
                if other.joins and same_name(other.row.community, one.row.name)
            ]
            if one.party is not None:
                parts += _parts_standing(one.party, self._today)
            contacts = [part for part in parts if part in _CONTACTS]
            if len(contacts) < FEWEST_CONTACTS or "leader" not in contacts:
                words = _(
                    "A community is admitted with a leader and one more contact. Give both a row "
                    "with this community."
                )
                self._fault(one.row, words)

    def _fault(self, row: Row, words: str) -> None:
        self.faults.append(Fault(row.line, row.name, words))


def _records_by_name() -> dict[tuple[str, str, int | None], list[Party]]:
    """Every record under its kind, name and village; one of several merged records is enough."""
    fields = ("pk", "kind", "name", "village_id", "phone", "born_year", "sex")
    found: dict[tuple[str, str, int | None], list[Party]] = defaultdict(list)
    seen: set[int] = set()
    same = {key: group for group in groups() for key in group}
    for party in Party.objects.only(*fields).order_by("pk"):
        key = (party.kind, party.name.casefold(), party.village_id)
        if party.pk in seen and any(one.pk in same[party.pk] for one in found[key]):
            continue
        seen |= same.get(party.pk, frozenset())
        found[key].append(party)
    return found


def _communities_by_name() -> dict[str, list[Party]]:
    found: dict[str, list[Party]] = defaultdict(list)
    for party in Party.objects.filter(kind=PartyKind.COMMUNITY):
        found[party.name.casefold()].append(party)
    return found


def _last_steps() -> dict[int, str]:
    events = MembershipEvent.objects.order_by("id")
    return dict(events.values_list("party_id", "step"))


def _standing(day: date) -> Iterable[tuple[int, int, str]]:
    standing = Affiliation.objects.filter(Q(end__isnull=True) | Q(end__on__gt=day))
    return standing.values_list("person_id", "community_id", "part")


def _belongings(day: date) -> set[tuple[int, int]]:
    return {(person, community) for person, community, _part in _standing(day)}


def _parts_standing(community: int, day: date) -> list[str]:
    return [part for _person, of, part in _standing(day) if of == community]
