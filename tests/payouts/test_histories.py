"""Random histories of trade, closings, payouts and disputes, against a ledger of plain numbers.

The numbers are kept by hand beside the product: each deed adds what it should add, and every
statement must say just that. Invariants 3, 4, 7 and 10 of the field guide.
"""

import dataclasses
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import chain

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ayil.consignment.models import Lot
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.payouts.actions import (
    approve_run,
    cancel_payout,
    dismiss_dispute,
    hand_over,
    prepare_run,
    raise_dispute,
    uphold_dispute,
)
from ayil.payouts.models import Payout, Statement
from ayil.payouts.queries import statement_items
from tests.cast import Till, hash_of
from tests.payouts.scenes import MONDAY, Scene, breaches, open_scene

pytestmark = pytest.mark.django_db

trade = st.one_of(
    st.tuples(st.just("sell"), st.booleans(), st.integers(1, 4), st.integers(0, 30_001)),
    st.tuples(st.just("sell offline"), st.booleans(), st.integers(1, 4), st.integers(1, 30_001)),
    st.tuples(st.just("come online")),
    st.tuples(st.just("send again"), st.integers(0, 50)),
    st.tuples(st.just("bring back"), st.integers(0, 50)),
    st.tuples(st.just("bring back unseen"), st.booleans(), st.integers(1, 20_001)),
)
money = st.one_of(
    st.tuples(st.just("pay"), st.integers(0, 50)),
    st.tuples(st.just("cancel"), st.integers(0, 50)),
    st.tuples(st.just("prepare"), st.just(0)),
    st.tuples(st.just("dispute"), st.integers(0, 50), st.integers(-3_000, 3_000)),
)
# Left to themselves, random deeds seldom come to a payout: a week has an order of its own.
weeks = st.builds(
    lambda sold, minimum, paid: [*sold, ("close",), ("prepare", minimum), *paid, ("prepare", 0)],
    st.lists(trade, min_size=2, max_size=6),
    st.sampled_from([0, 0, 5_000]),
    st.lists(st.one_of(money, money, trade), min_size=1, max_size=6),
)


def share_of(gross_minor: int) -> int:
    """The owner's part at 20 %, half a tyiyn of commission rounded up."""
    return gross_minor - (gross_minor * 2 + 5) // 10


@dataclasses.dataclass
class Numbers:
    """What one consignor's next statement should say, and where they stand."""

    sold: int = 0
    refunded: int = 0
    other: int = 0
    paid: int = 0
    units: int = 0
    lines: int = 0
    opening: int = 0

    @property
    def balance(self) -> int:
        return self.opening + self.sold - self.refunded + self.other - self.paid


