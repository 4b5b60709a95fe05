"""What is one's own: one's person under all of its records, and whoever one speaks for."""

from datetime import date

from django.db.models import Q, QuerySet

from ayil.members.identities import identities_of, identities_of_all
from ayil.members.models import Affiliation, Party, User
from ayil.members.queries import AnyUser, affiliations_on, mandate_on

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
