"""What rows of a list would do to the records as they are now."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from ayil.kit.lists import CHANGED, NEW, SAME, Fault, same_words, written
from ayil.members.doubles import blocks_of_all
from ayil.members.doubles_rules import Record
from ayil.members.identities import groups
from ayil.members.imports.plan import Likely, PeoplePlan, Planned, Row
from ayil.members.models import Affiliation, MembershipEvent, Party, PartyKind
from ayil.members.rules import is_member, may_follow

FILLABLE = ("phone", "born_year", "sex")
FEWEST_CONTACTS = 2
_CONTACTS = frozenset({"leader", "contact"})
_Key = tuple[str, str, int | None]
Progress = Callable[[int, int], None]


def plan_of(
    rows: Sequence[Row],
    faults: Sequence[Fault],
    left_out: Sequence[str],
    *,
    today: date,
    examples: int = 0,
    progress: Progress | None = None,
) -> PeoplePlan:
    """The same rows over the same records give the same plan."""
    planner = _Planner(rows, today)
    planned = []
    for place, row in enumerate(rows):
        planned.append(planner.planned(place, row))
        if progress is not None:
            progress(place + 1, len(rows))
    planner.look_at_contacts(planned)
    found = sorted([*faults, *planner.faults], key=lambda fault: (fault.line, fault.column))
    return PeoplePlan.of(rows, planned, found, left_out, examples)


def folded(name: str) -> str:
    """Under which a name is looked up: as it comes from a cell, in small letters."""
    return written(name).casefold()


def _contradict(row: Row, phone: str, born_year: int | None) -> bool:
    """Whether two of one name and village are two all the same."""
    if row.phone and phone and row.phone != phone:
        return True
    return row.born_year is not None and born_year is not None and row.born_year != born_year


class _Planner:
    """Holds what the rows are compared with: the records and the list itself."""

    def __init__(self, rows: Sequence[Row], today: date) -> None:
        self.faults: list[Fault] = []
        self._blocks = blocks_of_all()
        self._records = _records_by_name()
        self._by_number = _records_by_number(rows)
        self._before: dict[_Key, list[tuple[int, Row]]] = defaultdict(list)
        groups_in_list = (row for row in rows if row.kind == PartyKind.COMMUNITY)
        self._in_list = Counter(folded(row.name) for row in groups_in_list)
        self._communities = _communities_by_name()
        self._steps = _last_steps()
        self._parts = _parts_standing(today)
        self._groups_of = {key: group for group in groups() for key in group}

    def planned(self, place: int, row: Row) -> Planned:
        twin = self._twin_in_list(place, row)
        party = self._party(row)
        joins, community = self._joins(row, party)
        if twin is not None:
            return Planned(
                row, SAME, party.pk if party else None, {}, joins, False, community, (), twin
            )
        admits = self._admits(row, party)
        if party is None:
            return Planned(row, NEW, None, {}, joins, admits, community, self._likely(row))
        fills = {
            name: getattr(row, name)
            for name in FILLABLE
            if getattr(row, name) and not getattr(party, name)
        }
        verb = CHANGED if fills else SAME
        return Planned(row, verb, party.pk, fills, joins, admits, community)

    def _likely(self, row: Row) -> Sequence[Likely]:
        new = Record.of(0, row.kind, row.name, row.village, row.phone, row.born_year)
        return tuple(
            Likely(other.key, other.name, [_(reason.value) for reason in why])
            for other, why in self._blocks.near(new)
        )

    def _twin_in_list(self, place: int, row: Row) -> int | None:
        """The place of an earlier row of the same person; a fault unless it is there to enter
        them in a further community."""
        key = (row.kind, folded(row.name), row.village)
        before = self._before[key]
        before.append((place, row))
        for earlier, other in before[:-1]:
            if (row.record != other.record) or _contradict(row, other.phone, other.born_year):
                continue
            if row.community and not any(
                same_words(row.community, one.community) for _place, one in before[:-1]
            ):
                return earlier
            words = _(
                "Line %(line)s says the same person. Leave one of the two out, or tell them "
                "apart by phone or year of birth."
            )
            self._fault(row, words % {"line": other.line})
        return None

    def _party(self, row: Row) -> Party | None:
        """The record that the row is about, where there is one."""
        if row.record:
            return self._numbered(row)
        alike = [
            party
            for party in self._records.get((row.kind, folded(row.name), row.village), ())
            if not _contradict(row, party.phone, party.born_year)
        ]
        if len(alike) > 1:
            words = _(
                "There are %(count)s records called so in this village. Give the phone or the "
                "year of birth of the one that is meant."
            )
            self._fault(row, words % {"count": len(alike)})
        return alike[0] if alike else None

    def _numbered(self, row: Row) -> Party | None:
        party = self._by_number.get(row.record)
        if party is None:
            words = _("No record has this number. Leave it empty for new people.")
            self._fault(row, words)
            return None
        differs = (
            party.kind != row.kind
            or not same_words(party.name, row.name)
            or (row.village is not None and party.village_id != row.village)
            or _contradict(row, party.phone, party.born_year)
        )
        if differs:
            words = _(
                "The record of this number is %(name)s, and a list changes nothing that stands. "
                "Change it on its own page."
            )
            self._fault(row, words % {"name": party.name})
        return party

    def _joins(self, row: Row, party: Party | None) -> tuple[bool, int | None]:
        """Whether the person is to be entered as one of the community, and of which record."""
        if not row.community or row.kind != PartyKind.PERSON:
            return False, None
        in_list = self._in_list[folded(row.community)]
        known = self._communities.get(folded(row.community), [])
        own = {
            other
            for key in self._identities(party)
            for community, _part in self._parts["person", key]
            for other in self._groups_of.get(community, {community})
        }
        if any(one.pk in own for one in known):
            return False, None
        near = [one for one in known if one.village_id == row.village] or known
        if in_list == 1 and not near:
            return True, None
        if len(near) == 1:
            return True, near[0].pk
        words = (
            _("There are several communities called «%(name)s». Enter this person on its page.")
            if near or in_list > 1
            else _("There is no community «%(name)s». Give it a row of its own in the list.")
        )
        self._fault(row, words % {"name": row.community})
        return False, None

    def _admits(self, row: Row, party: Party | None) -> bool:
        if row.member_since is None:
            return False
        if any(is_member(self._steps.get(key)) for key in self._identities(party)):
            return False
        last = self._steps.get(party.pk) if party else None
        if not may_follow(last, "applied"):
            words = _("They have applied already. Admit them on the page of applications.")
            self._fault(row, words)
            return False
        return True

    def _identities(self, party: Party | None) -> Iterable[int]:
        """The keys of all records of the one person; none for a new one."""
        return self._groups_of.get(party.pk, {party.pk}) if party else ()

    def look_at_contacts(self, planned: Sequence[Planned]) -> None:
        """A community is admitted with two people to turn to, one of them its leader."""
        joining: dict[str, list[str]] = defaultdict(list)
        for one in planned:
            if one.joins:
                joining[folded(one.row.community)].append(one.row.part)
        for one in planned:
            if not (one.admits and one.row.kind == PartyKind.COMMUNITY):
                continue
            standing = self._parts["community", one.party] if one.party else []
            parts = [*joining[folded(one.row.name)], *(part for _key, part in standing)]
            contacts = [part for part in parts if part in _CONTACTS]
            if len(contacts) < FEWEST_CONTACTS or "leader" not in contacts:
                words = _(
                    "A community is admitted with a leader and one more contact. Give both a row "
                    "with this community."
                )
                self._fault(one.row, words)

    def _fault(self, row: Row, words: str) -> None:
        self.faults.append(Fault(row.line, row.name, words))


def _records_by_name() -> dict[_Key, list[Party]]:
    """Every record under its kind, name and village; one of several merged records is enough."""
    fields = ("pk", "kind", "name", "village_id", "phone", "born_year", "sex")
    found: dict[_Key, list[Party]] = defaultdict(list)
    seen: set[int] = set()
    same = {key: group for group in groups() for key in group}
    for party in Party.objects.only(*fields).order_by("pk").iterator(chunk_size=5000):
        key = (party.kind, folded(party.name), party.village_id)
        if party.pk in seen and any(one.pk in same[party.pk] for one in found[key]):
            continue
        seen |= same.get(party.pk, frozenset())
        found[key].append(party)
    return found


def _records_by_number(rows: Sequence[Row]) -> Mapping[str, Party]:
    if not any(row.record for row in rows):
        return {}
    fields = ("pk", "uid", "kind", "name", "village_id", "phone", "born_year", "sex")
    return {str(party.uid): party for party in Party.objects.only(*fields).order_by("pk")}


def _communities_by_name() -> dict[str, list[Party]]:
    found: dict[str, list[Party]] = defaultdict(list)
    for party in Party.objects.filter(kind=PartyKind.COMMUNITY):
        found[folded(party.name)].append(party)
    return found


def _last_steps() -> dict[int, str]:
    events = MembershipEvent.objects.order_by("id")
    return dict(events.values_list("party_id", "step"))


def _parts_standing(day: date) -> dict[tuple[str, int], list[tuple[int, str]]]:
    """By ("person", key) the communities, by ("community", key) the people, with the parts."""
    found: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    standing = Affiliation.objects.filter(Q(end__isnull=True) | Q(end__on__gt=day))
    for person, community, part in standing.values_list("person_id", "community_id", "part"):
        found["person", person].append((community, part))
        found["community", community].append((person, part))
    return found
