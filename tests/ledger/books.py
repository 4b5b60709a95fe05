"""A fund and its accounts for the tests of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction

from ayil.kit import guards
from ayil.ledger import invariants
from ayil.ledger.actions import TransferRequest, open_account, open_fund, ref
from ayil.ledger.models import Account, AccountKind, Fund, FundKind

AT = datetime(2012, 7, 1, 9, 30, tzinfo=UTC)
DAY = date(2012, 7, 1)


@dataclass
class Books:
    """The Karakol shop's trading fund: a drawer, what producers are owed, the commission."""

    code: str = "shop:karakol"
    fund: Fund = field(init=False)

    def __post_init__(self) -> None:
        self.fund = open_fund(code=self.code, name=self.code, kind=FundKind.TRADING)

    def account(self, code: str, kind: AccountKind = AccountKind.ASSET, **more: Any) -> Account:
        return open_account(
            fund=self.fund, code=code, kind=kind, currency=more.pop("currency", "KGS"), **more
        )

    @property
    def drawer(self) -> Account:
        return self.account("drawer", floor_minor=0)

    @property
    def owed(self) -> Account:
        return self.account("owed:barskoon", AccountKind.LIABILITY)

    def sale(self, key: str = "sale:1", amount_minor: int = 35_000, **more: Any) -> TransferRequest:
        """The drawer takes the price of a felt toy that Barskoon is owed."""
        return request(key, self.drawer, self.owed, amount_minor, **more)

    def payout(self, key: str, amount_minor: int, **more: Any) -> TransferRequest:
        return request(key, self.owed, self.drawer, amount_minor, **more)


def request(
    key: str, debit: Account, credit: Account, amount_minor: int, **more: Any
) -> TransferRequest:
    return TransferRequest(
        key=key,
        debit=ref(debit),
        credit=ref(credit),
        amount_minor=amount_minor,
        date=more.pop("date", DAY),
        kind=more.pop("kind", "sale"),
        document=more.pop("document", key),
        actor=more.pop("actor", "till:karakol-1"),
        **more,
    )


def breaches() -> list[str]:
    """Everything that the ledger's checks find."""
    return [line for check in invariants.CHECKS for line in check.find()]


def behind_the_back(statement: str, *without: str) -> None:
    """Straight SQL by someone who may take guards away."""
    guards.remove(connection, only=without)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
