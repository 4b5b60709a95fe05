"""What a shop manager looks at: the day's takings, the drawers, whose money it is, the shelves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from ayil.consignment import accounts
from ayil.consignment.ageing import expires_soon, stands_too_long
from ayil.consignment.models import ConsignorAccount, Lot
from ayil.consignment.stock_queries import STOCK_IS_KNOWN
from ayil.ledger.models import Account
from ayil.members.models import Shop
from ayil.members.queries import AnyUser
from ayil.members.rights import Right, shops_with
from ayil.shop.cashiers import names_of
from ayil.shop.models import (
    EventException,
    Sale,
    SaleKind,
    ShiftClosing,
    ShiftOpening,
    Tender,
    TenderKind,
)
from ayil.shop.trust.rules import Trust

SERIES_DAYS = 14
SHOWN = 10


@dataclass(frozen=True)
class Drawer:
    """One shift at one till; what is not closed yet has no count and no `closing`."""

    till: str
    cashier: str
    float_minor: int
    counted_minor: int | None = None
    expected_minor: int | None = None
    closing: int | None = None

    @property
    def over_minor(self) -> int | None:
        if self.counted_minor is None or self.expected_minor is None:
            return None
        return self.counted_minor - self.expected_minor


@dataclass(frozen=True)
class Paid:
    """How much came in by one means of payment."""

    means: str
    amount_minor: int


@dataclass(frozen=True)
class Some:
    """The first few of a list of lots, and how many there are in all."""

    lots: Sequence[Lot]
    total: int


@dataclass(frozen=True)
class Day:
    """One business day of a shop."""

    on: date
    before: date | None
    after: date | None
    receipts: int
    refunds: int
    takings_minor: int
    paid: Sequence[Paid]
    drawers: Sequence[Drawer]
    last_days: Sequence[tuple[date, int]]

    @property
    def last_takings(self) -> list[int]:
        return [takings for _day, takings in self.last_days]


def visible_shops(user: AnyUser, on: date) -> QuerySet[Shop]:
    return shops_with(user, Right.SEE_TODAY, day=on).order_by("id")


def shops_run_by(user: AnyUser, on: date) -> QuerySet[Shop]:
    """Where this user may say what became of an exception; who only looks may not."""
    return shops_with(user, Right.CLEAR_EXCEPTION, day=on)


def last_open_day(shop: Shop, upto: date) -> date | None:
    """The last business day with a sale, not after `upto`."""
    sales = Sale.objects.filter(shop=shop, date__lte=upto).order_by("-date")
    return sales.values_list("date", flat=True).first()


def day_of(shop: Shop, on: date) -> Day:
    sales = Sale.objects.filter(shop=shop, date=on)
    totals = sales.aggregate(
        receipts=Count("pk", filter=Q(kind=SaleKind.SALE)),
        refunds=Count("pk", filter=Q(kind=SaleKind.REFUND)),
        takings=Sum("gross_minor"),
    )
    after = Sale.objects.filter(shop=shop, date__gt=on).order_by("date")
    return Day(
        on=on,
        before=last_open_day(shop, on - timedelta(days=1)),
        after=after.values_list("date", flat=True).first(),
        receipts=totals["receipts"],
        refunds=totals["refunds"],
        takings_minor=totals["takings"] or 0,
        paid=_paid(sales),
        drawers=_drawers(shop, on),
        last_days=_last_days(shop, on),
    )


def _paid(sales: QuerySet[Sale]) -> Sequence[Paid]:
    sums = Tender.objects.filter(sale__in=sales).values("kind").annotate(amount=Sum("amount_minor"))
    by_kind = {row["kind"]: row["amount"] for row in sums}
    return [Paid(str(kind.label), by_kind[kind]) for kind in TenderKind if kind in by_kind]


def _drawers(shop: Shop, on: date) -> Sequence[Drawer]:
    opened = ShiftOpening.objects.filter(device__shop=shop, date=on).select_related("device")
    openings = list(opened.order_by("device__code", "id").annotate(epoch=F("event__epoch")))
    closed = ShiftClosing.objects.filter(device__shop=shop, date=on)
    closings = {
        (closing.device_id, closing.epoch, closing.shift): closing
        for closing in closed.annotate(epoch=F("event__epoch")).order_by("-id")
    }
    names = names_of(opening.cashier for opening in openings)

    def drawer(opening: Any) -> Drawer:
        closing = closings.get((opening.device_id, opening.epoch, opening.shift))
        begun = Drawer(opening.device.code, names[opening.cashier], opening.float_minor)
        if closing is None:
            return begun
        return replace(
            begun,
            counted_minor=closing.counted_minor,
            expected_minor=closing.expected_minor,
            closing=closing.pk,
        )

    return [drawer(opening) for opening in openings]


def _last_days(shop: Shop, on: date) -> Sequence[tuple[date, int]]:
    """Takings of the last open days up to `on`, oldest first."""
    since = on - timedelta(days=4 * SERIES_DAYS)
    days = Sale.objects.filter(shop=shop, date__range=(since, on)).values("date")
    rows = days.annotate(takings=Sum("gross_minor")).order_by("-date")[:SERIES_DAYS]
    return [(row["date"], row["takings"]) for row in reversed(rows)]


def trust(shop: Shop) -> Trust:
    """What is owed counts only those to whom something is owed: no debt pays another's money."""
    owed = ConsignorAccount.objects.filter(shop=shop, account__balance_minor__gt=0)
    held = {
        account.code: account.balance_minor
        for account in Account.objects.filter(fund=shop.fund, currency=shop.currency).filter(
            Q(code__in=[accounts.SAFE, accounts.BANK])
            | Q(code__startswith=accounts.drawer_code(""))
            | Q(code__startswith=accounts.tender_code("", ""))
        )
    }
    bank = held.pop(accounts.BANK, 0)
    under_way = sum(
        balance for code, balance in held.items() if code.startswith(accounts.tender_code("", ""))
    )
    return Trust(
        owed_minor=owed.aggregate(owed=Sum("account__balance_minor"))["owed"] or 0,
        drawers_minor=sum(held.values()) - under_way,
        bank_minor=bank,
        under_way_minor=under_way,
    )


