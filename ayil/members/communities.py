"""Who belongs to a community and in which part: named by its leader or by the association.

Each action locks the community first, so that two ends at once cannot take its last two contacts.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.members.actions import affiliate, end_affiliation
from ayil.members.applications import CONTACT_PARTS, Part, standing_affiliations
from ayil.members.identities import identities_of
from ayil.members.joining import Named, entered
from ayil.members.models import Affiliation, AffiliationEnd, Party, PartyKind, User
from ayil.members.queries import AnyUser, last_step
from ayil.members.rights import Right, has_right, require
from ayil.members.rules import FEWEST_CONTACTS, is_member


def add_to_community(
    *, person: Named, community: Party, part: Affiliation.Part, by: Party, on: date, at: datetime
) -> Affiliation:
    """Somebody belongs from today on, and is entered where the records did not have them.

    Who belongs already is changed, not added.
    """
    _refuse_stranger(community, by=by, on=on)
    with transaction.atomic():
        _lock(community)
        found = entered(person, at=at)
        if _standing(community, on).filter(person__in=identities_of(found)).exists():
            raise AyilError(
                _("%(person)s belongs to %(community)s already. Change their part instead.")
                % {"person": found, "community": community}
            )
        return affiliate(person=found, community=community, since=on, by=by, part=part)


def change_part(
    *, affiliation: Affiliation, part: Affiliation.Part, on: date, by: Party, reason: str = ""
) -> Affiliation:
    """The new part begins as the old one ends; the community's guards see both."""
    community = affiliation.community
    _refuse_stranger(community, by=by, on=on)
    with transaction.atomic():
        _lock(community)
        _refuse_ended(affiliation)
        if part == affiliation.part:
            raise AyilError(
                _("%(person)s is %(part)s already.")
                % {"person": affiliation.person, "part": Affiliation.Part(part).label}
            )
        begun = affiliate(
            person=affiliation.person, community=community, since=on, by=by, part=part
        )
        _refuse_orphaning(affiliation, on=on)
        end_affiliation(affiliation=affiliation, on=on, by=by, reason=reason.strip())
        return begun


def hand_over(*, affiliation: Affiliation, to: Affiliation, on: date, by: Party) -> Affiliation:
    """A leader hands over to another of the community and stays one of its contacts."""
    if affiliation.part != Part.LEADER or affiliation.community_id != to.community_id:
        raise AyilError(
            _("%(person)s does not lead this community and cannot hand it over.")
            % {"person": affiliation.person}
        )
    with transaction.atomic():
        leads = change_part(affiliation=to, part=Part.LEADER, on=on, by=by)
        change_part(affiliation=affiliation, part=Part.CONTACT, on=on, by=by)
        return leads


def end_belonging(
    *, affiliation: Affiliation, on: date, by: Party, reason: str = ""
) -> AffiliationEnd:
    """Said by the person, by a leader or by the association; what was done before stays theirs."""
    if by.pk not in identities_of(affiliation.person):
        _refuse_stranger(affiliation.community, by=by, on=on)
    with transaction.atomic():
        _lock(affiliation.community)
        _refuse_ended(affiliation)
        _refuse_orphaning(affiliation, on=on)
        return end_affiliation(affiliation=affiliation, on=on, by=by, reason=reason.strip())


def leads(user: AnyUser, community: Party, day: date) -> bool:
    """Whether the reader is a leader of the community on that day."""
    if not isinstance(user, User) or user.party is None:
        return False
    return _is_led_by(community, user.party, day)


def may_name(user: AnyUser, community: Party, day: date) -> bool:
    """Whether the reader may name contacts and members: its leader, or the association."""
    return leads(user, community, day) or has_right(user, Right.CHANGE_PEOPLE, day=day)


def communities_visible_to(user: AnyUser, day: date) -> QuerySet[Party]:
    """All for who may see people; for the others those that they belong to."""
    found = Party.objects.filter(kind=PartyKind.COMMUNITY).select_related("village")
    if not isinstance(user, User):
        return found.none()
    if has_right(user, Right.SEE_PEOPLE, day=day):
        return found
    if user.party is None:
        return found.none()
    own = standing_affiliations(day).filter(person__in=identities_of(user.party))
    return found.filter(pk__in=own.values("community"))


def people_of(community: Party) -> QuerySet[Affiliation]:
    """Everybody who belongs or belonged, in the order of the alphabet."""
    return (
        Affiliation.objects.filter(community=community)
        .select_related("person__village", "end__by", "by")
        .order_by("person__sort_key", "id")
    )


def _standing(community: Party, day: date) -> QuerySet[Affiliation]:
    return standing_affiliations(day).filter(community=community)


def _is_led_by(community: Party, person: Party, day: date) -> bool:
    led = _standing(community, day).filter(part=Part.LEADER)
    return led.filter(person__in=identities_of(person)).exists()


def _lock(community: Party) -> None:
    Party.objects.select_for_update().get(pk=community.pk)


def _refuse_stranger(community: Party, *, by: Party, on: date) -> None:
    if not _is_led_by(community, by, on):
        require(by, Right.CHANGE_PEOPLE, on=on)


def _refuse_ended(affiliation: Affiliation) -> None:
    if hasattr(affiliation, "end"):
        raise AyilError(
            _("%(person)s does not belong to %(community)s any more. Load the page again.")
            % {"person": affiliation.person, "community": affiliation.community}
        )


def _refuse_orphaning(affiliation: Affiliation, *, on: date) -> None:
    """The database refuses the same; here it is said in words."""
    community = affiliation.community
    others = _standing(community, on).exclude(pk=affiliation.pk)
    if affiliation.part == Part.LEADER and not others.filter(part=Part.LEADER).exists():
        raise AyilError(
            _("%(community)s would be without a leader. Name another leader first.")
            % {"community": community}
        )
    if affiliation.part in CONTACT_PARTS and is_member(last_step(community)):
        people = set(others.filter(part__in=CONTACT_PARTS).values_list("person", flat=True))
        if len(people) < FEWEST_CONTACTS:
            raise AyilError(
                _("%(community)s would have one person to turn to. Name another contact first.")
                % {"community": community}
            )
