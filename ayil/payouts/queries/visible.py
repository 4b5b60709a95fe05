"""Who may see and speak for whom: everything that pages read is narrowed here first."""

from datetime import date

from django.db.models import Q, QuerySet

from ayil.consignment.models import ConsignorAccount
from ayil.members.models import Party, Shop
from ayil.members.own import own_parties
from ayil.members.queries import AnyUser
from ayil.members.rights import Right, shops_with
from ayil.payouts.models import Dispute, Payout, PayoutRun, Statement


def _shops(user: AnyUser, day: date) -> QuerySet[Shop]:
    return shops_with(user, Right.SEE_PAYOUTS, day=day)


def statements_visible_to(user: AnyUser, *, day: date) -> QuerySet[Statement]:
    """One's own and one's community's, and those of a shop whose money one keeps or audits."""
    return Statement.objects.filter(
        Q(consignor__in=own_parties(user, day)) | Q(shop__in=_shops(user, day))
    )


def payouts_visible_to(user: AnyUser, *, day: date) -> QuerySet[Payout]:
    return Payout.objects.filter(
        Q(consignor__in=own_parties(user, day)) | Q(run__shop__in=_shops(user, day))
    )


def disputes_visible_to(user: AnyUser, *, day: date) -> QuerySet[Dispute]:
    return Dispute.objects.filter(statement__in=statements_visible_to(user, day=day))


def runs_visible_to(user: AnyUser, *, day: date) -> QuerySet[PayoutRun]:
    """Payout lists name everyone's income: only who keeps or audits the shop's money."""
    return PayoutRun.objects.filter(shop__in=_shops(user, day))


def shops_with_owed_visible_to(user: AnyUser, *, day: date) -> QuerySet[Shop]:
    """The shops of which this user may read `owed_by_consignor`."""
    return _shops(user, day).order_by("id")


def consignors_visible_to(user: AnyUser, *, day: date) -> QuerySet[Party]:
    """Whose `producer_page` this user may read."""
    kept = ConsignorAccount.objects.filter(shop__in=_shops(user, day))
    return Party.objects.filter(
        Q(pk__in=own_parties(user, day)) | Q(pk__in=kept.values("consignor"))
    )
