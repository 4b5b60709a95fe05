"""Posting: all or none, exactly once, never under a floor."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ayil.kit.errors import AyilError, Conflict
from ayil.ledger.actions import Overdrawn, open_account, open_fund, post
from ayil.ledger.models import AccountKind, Fund, FundKind, Transfer
from ayil.ledger.rules import MAX_MINOR
from tests.ledger.books import AT, Books, breaches, request
from tests.rig.threads import all_at_once, shared_file


@pytest.fixture
def books(db: None) -> Books:
    return Books()


def test_a_transfer_moves_both_balances_in_their_direction(books: Books) -> None:
    post([books.sale(amount_minor=35_000)], at=AT)
    assert books.drawer.balance_minor == 35_000
    assert books.owed.balance_minor == 35_000
    post([books.payout("payout:1", 20_000)], at=AT)
    assert books.drawer.balance_minor == 15_000
    assert books.owed.balance_minor == 15_000
    assert breaches() == []


def test_the_same_request_again_returns_the_first(books: Books) -> None:
    first = post([books.sale()], at=AT)
    again = post([books.sale(), books.sale()], at=AT)
    assert again == first * 2
    assert Transfer.objects.count() == 1
    assert books.drawer.balance_minor == 35_000


@pytest.mark.parametrize(
    "change",
    [
        {"amount_minor": 1},
        {"document": "sale:2"},
        {"actor": "till:karakol-2"},
        {"kind": "gift"},
        {"reason": "wrong key"},
    ],
)
def test_another_content_under_a_key_is_a_conflict(books: Books, change: dict[str, object]) -> None:
    post([books.sale()], at=AT)
    with pytest.raises(Conflict, match="posted before with another content"):
        post([books.sale("sale:2"), replace(books.sale(), **change)], at=AT)  # type: ignore[arg-type]
    assert [transfer.key for transfer in Transfer.objects.all()] == ["sale:1"]


def test_two_contents_under_one_key_in_one_batch_are_a_conflict(books: Books) -> None:
    with pytest.raises(Conflict, match="stands twice"):
        post([books.sale(), books.sale(amount_minor=1)], at=AT)
    assert not Transfer.objects.exists()


def test_one_key_may_serve_in_two_funds(books: Books) -> None:
    other = Books("shop:balykchy")
    one, two = post([books.sale(), other.sale()], at=AT)
    assert (one.seq, two.seq) == (1, 1)
    assert one.id != two.id


def test_a_floor_holds_and_says_what_is_there(books: Books) -> None:
    post([books.sale(amount_minor=1_000)], at=AT)
    with pytest.raises(Overdrawn, match=r"shop:karakol/drawer holds 10.00 KGS.*asks for 10.01"):
        post([books.sale("sale:2", 1), books.payout("payout:1", 1_002)], at=AT)
    assert Transfer.objects.count() == 1
    assert books.drawer.balance_minor == 1_000
    assert breaches() == []


def test_straight_sql_does_not_pass_under_a_floor(books: Books) -> None:
    post([books.sale(amount_minor=1_000)], at=AT)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_account SET balance_minor = -1 WHERE code = 'drawer'")


def test_only_a_batch_as_a_whole_must_stay_above_the_floor(books: Books) -> None:
    post([books.payout("payout:1", 500), books.sale(amount_minor=500)], at=AT)
    assert books.drawer.balance_minor == 0


@pytest.mark.parametrize("amount_minor", [0, -1, MAX_MINOR, 2**70])
def test_an_amount_that_no_ledger_takes_is_refused(books: Books, amount_minor: int) -> None:
    with pytest.raises(AyilError):
        post([books.sale(amount_minor=amount_minor)], at=AT)
    assert not Transfer.objects.exists()


def test_balances_never_leave_64_bits(books: Books) -> None:
    post([books.sale(amount_minor=MAX_MINOR - 1)], at=AT)
    with pytest.raises(AyilError):
        post([books.sale("sale:2", MAX_MINOR - 1)], at=AT)
    with pytest.raises(AyilError):
        post([books.sale(f"more:{n}", MAX_MINOR - 1) for n in range(4)], at=AT)
    assert books.drawer.balance_minor == MAX_MINOR - 1


def test_funds_and_currencies_do_not_mix(books: Books) -> None:
    other = Books("shop:balykchy")
    dollars = books.account("bank", currency="USD")
    with pytest.raises(AyilError, match="named bridge"):
        post([request("k", books.drawer, other.owed, 5)], at=AT)
    with pytest.raises(AyilError, match="exchange"):
        post([request("k", dollars, books.owed, 5)], at=AT)
    with pytest.raises(AyilError, match="same account"):
        post([request("k", books.drawer, books.drawer, 5)], at=AT)


def test_an_account_keeps_its_kind_and_floor(books: Books) -> None:
    assert books.drawer.pk == books.account("drawer").pk
    with pytest.raises(Conflict, match="not liability"):
        books.account("drawer", AccountKind.LIABILITY)
    with pytest.raises(Conflict, match="floor"):
        books.account("drawer", floor_minor=-100)
    with pytest.raises(Conflict, match="trading"):
        open_fund(code="shop:karakol", name="x", kind=FundKind.RESTRICTED)


def test_the_chain_is_made_of_what_was_asked(books: Books) -> None:
    first, second = post([books.sale(), books.sale("sale:2")], at=AT)
    stored = list(Transfer.objects.order_by("seq"))
    link = hashlib.sha256(bytes(32) + (1).to_bytes(8, "big") + bytes(stored[0].request_hash))
    assert first.hash == link.digest() == bytes(stored[0].hash)
    assert (second.seq, bytes(Fund.objects.get().head_hash)) == (2, second.hash)


def test_a_batch_and_single_postings_make_one_chain(books: Books) -> None:
    sales = [books.sale(f"sale:{n}", 100 + n) for n in range(5)]
    together = [posted.hash for posted in post(sales, at=AT)]
    single = Books("other")
    open_account(fund=single.fund, code="x", kind=AccountKind.ASSET, currency="KGS")
    alone = [post([single.sale(f"sale:{n}", 100 + n)], at=AT)[0].hash for n in range(5)]
    assert together != alone  # the fund's code is part of what is hashed
    assert breaches() == []


class RandomHistories(TestCase):
    @given(
        st.lists(
            st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 10_000)), max_size=25
        ),
        st.lists(st.integers(1, 6), max_size=10),
    )
    def test_any_history_in_any_cutting_keeps_every_invariant(
        self, moves: list[tuple[int, int, int]], cuts: list[int]
    ) -> None:
        books = Books()
        kinds = [*AccountKind, AccountKind.ASSET]
        accounts = [books.account(f"a{n}", kind) for n, kind in enumerate(kinds)]
        asked = [
            request(f"t{n}", accounts[debit], accounts[credit], amount)
            for n, (debit, credit, amount) in enumerate(moves)
            if debit != credit
        ]
        rest = asked
        for size in [*cuts, len(asked)]:
            post(rest[:size], at=AT)
            rest = rest[size:]
        post(asked, at=AT)
        assert Transfer.objects.count() == len(asked)
        assert breaches() == []


@pytest.mark.django_db(transaction=True)
def test_eight_threads_spend_the_last_som_once() -> None:
    with shared_file():
        books = Books()
        post([books.sale(amount_minor=1_000)], at=AT)
        payouts = [books.payout(f"payout:{n}", 300) for n in range(8)]
        answers = all_at_once(8, lambda n: post([payouts[n]], at=AT))
        refused = [answer for answer in answers if isinstance(answer, Exception)]
        assert len(refused) == 5
        assert all(isinstance(answer, Overdrawn) for answer in refused), refused
        assert books.drawer.balance_minor == 100
        assert breaches() == []


@pytest.mark.django_db(transaction=True)
def test_eight_threads_with_one_key_post_once() -> None:
    with shared_file():
        books = Books()
        sale = books.sale()
        answers = all_at_once(8, lambda _n: post([sale], at=AT))
        assert [answer for answer in answers if answer != answers[0]] == []
        assert Transfer.objects.count() == 1
        assert books.drawer.balance_minor == 35_000
