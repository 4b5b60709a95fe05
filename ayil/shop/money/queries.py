"""Where a shop's money lies, how it moved, and how the bank's own paper compares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from ayil.consignment.accounts import BANK, PETTY_CASH, SAFE, drawer_code
from ayil.ledger.models import Account, Transfer
from ayil.members.models import Shop
from ayil.members.queries import AnyUser
from ayil.members.rights import Right, shops_with
from ayil.shop.models import BankBalance, MoneyMove

TENDER = "tender:"
STATED = 12


@dataclass(frozen=True)
class UnderWay:
    """What buyers paid by one means and has not arrived; `since` the oldest day of it."""

    means: str
    amount_minor: int
    since: date | None


@dataclass(frozen=True)
class Places:
    """What lies where by the books, in minor units; `petty_cash` left a drawer and has no cause
    yet."""

    drawers_minor: int
    safe_minor: int
    bank_minor: int
    petty_cash_minor: int
    under_way: Sequence[UnderWay]


@dataclass(frozen=True)
class Compared:
    """The bank's word for the end of a day, and the books' as they stand now."""

    stated: BankBalance
    books_minor: int

    @property
    def over_minor(self) -> int:
        """Above nought: the bank holds more than the books say."""
        return self.stated.closing_minor - self.books_minor


def moves_visible_to(user: AnyUser, day: date) -> QuerySet[MoneyMove]:
    """Those of the shops whose books the user reads, the latest first."""
    shops = shops_with(user, Right.KEEP_BOOKS, day=day)
    return MoneyMove.objects.filter(shop__in=shops).select_related(
        "shop__fund", "by", "confirmation__by", "reversal__by"
    )


def to_confirm(shops: QuerySet[Shop]) -> QuerySet[MoneyMove]:
    """Own money that waits for another person's word."""
    return MoneyMove.objects.filter(
        shop__in=shops, kind=MoneyMove.Kind.OWN_OUT, confirmation=None, reversal=None
    )


def places(shop: Shop) -> Places:
    """As the books have it, now."""
    held = _balances(
        shop,
        Q(code__in=[SAFE, BANK, PETTY_CASH])
        | Q(code__startswith=drawer_code(""))
        | Q(code__startswith=TENDER),
    )
    drawers = sum(b for code, b in held.items() if code.startswith(drawer_code("")))
    return Places(
        drawers_minor=drawers,
        safe_minor=held.get(SAFE, 0),
        bank_minor=held.get(BANK, 0),
        petty_cash_minor=held.get(PETTY_CASH, 0),
        under_way=under_way(shop),
    )


def _balances(shop: Shop, which: Q) -> dict[str, int]:
    rows = Account.objects.filter(fund=shop.fund_id, currency=shop.currency).filter(which)
    return dict(rows.values_list("code", "balance_minor"))


def under_way(shop: Shop) -> list[UnderWay]:
    """By means of payment, with its age: what came first is taken to arrive first."""
    accounts = Account.objects.filter(
        fund=shop.fund_id, currency=shop.currency, code__startswith=TENDER
    ).exclude(balance_minor=0)
    labels = {str(value): str(label) for value, label in MoneyMove.Tender.choices}
    return [
        UnderWay(
            means=labels.get(code := account.code.removeprefix(TENDER), code),
            amount_minor=account.balance_minor,
            since=_oldest_day(account),
        )
        for account in accounts.order_by("code")
    ]


def _oldest_day(account: Account) -> date | None:
    """Going back day by day until what was paid in comes to all that is still there."""
    left, oldest = account.balance_minor, None
    days = Transfer.objects.filter(debit=account).values("date").annotate(paid=Sum("amount_minor"))
    for row in days.order_by("-date").iterator(chunk_size=100):
        if left <= 0:
            break
        left, oldest = left - row["paid"], row["date"]
    return oldest


def compared(shop: Shop) -> list[Compared]:
    """The last days for which the bank's word is known, each beside the books of that evening."""
    stated = list(shop.bank_balances.select_related("by")[:STATED])
    if not stated:
        return []
    bank = Account.objects.filter(fund=shop.fund_id, currency=shop.currency, code=BANK).first()
    if bank is None:
        return [Compared(one, 0) for one in stated]
    since = min(one.on for one in stated)
    after: dict[date, int] = {}
    for side, sign in (("debit", 1), ("credit", -1)):
        days = Transfer.objects.filter(**{side: bank}, date__gt=since).values("date")
        for row in days.annotate(moved=Sum("amount_minor")):
            after[row["date"]] = after.get(row["date"], 0) + sign * row["moved"]
    return [
        Compared(one, bank.balance_minor - sum(moved for on, moved in after.items() if on > one.on))
        for one in stated
    ]
