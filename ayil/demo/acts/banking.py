"""Cash goes to the bank and comes back for pay days, card money arrives, small costs are paid."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Sum

from ayil.consignment.accounts import BANK, SAFE, shop_account
from ayil.demo.acts.founding import OPENING_CASH_MINOR
from ayil.demo.acts.paying import PAID_ON_DAY
from ayil.demo.acts.stage import Happening, Stage, moment
from ayil.kit.clock import local_date
from ayil.payouts.models import Payout
from ayil.shop.models import MoneyMove
from ayil.shop.money.actions import Moved, confirm_move, move_money, state_bank_balance
from ayil.shop.money.queries import under_way
from ayil.shop.today import trust

KEPT_IN_SAFE_MINOR = 1_500_000  # change for two tills
CARRIED_FOR_BP = 180  # what the bank keeps of card money (E)
PACKING_MINOR = 60_000  # paper bags for a month (E)
TAKEN_BACK_AFTER = timedelta(days=35)
_WEEK = timedelta(days=7)


def money(stage: Stage) -> Iterator[Happening]:
    """Mondays at the bank, the morning of each pay day, the end of each month."""
    first, last = stage.plan.trade.first, stage.plan.last
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day.weekday() == 0:
            yield Happening(moment(day, 10), partial(_at_the_bank, stage))
        if (day + timedelta(days=1)).day == 1:
            pay_on = day + timedelta(days=PAID_ON_DAY)
            for on in (pay_on, pay_on + _WEEK):
                yield Happening(moment(on, 10, 30), partial(_fetch, stage))
            yield Happening(moment(day, 22), partial(_end_of_month, stage, day))
    if first + TAKEN_BACK_AFTER <= last:
        yield Happening(moment(first + TAKEN_BACK_AFTER, 12), partial(_take_back, stage))


def _move(stage: Stage, at: datetime, moved: Moved) -> MoneyMove:
    return move_money(shop=stage.shop, moved=moved, by=stage.parties["accountant"], at=at)


def _at_the_bank(stage: Stage, at: datetime) -> None:
    """What buyers paid by card arrived; what the safe does not need for change goes in."""
    number = local_date(at).isocalendar().week
    for one in under_way(stage.shop):
        _move(stage, at, Moved(
            "arrived", one.amount_minor, about="card", paper=f"В-{number}",
            fee_minor=one.amount_minor * CARRIED_FOR_BP // 10_000,
        ))  # fmt: skip
    spare = shop_account(stage.shop, SAFE).balance_minor - KEPT_IN_SAFE_MINOR
    if spare > 0:
        _move(stage, at, Moved("to-bank", spare, paper=f"КО-{number}"))


def _fetch(stage: Stage, at: datetime) -> None:
    """As much as is to be paid out today; the list is made later in the morning."""
    waiting = Payout.objects.filter(
        run__shop=stage.shop, handover__isnull=True, cancellation__isnull=True
    ).aggregate(sum=Sum("amount_minor"))["sum"]
    needed = waiting or trust(stage.shop).owed_minor
    lacks = needed + KEPT_IN_SAFE_MINOR - shop_account(stage.shop, SAFE).balance_minor
    amount = min(lacks, shop_account(stage.shop, BANK).balance_minor)
    if amount > 0:
        _move(stage, at, Moved("from-bank", amount, paper=f"Ч-{at:%m%d}"))


def _end_of_month(stage: Stage, day: date, at: datetime) -> None:
    """Paper bags are paid, and the bank's own paper is laid beside the books."""
    if trust(stage.shop).free_minor > PACKING_MINOR:
        _move(stage, at, Moved(
            "cost", PACKING_MINOR, about="packing", place="safe", words="Кагаз баштыктар",
            paper=f"Дүк-{day:%m}",
        ))  # fmt: skip
    state_bank_balance(
        shop=stage.shop, on=day, paper=f"Көчүрмө {day:%m.%Y}", by=stage.parties["accountant"],
        closing_minor=shop_account(stage.shop, BANK).balance_minor, at=at,
    )  # fmt: skip


def _take_back(stage: Stage, at: datetime) -> None:
    """Half of what the association lent for change goes back to it, with two people's word."""
    amount = OPENING_CASH_MINOR // 2
    if shop_account(stage.shop, SAFE).balance_minor < amount:
        return
    asked = _move(stage, at, Moved("own-out", amount, paper="П-14", words="Ассоциацияга кайтты"))
    confirm_move(move=asked, by=stage.parties["manager"], at=at + timedelta(minutes=30))
