"""Shops that hold less than they owe: what the first pages say in red, and only while it is so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet, Sum

from ayil.consignment.accounts import BANK, SAFE, drawer_code
from ayil.consignment.models import ConsignorAccount
from ayil.ledger.models import Account, Transfer
from ayil.members.models import Shop
from ayil.shop.trust.days import all_was_there
from ayil.shop.trust.rules import ONE_DAY


@dataclass(frozen=True, slots=True)
class Below:
    """A shop that lacks `missing_minor` (above nought) of the makers' money; `since` None: for
    longer than the days that are looked at."""

    shop: Shop
    missing_minor: int
    since: date | None


def below(shops: QuerySet[Shop]) -> list[Below]:
    """Bounded in queries, whatever the number of shops; where all is there, it is three."""
    missing = {shop: -free for shop, free in _free(shops) if free < 0}
    if not missing:
        return []
    funds = [shop.fund_id for shop in missing]
    until = Transfer.objects.filter(fund__in=funds).aggregate(day=Max("date"))["day"]
    there = all_was_there(list(missing), until=until)
    found = []
    for shop, lacks in missing.items():
        before, _now = there[shop.pk]
        found.append(Below(shop, lacks, before.on + ONE_DAY if before else None))
    return found


def _free(shops: QuerySet[Shop]) -> Sequence[tuple[Shop, int]]:
    """What each holds above what it owes, now."""
    known = list(shops.order_by("id"))
    owing = ConsignorAccount.objects.filter(shop__in=known, account__balance_minor__gt=0)
    owed = dict(owing.values_list("shop").annotate(sum=Sum("account__balance_minor")))
    places = Account.objects.filter(fund__in=[shop.fund_id for shop in known]).filter(
        Q(code__in=[SAFE, BANK]) | Q(code__startswith=drawer_code(""))
    )
    held = dict(places.values_list("fund").annotate(sum=Sum("balance_minor")))
    return [(shop, held.get(shop.fund_id, 0) - owed.get(shop.pk, 0)) for shop in known]
