"""Reads over parties; what a user may see is decided here."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from ayil.members.identities import groups, identities_of, identities_of_all
from ayil.members.models import (
    Affiliation,
    ConsentEvent,
    Mandate,
    MembershipEvent,
    Party,
    Purpose,
    RoleGrant,
    Simulation,
    User,
)
from ayil.members.rules import MEMBER_STEPS, is_member

AnyUser = User | AnonymousUser


def is_simulated() -> bool:
    """Whether what this database holds was simulated, and not done by anybody."""
    return Simulation.objects.exists()


def last_step(party: Party, on: date | None = None) -> str | None:
    events = MembershipEvent.objects.filter(party=party)
    if on is not None:
        events = events.filter(on__lte=on)
    last = events.order_by("-id").first()
    return last.step if last else None


def is_member_on(party: Party, day: date) -> bool:
    """A member in one's own right, or through any community that is one.

    Either of two merged records makes the person a member. A constant number of queries.
    """
    own = identities_of(party)
    communities = standing_on(Affiliation.objects.filter(person__in=own), day)
    everyone = own | identities_of_all(communities.values_list("community_id", flat=True))
    steps = MembershipEvent.objects.filter(party__in=everyone, on__lte=day).order_by("id")
    last = dict(steps.values_list("party_id", "step"))
    return any(is_member(step) for step in last.values())


def members_among(party_ids: Iterable[int], day: date) -> frozenset[int]:
    """Those of the parties for which `is_member_on` holds. Three queries, however many they are."""
    group_of = {pk: group for group in groups() for pk in group}
    own = {pk: group_of.get(pk, frozenset({pk})) for pk in party_ids}
    belongs: dict[int, set[int]] = {}
    affiliations = Affiliation.objects.filter(person__in=frozenset().union(*own.values()))
    for person, community in standing_on(affiliations, day).values_list("person", "community"):
        belongs.setdefault(person, set()).update(group_of.get(community, {community}))
    everyone = {
        pk: group.union(*(belongs.get(record, ()) for record in group)) for pk, group in own.items()
    }
    steps = MembershipEvent.objects.filter(
        party__in=frozenset().union(*everyone.values()), on__lte=day
    )
    last = dict(steps.order_by("id").values_list("party_id", "step"))
    return frozenset(
        pk for pk, records in everyone.items() if any(is_member(last.get(one)) for one in records)
    )


def affiliations_on(person: Party, day: date) -> QuerySet[Affiliation]:
    return standing_on(Affiliation.objects.filter(person=person), day)


def standing_on(affiliations: QuerySet[Affiliation], day: date) -> QuerySet[Affiliation]:
    """Those of the affiliations that hold on a day."""
    begun = affiliations.filter(since__lte=day)
    return begun.filter(Q(end__isnull=True) | Q(end__on__gt=day))


def members() -> QuerySet[Party]:
    """Parties whose own last membership event leaves them members, or that of a merged record."""
    last = MembershipEvent.objects.filter(party=OuterRef("pk")).order_by("-id").values("step")[:1]
    parties = Party.objects.annotate(last_step=Subquery(last))
    people = groups()
    if not people:
        return parties.filter(last_step__in=MEMBER_STEPS)
    merged = parties.filter(pk__in=frozenset().union(*people), last_step__in=MEMBER_STEPS)
    keys = frozenset(merged.values_list("pk", flat=True))
    through = frozenset().union(*(person for person in people if person & keys))
    return parties.filter(Q(last_step__in=MEMBER_STEPS) | Q(pk__in=through))


def roles_of(user: AnyUser, day: date) -> QuerySet[RoleGrant]:
    if not isinstance(user, User) or user.party_id is None or user.without_office:
        return RoleGrant.objects.none()
    return party_roles(user.party_id, day)


def party_roles(party_id: int, day: date) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(party_id=party_id, since__lte=day).filter(
        Q(end__isnull=True) | Q(end__on__gt=day)
    )


def consents_now(party: Party, purpose: Purpose) -> bool:
    """What the person said last about the purpose, on whichever of their records."""
    said = ConsentEvent.objects.filter(party__in=identities_of(party), purpose=purpose)
    last = said.order_by("-id").first()
    return last is not None and last.given


def public_parties() -> QuerySet[Party]:
    """Parties that let their name stand on public pages; one withdrawn is gone at once.

    Records that were merged stand or fall together, by the last word on any of them.
    """
    last = (
        ConsentEvent.objects.filter(party=OuterRef("pk"), purpose=Purpose.PUBLIC_PAGE)
        .order_by("-id")
        .values("given")[:1]
    )
    shown, hidden = _merged_in_public()
    return Party.objects.annotate(public=Subquery(last)).filter(
        (Q(public=True) & ~Q(pk__in=hidden)) | Q(pk__in=shown)
    )


def _merged_in_public() -> tuple[frozenset[int], frozenset[int]]:
    """Keys of merged records: those whose person stands in public, and those whose does not."""
    people = groups()
    if not people:
        return frozenset(), frozenset()
    said = ConsentEvent.objects.filter(
        party__in=frozenset().union(*people), purpose=Purpose.PUBLIC_PAGE
    )
    last: dict[int, tuple[int, bool]] = {
        party: (pk, given)
        for pk, party, given in said.order_by("id").values_list("pk", "party_id", "given")
    }

    def is_shown(person: frozenset[int]) -> bool:
        return max((last[pk] for pk in person if pk in last), default=(0, False))[1]

    shown = frozenset().union(*(person for person in people if is_shown(person)))
    return shown, frozenset().union(*people) - shown


def standing_mandates(day: date) -> QuerySet[Mandate]:
    """Mandates by which money may be collected on that day."""
    begun = Mandate.objects.filter(since__lte=day)
    return begun.filter(
        Q(until__isnull=True) | Q(until__gte=day), Q(end__isnull=True) | Q(end__on__gt=day)
    )


def mandate_on(*, giver: Party, holder: Party, day: date) -> Mandate | None:
    found = standing_mandates(day).filter(giver=giver, holder=holder)
    return found.order_by(F("since").desc(), "-id").first()