def _some(lots: QuerySet[Lot], *order: str) -> Some:
    found = lots.select_related("variant__product", "consignor", "balance").order_by(*order)
    return Some(lots=list(found[:SHOWN]), total=lots.count())


def _counted_lots(shop: Shop) -> QuerySet[Lot]:
    """Lots whose delivery was counted: of the others the stock is not known."""
    return Lot.objects.filter(STOCK_IS_KNOWN, shop=shop)


def below_nought(shop: Shop) -> Some:
    """Sold before they were booked: to be counted, never a refusal to sell (invariant 1)."""
    return _some(_counted_lots(shop).filter(balance__on_shelf__lt=0), "balance__on_shelf", "id")


def expiring(shop: Shop, on: date) -> Some:
    lots = _counted_lots(shop).filter(balance__on_shelf__gt=0)
    return _some(lots.filter(expires_soon(on)), "best_before", "id")


def standing_long(shop: Shop, on: date) -> Some:
    lots = _counted_lots(shop).filter(stands_too_long(on), balance__on_shelf__gt=0)
    return _some(lots, "accepted_on", "id")


def exceptions_of(shops: QuerySet[Shop]) -> QuerySet[EventException]:
    """What a person has yet to look at in these shops, oldest first."""
    return (
        EventException.objects.filter(device__shop__in=shops, clearing__isnull=True)
        .select_related("device__shop", "event")
        .order_by("raised_at", "id")
    )


def open_exceptions(shop: Shop) -> QuerySet[EventException]:
    return exceptions_of(Shop.objects.filter(pk=shop.pk))
