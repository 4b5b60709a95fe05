"""Arithmetic and hash of a statement, and what is paid of it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.payouts.rules import (
    GENESIS,
    Content,
    Figures,
    Standing,
    are_three_people,
    payable_minor,
    statement_hash,
)

amounts = st.integers(-(10**12), 10**12)
counts = st.integers(0, 10**9)
figures = st.builds(Figures, amounts, counts, counts, amounts, amounts, counts, counts)
CONTENT = Content(
    shop_code="karakol",
    consignor_uid=UUID(int=7),
    number=2,
    seq_from=10,
    seq_to=20,
    cut_on=date(2012, 7, 8),
    currency="KGS",
    figures=Figures(100, 50, 20, 5, 30, 3, 4),
    made_by_uid=None,
    ledger_hash=b"l" * 32,
    prev_hash=GENESIS,
)


def test_the_sum_of_a_statement() -> None:
    assert CONTENT.figures.closing_minor == 100 + 50 - 20 + 5 - 30


@given(st.lists(figures, max_size=8))
def test_statements_in_a_chain_add_up_to_all_that_moved(history: list[Figures]) -> None:
    balance = 0
    for one in history:
        balance = replace(one, opening_minor=balance).closing_minor
    assert balance == sum(replace(one, opening_minor=0).closing_minor for one in history)


@pytest.mark.parametrize(
    "changed",
    [
        {"shop_code": "karako"},
        {"consignor_uid": UUID(int=8)},
        {"number": 3},
        {"seq_from": 11},
        {"seq_to": 21},
        {"cut_on": date(2012, 7, 9)},
        {"currency": "USD"},
        {"figures": Figures(100, 50, 20, 5, 30, 3, 5)},
        {"figures": Figures(100, 49, 19, 5, 30, 3, 4)},  # the same closing by other parts
        {"made_by_uid": UUID(int=1)},
        {"ledger_hash": b"m" * 32},
        {"prev_hash": b"p" * 32},
    ],
)
def test_the_hash_stands_for_every_part(changed: dict[str, object]) -> None:
    assert statement_hash(replace(CONTENT, **changed)) != statement_hash(CONTENT)  # type: ignore[arg-type]


def test_the_hash_is_what_it_was() -> None:
    """Statements that are printed carry it: another way of hashing needs another domain."""
    assert statement_hash(CONTENT).hex()[:16] == "a9b12110c7a4b571"


@given(st.builds(Standing, amounts, amounts, counts, amounts), counts)
def test_a_payout_is_within_what_was_stated_and_what_is_owed(
    standing: Standing, minimum: int
) -> None:
    amount = payable_minor(standing, minimum_minor=minimum)
    assert amount == 0 or amount >= max(1, minimum)
    if amount:
        assert amount + standing.pending_minor <= standing.balance_minor
        total = amount + standing.pending_minor + standing.paid_since_minor
        assert total <= standing.closing_minor


@pytest.mark.parametrize(
    ("standing", "minimum", "amount"),
    [
        (Standing(10_000, 0, 0, 10_000), 0, 10_000),
        (Standing(10_000, 0, 0, 10_000), 10_000, 10_000),
        (Standing(10_000, 0, 0, 10_000), 10_001, 0),
        (Standing(10_000, 0, 0, 25_000), 0, 10_000),  # sold after the cut: not stated yet
        (Standing(10_000, 0, 0, 7_000), 0, 7_000),  # refunded after the cut
        (Standing(10_000, 4_000, 0, 6_000), 0, 6_000),
        (Standing(10_000, 4_000, 5_000, 6_000), 0, 1_000),
        (Standing(10_000, 10_000, 0, 3_000), 0, 0),  # all paid, and sold again since
        (Standing(-500, 0, 0, -500), 0, 0),
    ],
)
def test_what_is_paid_and_what_is_carried_forward(
    standing: Standing, minimum: int, amount: int
) -> None:
    assert payable_minor(standing, minimum_minor=minimum) == amount


def test_three_people() -> None:
    assert are_three_people(receives=1, pays=2, approves=3)
    assert not are_three_people(receives=1, pays=1, approves=3)
    assert not are_three_people(receives=1, pays=2, approves=1)
    assert not are_three_people(receives=1, pays=2, approves=2)