class History:
    """Does the deeds and keeps the numbers."""

    def __init__(self) -> None:
        self.scene: Scene = open_scene()
        cast = self.scene.cast
        self.offline: Till = cast.second_till()
        self.at: datetime = MONDAY
        self.waiting: list[tuple[bytes, Lot, int, int]] = []
        self.sold: list[tuple[bytes, Lot, int, int]] = []
        self.numbers: dict[int, Numbers] = defaultdict(Numbers)
        self.hashes: dict[int, bytes] = {}
        self.payees: dict[int, Party] = {
            cast.community.pk: cast.burul,
            cast.jyldyz.pk: cast.jyldyz,
        }

    def do(self, deed: tuple[object, ...]) -> None:
        self.at += timedelta(hours=1)
        getattr(self, str(deed[0]).replace(" ", "_"))(*deed[1:])

    def _lot(self, felt: bool) -> Lot:
        return self.scene.slippers if felt else self.scene.jam

    def _count(self, lot: Lot, units: int, gross: int) -> None:
        own = self.numbers[lot.consignor_id]
        own.units += units
        own.lines += 1
        if units > 0:
            own.sold += share_of(gross)
        else:
            own.refunded += share_of(gross)

    def sell(self, felt: bool, quantity: int, price: int) -> None:
        lot, till = self._lot(felt), self.scene.cast.till
        raw = till.sale((lot, quantity, price))
        till.send(raw, at=self.at)
        self.sold.append((raw, lot, quantity, quantity * price))
        self._count(lot, quantity, quantity * price)

    def sell_offline(self, felt: bool, quantity: int, price: int) -> None:
        lot = self._lot(felt)
        raw = self.offline.sale((lot, quantity, price))
        self.waiting.append((raw, lot, quantity, quantity * price))

    def come_online(self) -> None:
        self.offline.send(*[raw for raw, *_rest in reversed(self.waiting)], at=self.at)
        for sale in self.waiting:
            self._count(*sale[1:])
        self.sold += self.waiting
        self.waiting = []

    def send_again(self, which: int) -> None:
        if self.scene.cast.till.sent:
            sent = self.scene.cast.till.sent
            self.scene.cast.till.send(sent[which % len(sent)], at=self.at)

    def bring_back(self, which: int) -> None:
        if self.sold:
            raw, lot, quantity, gross = self.sold.pop(which % len(self.sold))
            till = self.scene.cast.till
            till.send(till.refund(lot, quantity, gross, of=hash_of(raw)), at=self.at)
            self._count(lot, -quantity, gross)

    def bring_back_unseen(self, felt: bool, gross: int) -> None:
        lot, till = self._lot(felt), self.scene.cast.till
        till.send(till.refund(lot, 1, gross), at=self.at)
        self._count(lot, -1, gross)

    def close(self) -> None:
        made = {one.consignor_id: one for one in self.scene.close(self.at)}
        for consignor_id, own in self.numbers.items():
            statement = made.pop(consignor_id, None)
            if statement is None:
                # Only gifts since, and no posting after them: they wait for the next one.
                assert (own.sold, own.refunded, own.other, own.paid) == (0, 0, 0, 0)
                continue
            said = statement.figures
            assert (said.opening_minor, said.sold_minor, said.refunded_minor) == (
                own.opening, own.sold, own.refunded,
            )  # fmt: skip
            assert (said.other_minor, said.paid_minor) == (own.other, own.paid)
            self._check_lines(statement, own)
            self.numbers[consignor_id] = Numbers(
                opening=own.balance, units=own.units - said.units, lines=own.lines - said.lines
            )
            self.hashes[statement.pk] = bytes(statement.hash)
        assert made == {}

    def _check_lines(self, statement: Statement, own: Numbers) -> None:
        """A gift after the last posting moves no money, and may wait for the next statement."""
        assert own.lines - statement.lines >= 0
        items = statement_items(statement)
        assert sum(item.units for item in items) == statement.units
        assert sum(item.lines for item in items) == statement.lines

    def prepare(self, minimum: int) -> None:
        """Lists what was stated, less what was paid since and stands on lists already."""
        expected = {}
        for consignor_id, own in self.numbers.items():
            listed = sum(p.amount_minor for p in self._pending() if p.consignor_id == consignor_id)
            amount = min(own.opening - own.paid, own.balance) - listed
            if amount >= max(1, minimum):
                expected[consignor_id] = amount
        shop, asel = self.scene.cast.shop, self.scene.asel
        if not expected:
            with pytest.raises(AyilError, match="nothing to pay out"):
                prepare_run(shop=shop, by=asel, at=self.at, minimum_minor=minimum)
            return
        run = prepare_run(shop=shop, by=asel, at=self.at, minimum_minor=minimum)
        assert dict(run.payouts.values_list("consignor", "amount_minor")) == expected
        approve_run(run=run, by=self.scene.bakyt, at=self.at)

    def _pending(self) -> list[Payout]:
        open_ones = Payout.objects.filter(handover__isnull=True, cancellation__isnull=True)
        return list(open_ones.order_by("pk"))

    def pay(self, which: int) -> None:
        if not (pending := self._pending()):
            return
        payout = pending[which % len(pending)]
        own = self.numbers[payout.consignor_id]
        payee = self.payees[payout.consignor_id]
        if own.balance < payout.amount_minor:
            with pytest.raises(AyilError, match="owed"):
                hand_over(payout=payout, payee=payee, by=self.scene.asel, at=self.at)
            return
        hand_over(payout=payout, payee=payee, by=self.scene.asel, at=self.at)
        own.paid += payout.amount_minor
        assert own.balance >= 0

    def cancel(self, which: int) -> None:
        if pending := self._pending():
            payout = pending[which % len(pending)]
            cancel_payout(payout=payout, by=self.scene.asel, at=self.at, reason="nobody came")

    def dispute(self, which: int, amount: int) -> None:
        if not self.hashes:
            return
        statement = Statement.objects.get(pk=sorted(self.hashes)[which % len(self.hashes)])
        raised = raise_dispute(
            statement=statement, words="Not so", by=self.payees[statement.consignor_id], at=self.at
        )
        end = {"dispute": raised, "by": self.scene.cast.aigul, "at": self.at, "reason": "counted"}
        if amount:
            uphold_dispute(amount_minor=amount, **end)  # type: ignore[arg-type]
            self.numbers[statement.consignor_id].other += amount
        else:
            dismiss_dispute(**end)  # type: ignore[arg-type]

    def check(self) -> None:
        """Balances are as counted, closed statements are as they were, every invariant holds."""
        for consignor_id, own in self.numbers.items():
            assert self.scene.balance(Party.objects.get(pk=consignor_id)) == own.balance
        kept = dict(Statement.objects.values_list("pk", "hash"))
        assert {pk: bytes(hash_) for pk, hash_ in kept.items()} == self.hashes
        assert breaches() == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(history=st.lists(weeks, min_size=2, max_size=4))
def test_statements_sum_to_the_account_in_any_history(
    history: list[list[tuple[object, ...]]],
) -> None:
    with transaction.atomic():
        played = History()
        for deed in chain.from_iterable(history):
            played.do(deed)
        played.come_online()
        played.close()
        played.check()
        transaction.set_rollback(True)
