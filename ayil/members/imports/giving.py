"""The list of people and communities as it is given out: an import reads it as nothing to do."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from ayil.kit.clock import local_date
from ayil.kit.lists import list_file
from ayil.kit.lists.writing import Row
from ayil.kit.written import language
from ayil.members.identities import kept_parties, standing_merges
from ayil.members.imports.columns import PEOPLE
from ayil.members.looks import Seen, record_looks
from ayil.members.models import Affiliation, MembershipEvent, MembershipStep, Party, PartyKind
from ayil.members.queries import standing_on
from ayil.members.rights import Right, require
from ayil.members.rules import is_member
from ayil.places.spellings import Villages


def give_out(*, by: Party, at: datetime, form: str) -> bytes:
    """Everybody in the reader's language, as "csv" or "xlsx"; each person is told of the look."""
    today = local_date(at)
    require(by, Right.IMPORT_PEOPLE, on=today)
    require(by, Right.SEE_PERSONAL_DATA, on=today)
    parties = kept_parties().exclude(kind=PartyKind.ENTERPRISE).order_by("sort_key", "pk")
    with transaction.atomic():
        record_looks(parties=parties.only("pk"), by=by, what=Seen.LIST, at=at)
    return list_file(PEOPLE, _rows(parties, today), language=language(), form=form)


def _rows(parties: QuerySet[Party], today: date) -> Iterator[Row]:
    villages, told = Villages(), language()
    communities, since = _communities(today), _member_since()
    for party in parties.iterator(chunk_size=2000):
        row: dict[str, str | int | date | None] = {
            "name": party.name,
            "kind": PEOPLE.word("kind", party.kind, told),
            "village": villages.written(party.village_id),
            "phone": party.phone,
            "born_year": party.born_year,
            "sex": PEOPLE.word("sex", party.sex, told),
            "language": PEOPLE.word("language", party.language, told),
            "member_since": since.get(party.pk),
            "record": str(party.uid),
        }
        for community, part in communities.get(party.pk) or [("", "")]:
            yield row | {"community": community, "part": PEOPLE.word("part", part, told)}


def _communities(today: date) -> dict[int, list[tuple[str, str]]]:
    """By the person's key the names of their communities with their part, each once."""
    kept = dict(standing_merges().values_list("double_id", "kept_id"))
    found: dict[int, dict[str, str]] = defaultdict(dict)
    standing = standing_on(Affiliation.objects.order_by("id"), today)
    for person, name, part in standing.values_list("person_id", "community__name", "part"):
        while person in kept:
            person = kept[person]  # noqa: PLW2901 - up to the record that is kept
        found[person].setdefault(name, part)
    return {person: list(names.items()) for person, names in found.items()}


def _member_since() -> dict[int, date]:
    """The day of the last admission of everybody who is a member by their own record."""
    steps: dict[int, str] = {}
    since: dict[int, date] = {}
    events = MembershipEvent.objects.order_by("id").values_list("party_id", "step", "on")
    for party, step, on in events.iterator(chunk_size=5000):
        steps[party] = step
        if step == MembershipStep.ADMITTED:
            since[party] = on
    return {party: on for party, on in since.items() if is_member(steps[party])}
