"""What waits of the makers' money: statements nobody pays, lists to approve, disputes."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext

from ayil.members.models import User
from ayil.members.rights import Right, reach_of
from ayil.members.waiting import Waiting, shops_in_sight
from ayil.payouts.dispute_waits import disputes_waiting
from ayil.payouts.models import (
    Handover,
    Method,
    PayeeAccount,
    Payout,
    PayoutRun,
    Statement,
)

UNSIGNED_FOR = timedelta(days=14)


def payouts_waiting(user: User, day: date) -> list[Waiting]:
    return [
        _statements_unpaid(user, day),
        _lists_to_approve(user, day),
        _payouts_to_hand_over(user, day),
        _payouts_unsigned(user, day),
        _accounts_unconfirmed(user, day),
        *disputes_waiting(user, day),
    ]


def _owed(first: Any) -> tuple[date | None, str]:
    """Since when, and the shop's page of payouts; of (day, shop's code)."""
    return (first[0], f"{reverse('payout-lists')}?shop={first[1]}") if first else (None, "")


def _of_list(first: Any) -> tuple[date | None, str]:
    """Since when, and the page of the list that waits longest; of (day, list's key)."""
    return (first[0], reverse("payout-list", args=[first[1]])) if first else (None, "")


def _statements_unpaid(user: User, day: date) -> Waiting:
    """A maker's last statement has money on it that no payout list carries."""
    later = Statement.objects.filter(
        shop=OuterRef("shop"), consignor=OuterRef("consignor"), number__gt=OuterRef("number")
    )
    listed = (
        Payout.objects.filter(statement=OuterRef("pk"), cancellation__isnull=True)
        .values("statement")
        .annotate(sum=Sum("amount_minor"))
        .values("sum")
    )
    rows = Statement.objects.filter(
        ~Exists(later),
        shop__in=shops_in_sight(user, Right.PREPARE_PAYOUT, day),
        closing_minor__gt=Coalesce(Subquery(listed), Value(0)),
    )
    count = rows.count()
    oldest, address = _owed(rows.order_by("cut_on").values_list("cut_on", "shop__code").first())
    what = ngettext(
        "%(count)s statement is closed and on no payout list",
        "%(count)s statements are closed and on no payout list",
        count,
    )
    return Waiting(what % {"count": count}, count, oldest, address, Right.PREPARE_PAYOUT)


def _lists_to_approve(user: User, day: date) -> Waiting:
    rows = PayoutRun.objects.filter(
        Exists(_on_its_way(Payout.objects.filter(run=OuterRef("pk")))),
        shop__in=shops_in_sight(user, Right.APPROVE_PAYOUT, day),
        approval__isnull=True,
    )
    count = rows.count()
    first = rows.order_by("prepared_at").values_list("prepared_at__date", "pk").first()
    oldest, address = _of_list(first)
    what = ngettext("%(count)s payout list to approve", "%(count)s payout lists to approve", count)
    return Waiting(what % {"count": count}, count, oldest, address, Right.APPROVE_PAYOUT)


def _on_its_way(payouts: QuerySet[Payout]) -> QuerySet[Payout]:
    return payouts.filter(handover__isnull=True, cancellation__isnull=True)


def _payouts_to_hand_over(user: User, day: date) -> Waiting:
    rows = _on_its_way(
        Payout.objects.filter(
            run__shop__in=shops_in_sight(user, Right.PAY_OUT, day), run__approval__isnull=False
        )
    )
    count = rows.count()
    first = rows.order_by("run__approval__at").annotate(since=F("run__approval__at__date"))
    oldest, address = _of_list(first.values_list("since", "run").first())
    what = ngettext(
        "%(count)s approved payout to hand over",
        "%(count)s approved payouts to hand over",
        count,
    )
    return Waiting(what % {"count": count}, count, oldest, address, Right.PAY_OUT)


def _payouts_unsigned(user: User, day: date) -> Waiting:
    """Handed over a while ago, and nobody has said that the money came."""
    rows = Handover.objects.filter(
        acknowledgement__isnull=True,
        came_back__isnull=True,
        method=Method.CASH,
        paid_on__lte=day - UNSIGNED_FOR,
        payout__run__shop__in=shops_in_sight(user, Right.PREPARE_PAYOUT, day),
    )
    count = rows.count()
    first = rows.order_by("paid_on").values_list("paid_on", "payout__run").first()
    oldest, address = _of_list(first)
    what = ngettext(
        "%(count)s payout was handed over and nobody signed for it",
        "%(count)s payouts were handed over and nobody signed for them",
        count,
    )
    return Waiting(what % {"count": count}, count, oldest, address, Right.PREPARE_PAYOUT)


def _accounts_unconfirmed(user: User, day: date) -> Waiting:
    """A bank account was typed by one and waits for another."""
    rows = PayeeAccount.objects.filter(confirmation__isnull=True, end__isnull=True)
    count = rows.count()
    oldest = rows.order_by("at").values_list("at__date", flat=True).first()
    address = reverse("payee-accounts") if reach_of(user, Right.KEEP_ACCOUNTS, day=day) else ""
    what = ngettext(
        "%(count)s bank account to confirm", "%(count)s bank accounts to confirm", count
    )
    return Waiting(what % {"count": count}, count, oldest, address, Right.KEEP_ACCOUNTS)
