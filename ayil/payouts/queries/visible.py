"""Who may see and speak for whom: everything that pages read is narrowed here first."""

from datetime import date

from django.db.models import Q, QuerySet

from ayil.consignment.models import ConsignorAccount
from ayil.members.models import Affiliation, Party, Role, Shop, User
from ayil.members.queries import AnyUser, affiliations_on, mandate_on, shops_for
from ayil.payouts.models import Dispute, Payout, PayoutRun, Statement

MAY_SEE = (Role.MANAGER, Role.ACCOUNTANT, Role.PAYMASTER, Role.AUDITOR)
SPEAKS = (Affiliation.Part.LEADER, Affiliation.Part.CONTACT)


def leads(person: Party, community: Party, day: date) -> bool:
    return (
        affiliations_on(person, day)
        .filter(community=community, part=Affiliation.Part.LEADER)
        .exists()
    )


def speaks_for(person: Party, consignor: Party, day: date) -> bool:
    """Oneself, a leader or contact of the community, or the holder of a mandate."""
    if person == consignor:
        return True
    if affiliations_on(person, day).filter(community=consignor, part__in=SPEAKS).exists():
        return True
    return mandate_on(giver=consignor, holder=person, day=day) is not None


def _own_consignors(user: AnyUser, day: date) -> QuerySet[Party]:
    """The user's own party, and the communities that it leads or is the contact of."""
    if not isinstance(user, User) or user.party is None:
        return Party.objects.none()
    led = affiliations_on(user.party, day).filter(part__in=SPEAKS).values("community")
    return Party.objects.filter(Q(pk=user.party_id) | Q(pk__in=led))


def statements_visible_to(user: AnyUser, *, day: date) -> QuerySet[Statement]:
    """One's own and one's community's, and those of a shop whose money one keeps or audits."""
    return Statement.objects.filter(
        Q(consignor__in=_own_consignors(user, day)) | Q(shop__in=shops_for(user, *MAY_SEE, day=day))
    )


def payouts_visible_to(user: AnyUser, *, day: date) -> QuerySet[Payout]:
    return Payout.objects.filter(
        Q(consignor__in=_own_consignors(user, day))
        | Q(run__shop__in=shops_for(user, *MAY_SEE, day=day))
    )


def disputes_visible_to(user: AnyUser, *, day: date) -> QuerySet[Dispute]:
    return Dispute.objects.filter(statement__in=statements_visible_to(user, day=day))


def runs_visible_to(user: AnyUser, *, day: date) -> QuerySet[PayoutRun]:
    """Payout lists name everyone's income: only who keeps or audits the shop's money."""
    return PayoutRun.objects.filter(shop__in=shops_for(user, *MAY_SEE, day=day))


def shops_with_owed_visible_to(user: AnyUser, *, day: date) -> QuerySet[Shop]:
    """The shops of which this user may read `owed_by_consignor`."""
    return shops_for(user, *MAY_SEE, day=day).order_by("id")


def consignors_visible_to(user: AnyUser, *, day: date) -> QuerySet[Party]:
    """Whose `producer_page` this user may read."""
    kept = ConsignorAccount.objects.filter(shop__in=shops_for(user, *MAY_SEE, day=day))
    return Party.objects.filter(
        Q(pk__in=_own_consignors(user, day)) | Q(pk__in=kept.values("consignor"))
    )
