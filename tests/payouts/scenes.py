"""What the tests of payouts have in common: who pays and approves, and closing a week's trade."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, connection, transaction

from ayil.consignment.models import ConsignorAccount, Lot
from ayil.kit.invariants import Check
from ayil.members.actions import grant_role
from ayil.members.models import Party, Role
from ayil.payouts.actions import approve_run, hand_over, prepare_run, settle
from ayil.payouts.invariants import CHECKS
from ayil.payouts.models import Handover, Payout, PayoutRun, Statement
from tests.cast import DAY, Cast, assemble, person

MONDAY = datetime(2012, 7, 2, 4, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


@dataclass
class Scene:
    """The cast, with Asel who pays, Bakyt who approves, and goods on the shelf."""

    cast: Cast
    asel: Party
    bakyt: Party
    slippers: Lot
    jam: Lot

    def sell(self, lot: Lot, quantity: int, price: int, at: datetime = MONDAY) -> bytes:
        raw = self.cast.till.sale((lot, quantity, price))
        self.cast.till.send(raw, at=at)
        return raw

    def close(self, at: datetime = MONDAY) -> list[Statement]:
        """Closes now; the new statements by the consignor's id."""
        before = set(Statement.objects.values_list("pk", flat=True))
        settle(shop=self.cast.shop, by=self.asel, at=at)
        made = Statement.objects.exclude(pk__in=before).select_related("shop", "consignor")
        return list(made.order_by("consignor_id"))

    def statement(self, at: datetime = MONDAY) -> Statement:
        (made,) = self.close(at)
        return made

    def approved(self, at: datetime = MONDAY, minimum_minor: int = 0) -> PayoutRun:
        run = prepare_run(shop=self.cast.shop, by=self.asel, at=at, minimum_minor=minimum_minor)
        approve_run(run=run, by=self.bakyt, at=at)
        return run

    def paid(self, payee: Party, at: datetime = MONDAY) -> Handover:
        """The only payout of a new list, handed over."""
        return hand_over(payout=self.payout(at), payee=payee, by=self.asel, at=at)

    def payout(self, at: datetime = MONDAY) -> Payout:
        return self.approved(at).payouts.get()

    def balance(self, consignor: Party) -> int:
        account = ConsignorAccount.objects.get(shop=self.cast.shop, consignor=consignor).account
        return account.balance_minor


def open_scene() -> Scene:
    cast = assemble()
    asel, bakyt = person("Asel Turgunova"), person("Bakyt Jumabaev")
    for party, role in (
        (asel, Role.ACCOUNTANT), (asel, Role.PAYMASTER), (bakyt, Role.MANAGER),
        (cast.aigul, Role.MANAGER),
    ):  # fmt: skip
        grant_role(party=party, role=role, since=DAY, by=cast.officer, shop=cast.shop)
    return Scene(
        cast=cast,
        asel=asel,
        bakyt=bakyt,
        slippers=cast.deliver(cast.slippers, 1000),
        jam=cast.deliver(cast.jam, 1000),
    )


def breaches() -> list[str]:
    return [line for check in CHECKS for line in check.find()]


def check_titled(words: str) -> Check:
    (found,) = (check for check in CHECKS if words in check.title)
    return found


def refused_by_database(write: Callable[[], object]) -> str:
    """The words with which the database refused; fails where it did not."""
    try:
        with transaction.atomic():
            write()
    except DatabaseError as error:
        return str(error)
    raise AssertionError("the database took it")


def run_sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
