"""Funds and their accounts are opened once, by their codes."""

from ayil.kit.errors import Conflict
from ayil.ledger.models import Account, AccountKind, Fund, FundKind
from ayil.ledger.rules import AccountRef


def open_fund(*, code: str, name: str, kind: FundKind) -> Fund:
    """The fund of that code, made if it is not there; Conflict where it is of another kind."""
    fund, _made = Fund.objects.get_or_create(code=code, defaults={"name": name, "kind": kind})
    if fund.kind != kind:
        raise Conflict(f"Fund {code} is a {fund.kind} fund, not a {kind} one.")
    return fund


def open_account(
    *, fund: Fund, code: str, kind: AccountKind, currency: str, floor_minor: int | None = None
) -> Account:
    """The account of that code, made if it is not there; a floor is fixed when it is made."""
    account, _made = Account.objects.get_or_create(
        fund=fund,
        code=code,
        currency=currency,
        defaults={"kind": kind, "floor_minor": floor_minor},
    )
    account.fund = fund  # known here: spares whoever asks for it a query an account
    if account.kind != kind:
        raise Conflict(f"Account {fund.code}/{code} is {account.kind}, not {kind}.")
    if floor_minor is not None and account.floor_minor != floor_minor:
        raise Conflict(
            f"Account {fund.code}/{code} has the floor {account.floor_minor}, not {floor_minor}; "
            "it was fixed when the account was made."
        )
    return account


def ref(account: Account) -> AccountRef:
    return AccountRef(
        id=account.pk,
        fund_id=account.fund_id,
        fund_code=account.fund.code,
        code=account.code,
        currency=account.currency,
        direction=account.direction,
    )
