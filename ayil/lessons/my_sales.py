"""What a maker looks at: what sold, what is owed, what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ayil.consignment.models import ConsignorAccount
from ayil.figures.series import Thing, Week, last_open_day, things_sold, weeks_upto

WEEKS_SHOWN = 26
THINGS_SHOWN = 20
LATELY = 4  # weeks


@dataclass(frozen=True)
class MySales:
    """One consignor at one shop, up to the shop's last open day (None: it was never open)."""

    account: ConsignorAccount
    upto: date | None
    weeks: Sequence[Week]
    things: Sequence[Thing]

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
    if upto is None:
        return MySales(account=account, upto=None, weeks=(), things=())
    weeks = weeks_upto(account, upto, WEEKS_SHOWN)
    first = weeks[0].start if weeks else upto - timedelta(weeks=WEEKS_SHOWN)
    return MySales(
        account=account,
        upto=upto,
        weeks=weeks,
        things=things_sold(account, first, upto, THINGS_SHOWN),
    )
