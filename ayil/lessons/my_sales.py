"""What a maker looks at: what sold, what is owed, what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ayil.consignment.models import ConsignorAccount
from ayil.figures.series import Thing, Week, last_open_day, things_sold, weeks_upto
from ayil.lessons.models import Lesson
from ayil.lessons.queries import lessons_of
from ayil.payouts.models import Payout, Statement

WEEKS_SHOWN = 26
THINGS_SHOWN = 20
STATEMENTS_SHOWN = 12
LATELY = 4  # weeks


@dataclass(frozen=True)
class MySales:
    """One consignor at one shop, up to the shop's last open day (None: it was never open)."""

    account: ConsignorAccount
    upto: date | None
    weeks: Sequence[Week]
    things: Sequence[Thing]
    lesson: Lesson | None
    statements: Sequence[Statement]
    payouts: Sequence[Payout]

    @property
    def owed_minor(self) -> int:
        return self.account.account.balance_minor

    @property
    def units_by_week(self) -> list[int]:
        return [week.units for week in self.weeks]

    @property
    def lately(self) -> Week:
        """The last four weeks as one."""
        last = self.weeks[-LATELY:]
        return Week(
            start=last[0].start,
            units=sum(week.units for week in last),
            share_minor=sum(week.share_minor for week in last),
        )

    @property
    def has_sold(self) -> bool:
        return bool(self.things)


def my_sales(account: ConsignorAccount) -> MySales:
    """`account` comes with its shop, consignor and ledger account at hand."""
    upto = last_open_day(account.shop)
    weeks = weeks_upto(account, upto, WEEKS_SHOWN) if upto else ()
    return MySales(
        account=account,
        upto=upto,
        weeks=weeks,
        things=things_sold(account, weeks[0].start, upto, THINGS_SHOWN) if upto else (),
        lesson=lessons_of(account).first(),
        statements=_statements(account),
        payouts=_payouts_to_confirm(account),
    )


def _statements(account: ConsignorAccount) -> Sequence[Statement]:
    """The last statements with this shop, newest first."""
    mine = Statement.objects.filter(shop=account.shop_id, consignor=account.consignor_id)
    return list(mine.order_by("-number")[:STATEMENTS_SHOWN])


def _payouts_to_confirm(account: ConsignorAccount) -> Sequence[Payout]:
    """Money that was handed over, and of which nobody has said that it came."""
    mine = Payout.objects.filter(
        statement__shop=account.shop_id,
        consignor=account.consignor_id,
        handover__isnull=False,
        handover__acknowledgement__isnull=True,
    )
    return list(mine.select_related("handover__payee").order_by("-id")[:STATEMENTS_SHOWN])
