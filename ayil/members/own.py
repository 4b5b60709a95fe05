"""What is one's own: one's person under all of its records, and whoever one speaks for."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from ayil.members.identities import groups, identities_of, identities_of_all, standing_merges
from ayil.members.models import Affiliation, Party, PartyKind, User
from ayil.members.queries import (
    AnyUser,
    affiliations_on,
    mandate_on,
    standing_mandates,
    standing_on,
)

SPEAKS = (Affiliation.Part.LEADER, Affiliation.Part.CONTACT)


def own_parties(user: AnyUser, day: date) -> QuerySet[Party]:
    """The user's own records, and the communities that they lead or are the contact of."""
    if not isinstance(user, User) or user.party is None:
        return Party.objects.none()
    return parties_spoken_for(user.party, day)


def parties_spoken_for(person: Party, day: date) -> QuerySet[Party]:
    """The person's records, the communities they lead or are the contact of; no mandates."""
    mine = identities_of(person)
    led = Affiliation.objects.filter(person__in=mine, part__in=SPEAKS, since__lte=day).filter(
        Q(end__isnull=True) | Q(end__on__gt=day)
    )
    return Party.objects.filter(pk__in=identities_of_all(mine.union(
        led.values_list("community_id", flat=True)
    )))  # fmt: skip


def speaks_for(person: Party, consignor: Party, day: date) -> bool:
    """Oneself, a leader or contact of the community, or the holder of a mandate."""
    if parties_spoken_for(person, day).filter(pk=consignor.pk).exists():
        return True
    return mandate_on(giver=consignor, holder=person, day=day) is not None


def speakers_for(parties: Collection[Party], day: date) -> dict[int, list[Party]]:
    """By the key of each party, the people for whom `speaks_for` holds: oneself first, then by
    name; of merged records the one that is kept. Four queries, however many they are."""
    kept = dict(standing_merges().values_list("double_id", "kept_id"))
    group_of = {pk: group for group in groups() for pk in group}
    own = {party.pk: group_of.get(party.pk, frozenset({party.pk})) for party in parties}
    led = Affiliation.objects.filter(
        community__in=frozenset().union(*own.values()), part__in=SPEAKS
    )
    leaders: dict[int, set[int]] = {}
    for community, person in standing_on(led, day).values_list("community", "person"):
        leaders.setdefault(community, set()).add(person)
    speaking = {pk: set(group).union(*(leaders.get(one, ()) for one in group))
                for pk, group in own.items()}  # fmt: skip
    speaking = {pk: {_kept(one, kept) for one in people} for pk, people in speaking.items()}
    held = standing_mandates(day).filter(giver__in=own)
    for giver, holder in held.values_list("giver", "holder"):
        speaking[giver].add(holder)
    people = Party.objects.filter(kind=PartyKind.PERSON).in_bulk(set().union(*speaking.values()))
    return {
        pk: sorted(
            (people[one] for one in keys if one in people),
            key=lambda person: (person.pk not in own[pk], person.name, person.pk),
        )
        for pk, keys in speaking.items()
    }


def _kept(pk: int, kept: Mapping[int, int]) -> int:
    while pk in kept:
        pk = kept[pk]
    return pk


def is_one_of(person: Party, *others: Party | None) -> bool:
    """Whether the person is one of these, under whichever record: two records are not two people.

    The three-person rule asks this.
    """
    mine = identities_of(person)
    return any(other is not None and other.pk in mine for other in others)


def leads(person: Party, community: Party, day: date) -> bool:
    """A leader of the community on that day."""
    led = affiliations_on(person, day).filter(part=Affiliation.Part.LEADER)
    return led.filter(community=community).exists()
