"""What the pages of payout lists show: what would be paid and why not, and each list's lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from ayil.consignment.accounts import BANK, SAFE, drawer_code
from ayil.ledger.models import Account
from ayil.members.models import Party, Shop
from ayil.payouts.models import Payout, PayoutRun
from ayil.payouts.queries.owed import ConsignorStanding, standings
from ayil.payouts.rules import payable_minor


class Now(StrEnum):
    """What becomes of a consignor's money if a list were made now."""

    PAID = "paid"
    UNDER = "under"  # the association's least payout
    BELOW = "below"  # below zero: they owe the shop
    LISTED = "listed"
    UNSTATED = "unstated"


@dataclass(frozen=True)
class Due:
    """One consignor: `payable_minor` would be paid now, `unstated_minor` waits for a closing."""

    consignor: Party
    owed_minor: int
    payable_minor: int
    listed_minor: int
    unstated_minor: int
    now: Now


@dataclass(frozen=True)
class Office:
    """A shop's money for its makers, as the page of payout lists tells it."""

    due: Sequence[Due]
    minimum_minor: int

    @property
    def payable_minor(self) -> int:
        return sum(one.payable_minor for one in self.due)

    @property
    def payable_count(self) -> int:
        return sum(one.payable_minor > 0 for one in self.due)

    @property
    def unstated_minor(self) -> int:
        return sum(one.unstated_minor for one in self.due)

    @property
    def unstated_count(self) -> int:
        return sum(one.unstated_minor != 0 for one in self.due)


def payout_office(shop: Shop, *, minimum_minor: int) -> Office:
    """Everyone with money in it, the most to be paid first: two queries."""
    parties = (
        Party.objects.filter(consignor_accounts__shop=shop).select_related("village").in_bulk()
    )
    due = [
        _due(parties[one.consignor_id], one, minimum_minor)
        for one in standings(shop)
        if one.standing.balance_minor or one.standing.pending_minor
    ]
    due.sort(key=lambda one: (-one.payable_minor, -one.owed_minor, one.consignor.pk))
    return Office(due, minimum_minor)


def _due(consignor: Party, one: ConsignorStanding, minimum_minor: int) -> Due:
    standing = one.standing
    stated = standing.closing_minor - standing.paid_since_minor
    payable = (
        payable_minor(standing, minimum_minor=minimum_minor) if one.statement_id is not None else 0
    )
    free = min(stated, standing.balance_minor) - standing.pending_minor
    if payable:
        now = Now.PAID
    elif standing.balance_minor < 0:
        now = Now.BELOW
    elif free > 0:
        now = Now.UNDER
    elif standing.pending_minor:
        now = Now.LISTED
    else:
        now = Now.UNSTATED
    return Due(
        consignor=consignor,
        owed_minor=standing.balance_minor,
        payable_minor=payable,
        listed_minor=standing.pending_minor,
        unstated_minor=standing.balance_minor - stated,
        now=now,
    )


def lists_of(shop: Shop) -> QuerySet[PayoutRun]:
    """A shop's payout lists, the newest first, each with how many lines stand how."""
    return (
        PayoutRun.objects.filter(shop=shop)
        .select_related("prepared_by", "approval__by")
        .annotate(
            count=Count("payouts"),
            total_minor=Sum("payouts__amount_minor"),
            waiting=Count(
                "payouts",
                filter=Q(payouts__handover=None, payouts__cancellation=None),
            ),
            signed=Count("payouts__handover__acknowledgement"),
        )
        .order_by("-id")
    )


def run_with_payouts(run: PayoutRun) -> PayoutRun:
    """The list with all that its page shows, in a constant number of queries."""
    payouts = Payout.objects.select_related(
        "consignor__village",
        "statement",
        "handover__payee",
        "handover__paid_by",
        "handover__approved_by",
        "handover__mandate",
        "handover__acknowledgement__paper",
        "handover__came_back__by",
        "cancellation__by",
        "bank_line__account",
        "bank_line__file",
    ).order_by("id")
    return (
        PayoutRun.objects.select_related("shop__fund", "prepared_by", "approval__by")
        .prefetch_related(
            Prefetch("payouts", queryset=payouts), "papers__by", "bank_files__template"
        )
        .get(pk=run.pk)
    )


@dataclass(frozen=True)
class Source:
    """Where money may be taken from (`code` of its account), and how much is there."""

    code: str
    balance_minor: int
    currency: str
    till: str = ""


def sources_of(shop: Shop) -> list[Source]:
    """The safe, the drawers that were ever used, and the bank."""
    prefix = drawer_code("")
    accounts = Account.objects.filter(
        Q(code__in=[SAFE, BANK]) | Q(code__startswith=prefix), fund=shop.fund_id
    )
    balances = dict(accounts.order_by("code").values_list("code", "balance_minor"))
    drawers = [code for code in balances if code.startswith(prefix)]
    return [
        Source(code, balances.get(code, 0), shop.currency, code.removeprefix(prefix))
        for code in (SAFE, *drawers, BANK)
    ]
