"""The accounts of a tranche's fund, by what they hold.

    bank         asset, floor 0, one a currency      money in the bank
    grant        equity, floor 0                     received, for no line yet
    line:CODE    liability, floor 0                  set aside for a budget line
    used:CODE    income                              value spent on a line
    spent:CODE   expense, one a currency             money spent on a line
    returned     income and expense                  given back to the donor

All but `bank` and `spent` are in the agreement's currency. Both floors hold for every payment:
the bank's in the money that is paid, the line's in the money that was granted (invariant 8).
"""

from ayil.grants.models import BudgetLine, Tranche
from ayil.ledger.actions import open_account
from ayil.ledger.models import Account, AccountKind


def bank(tranche: Tranche, currency: str) -> Account:
    return _open(tranche, "bank", AccountKind.ASSET, currency, floor_minor=0)


def grant(tranche: Tranche) -> Account:
    return _open(tranche, "grant", AccountKind.EQUITY, tranche.agreement.currency, floor_minor=0)


def line(tranche: Tranche, budget_line: BudgetLine) -> Account:
    return _open(
        tranche,
        f"line:{budget_line.code}",
        AccountKind.LIABILITY,
        tranche.agreement.currency,
        floor_minor=0,
    )


def used(tranche: Tranche, budget_line: BudgetLine) -> Account:
    return _open(
        tranche, f"used:{budget_line.code}", AccountKind.INCOME, tranche.agreement.currency
    )


def spent(tranche: Tranche, budget_line: BudgetLine, currency: str) -> Account:
    return _open(tranche, f"spent:{budget_line.code}", AccountKind.EXPENSE, currency)


def returned(tranche: Tranche, currency: str) -> Account:
    """Money given back in another currency than the agreement's."""
    return _open(tranche, "returned", AccountKind.EXPENSE, currency)


def returned_value(tranche: Tranche) -> Account:
    return _open(tranche, "returned-value", AccountKind.INCOME, tranche.agreement.currency)


def _open(
    tranche: Tranche, code: str, kind: AccountKind, currency: str, floor_minor: int | None = None
) -> Account:
    return open_account(
        fund=tranche.fund, code=code, kind=kind, currency=currency, floor_minor=floor_minor
    )
