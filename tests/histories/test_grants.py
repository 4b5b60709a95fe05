"""Random histories of a grant against a purse of plain numbers (invariants 7 and 8).

Every som that leaves has a line, a paper, a village and three people; what the purse cannot pay
is refused and changes nothing; what the dollars cost in som is spent first in, first out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from ayil.grants.actions import (
    approve_expenditure,
    exchange_money,
    refuse_expenditure,
    return_unspent,
    reverse_expenditure,
)
from ayil.grants.models import BudgetLine, Expenditure, ExpenditureApproval
from ayil.kit.errors import AyilError
from ayil.ledger.actions import TransferRequest, post, ref
from ayil.ledger.models import Account
from tests.grants.kumtor import AT, DAY, TRANCHE_MINOR, Kumtor
from tests.histories import depth
from tests.histories.compare import breaches, unequal

pytestmark = pytest.mark.django_db

BUDGET = {"training": 6_000_000, "shop": 4_000_000}


@dataclass
class Purse:
    """One tranche of dollars, some of it changed into som; accounts by (code, currency)."""

    held: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    allotted: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    som_in: list[tuple[int, int]] = field(default_factory=list)  # (dollars given, som got)
    som_out: int = 0

    def cost(self, upto: int) -> int:
        """What the first `upto` tyiyn ever spent cost, in cents, rounded down on each inflow."""
        cents = 0
        for given_minor, got in self.som_in:
            cents += given_minor * min(upto, got) // got
            upto -= min(upto, got)
        return cents

    def value(self, amount: int, currency: str) -> int:
        if currency == "USD":
            return amount
        return self.cost(self.som_out + amount) - self.cost(self.som_out)

    def move(self, **changes: int) -> None:
        """`bank_KGS=-5` takes five from the account `bank` in som."""
        for name, amount in changes.items():
            code, currency = name.rsplit("_", 1)
            self.held[code.replace("__", ":").replace("_", "-"), currency] += amount


class Told:
    """Plays each step twice: in the product, and in the purse, which says if it must be refused."""

    def __init__(self) -> None:
        self.kumtor, self.purse = Kumtor(), Purse()
        self.kumtor.receive()
        self.purse.move(bank_USD=TRANCHE_MINOR, grant_USD=TRANCHE_MINOR)
        self.standing: list[tuple[ExpenditureApproval, str, int]] = []

    def line(self, which: int) -> BudgetLine:
        return (self.kumtor.training, self.kumtor.shop)[which % 2]

    def allot(self, which: int, amount: int, som: bool) -> None:
        line, purse = self.line(which), self.purse
        amount = -amount // 3 if som else amount
        fits = 0 <= purse.allotted[line.code] + amount <= BUDGET[line.code]
        held = purse.held[f"line:{line.code}", "USD"]
        if not amount or not fits or amount > purse.held["grant", "USD"] or -amount > held:
            with pytest.raises(AyilError):
                self.kumtor.allot(line, amount)
            return
        self.kumtor.allot(line, amount)
        purse.allotted[line.code] += amount
        purse.move(**{"grant_USD": -amount, f"line__{line.code}_USD": amount})

    def exchange(self, which: int, amount: int, som: bool) -> None:
        got = amount * (45 + which % 5) + which
        change = partial(
            exchange_money, tranche=self.kumtor.first, given_minor=amount, got_minor=got,
            into="KGS", on=DAY, source="slip of the bank", slip=self.kumtor.paper("slip"),
            by=self.kumtor.nurlan, at=AT,
        )  # fmt: skip
        if amount > self.purse.held["bank", "USD"]:
            with pytest.raises(AyilError):
                change()
            return
        change()
        self.purse.som_in.append((amount, got))
        self.purse.move(bank_USD=-amount, fx_USD=-amount, bank_KGS=got, fx_KGS=got)

    def spend(self, which: int, amount: int, som: bool) -> None:
        line, purse, currency = self.line(which), self.purse, "KGS" if som else "USD"
        amount = amount * 30 if som else amount
        bill = self.kumtor.expenditure(amount, line=line, currency=currency)
        for other in (self.kumtor.nurlan, self.kumtor.bakyt):  # recorded it, receives it
            with pytest.raises(AyilError):
                approve_expenditure(expenditure=bill, by=other, at=AT)
        held, value = purse.held[f"line:{line.code}", "USD"], purse.value(amount, currency)
        if amount > purse.held["bank", currency] or value > held:
            self.refuse(bill)
            return
        approval = approve_expenditure(expenditure=bill, by=self.kumtor.aigul, at=AT)
        assert approval.value_minor == value
        purse.som_out += amount if som else 0
        self.book(line.code, currency, amount, value)
        self.standing.append((approval, line.code, value))

    def refuse(self, bill: Expenditure) -> None:
        with pytest.raises(AyilError):
            approve_expenditure(expenditure=bill, by=self.kumtor.aigul, at=AT)
        refuse_expenditure(expenditure=bill, reason="too much", by=self.kumtor.aigul, at=AT)

    def book(self, code: str, currency: str, amount: int, value: int) -> None:
        self.purse.move(**{
            f"bank_{currency}": -amount, f"spent__{code}_{currency}": amount,
            f"line__{code}_USD": -value, f"used__{code}_USD": value,
        })  # fmt: skip

    def reverse(self, which: int, amount: int, som: bool) -> None:
        """The money comes back at the value that it had, and is spent again last."""
        if not self.standing:
            return
        approval, code, value = self.standing.pop(which % len(self.standing))
        bill = approval.expenditure
        reverse_expenditure(
            approval=approval, on=DAY, reason="a wrong bill", by=self.kumtor.aigul, at=AT
        )
        self.book(code, bill.currency, -bill.amount_minor, -value)
        if bill.currency == "KGS":
            self.purse.som_in.append((value, bill.amount_minor))

    def give_back(self, which: int, amount: int, som: bool) -> None:
        purse, currency = self.purse, "KGS" if som else "USD"
        value = purse.value(amount, currency)
        pay_back = partial(
            return_unspent, tranche=self.kumtor.first, on=DAY, amount_minor=amount,
            currency=currency, slip=self.kumtor.paper("slip"), reason="unspent",
            by=self.kumtor.nurlan, approved_by=self.kumtor.aigul, at=AT,
        )  # fmt: skip
        if amount > purse.held["bank", currency] or value > purse.held["grant", "USD"]:
            with pytest.raises(AyilError):
                pay_back()
            return
        pay_back()
        purse.move(**{f"bank_{currency}": -amount, "grant_USD": -value})
        if som:
            purse.som_out += amount
            purse.move(returned_KGS=amount, returned_value_USD=value)

    def mix(self, which: int, amount: int, som: bool) -> None:
        """Grant money may not go into another fund, nor any other into it."""
        bank = Account.objects.get(fund=self.kumtor.first.fund, code="bank", currency="USD")
        foreign = Account.objects.exclude(fund=bank.fund).filter(currency="USD").first()
        for debit, credit in ((bank, foreign), (foreign, bank)) if foreign else ():
            with pytest.raises(AyilError):
                post(
                    [
                        TransferRequest(
                            key=f"mix:{amount}", debit=ref(debit), credit=ref(credit),
                            amount_minor=amount, date=DAY, kind="loan", document="none",
                            actor="nobody",
                        )
                    ],
                    at=AT,
                )  # fmt: skip

    def differences(self) -> list[str]:
        accounts = Account.objects.filter(fund=self.kumtor.first.fund).exclude(balance_minor=0)
        found = {(a.code, a.currency): a.balance_minor for a in accounts}
        told = {key: amount for key, amount in self.purse.held.items() if amount}
        return [*unequal("invariant 8: a pocket of the grant", found, told), *breaches()]


VERBS = ("allot", "allot", "exchange", "spend", "spend", "spend", "reverse", "give_back", "mix")


@depth.settings(12)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(VERBS), st.integers(0, 9), st.integers(1, 2_500_000), st.booleans()
        ),
        min_size=8,
        max_size=24,
    )
)
def test_a_grant_agrees_with_a_purse_of_plain_numbers(
    steps: list[tuple[str, int, int, bool]],
) -> None:
    with transaction.atomic():
        told = Told()
        Kumtor(code="other-2012").receive()
        told.allot(0, 3_000_000, False)
        told.exchange(7, 1_000_003, True)
        for verb, which, amount, som in steps:
            getattr(told, verb)(which, amount, som)
        assert told.differences() == []
        transaction.set_rollback(True)
