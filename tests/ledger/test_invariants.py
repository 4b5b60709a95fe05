"""What goes past the guards is found: each check fails when its rule is broken."""

from __future__ import annotations

import pytest
from django.db import connection

from ayil.kit.invariants import collected
from ayil.ledger import invariants
from ayil.ledger.actions import build_bridge, exchange, post, post_across, reverse, store_rate
from ayil.ledger.models import AccountKind, Transfer
from tests.ledger.books import AT, DAY, Books, behind_the_back, breaches, request

UPDATE = "ledger_transfer_no_update"
DELETE = "ledger_transfer_no_delete"


@pytest.fixture
def books(db: None) -> Books:
    """Three sales, one of them undone, a bridge crossed and dollars exchanged."""
    made = Books()
    grant = Books("tranche:1")
    post([made.sale(f"sale:{n}", 1_000 * n) for n in (1, 2, 3)], at=AT)
    reverse(
        Transfer.objects.get(key="sale:2"), key="undo:2", date=DAY, document="act:1",
        actor="party:1", reason="wrong price", at=AT,
    )  # fmt: skip
    dollars = grant.account("bank", currency="USD")
    post([request("in", dollars, grant.account("grant", AccountKind.EQUITY, currency="USD"), 500)],
         at=AT)  # fmt: skip
    rate = store_rate(
        date=DAY, base="USD", quote="KGS", base_minor=100, quote_minor=4_700, source="slip"
    )
    exchange(
        key="fx:1", rate=rate, given_from=dollars, got_into=grant.account("bank"), document="slip",
        actor="party:1", at=AT,
    )  # fmt: skip
    bridge = build_bridge(code="fee", out_of=grant.fund, into=made.fund, currency="KGS")
    post_across(bridge, request("fee:1", made.drawer, grant.account("bank"), 50), at=AT)
    assert breaches() == []
    return made


def found(*words: str) -> bool:
    return all(any(word in line for line in breaches()) for word in words)


def test_the_ledgers_checks_are_collected(db: None) -> None:
    assert set(invariants.CHECKS) <= set(collected())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_transfer SET amount_minor = amount_minor + 1 WHERE key = 'sale:1'",
        "UPDATE ledger_transfer SET document = 'sale:9' WHERE key = 'sale:1'",
        "UPDATE ledger_transfer SET date = '2012-07-02' WHERE key = 'sale:1'",
        "UPDATE ledger_transfer SET actor = 'till:other' WHERE key = 'sale:1'",
        "UPDATE ledger_transfer SET reason = 'because' WHERE key = 'sale:1'",
        "UPDATE ledger_transfer SET key = 'sale:7' WHERE key = 'sale:1'",
        "UPDATE ledger_transfer SET debit_id = credit_id, credit_id = debit_id WHERE seq = 1",
    ],
)
def test_a_changed_content_is_found(books: Books, change: str) -> None:
    behind_the_back(change, UPDATE)
    assert found("shop:karakol#1: its content is not what was posted")


def test_one_broken_link_is_told_once(books: Books) -> None:
    behind_the_back("UPDATE ledger_transfer SET hash = request_hash WHERE key = 'sale:1'", UPDATE)
    told = list(invariants.broken_chains())
    assert told == [
        "shop:karakol#1: the chain breaks here.",
        "shop:karakol#2: the chain breaks here.",
    ]


def test_a_deleted_transfer_is_found(books: Books) -> None:
    behind_the_back("DELETE FROM ledger_transfer WHERE key = 'sale:1'", DELETE)
    assert found("transfer 1 is missing, 2 follows", "the balance says")


def test_the_chains_end_is_guarded_by_the_fund(books: Books) -> None:
    behind_the_back("DELETE FROM ledger_transfer WHERE key = 'fee:1/in'", DELETE)
    assert found("the chain ends at 4, the fund says 5")


def test_a_changed_balance_is_found(books: Books) -> None:
    behind_the_back("UPDATE ledger_account SET balance_minor = balance_minor + 1 "
                    "WHERE code = 'owed:barskoon'")  # fmt: skip
    assert found("owed:barskoon: the balance says 4001 KGS, its transfers say 4000",
                 "shop:karakol: KGS is out of balance")  # fmt: skip


def test_a_half_bridge_is_found(books: Books) -> None:
    behind_the_back("UPDATE ledger_account SET balance_minor = 49 WHERE code = 'bridge-in:fee'")
    assert found("Bridge fee: 50 went out, 49 came in")


def test_a_lone_leg_of_an_exchange_is_found(books: Books) -> None:
    behind_the_back("DELETE FROM ledger_transfer WHERE key = 'fx:1/got'", DELETE)
    assert found("(fx:1/given): the other leg of this exchange is missing")


def test_a_reversal_that_mirrors_nothing_is_found(books: Books) -> None:
    behind_the_back("UPDATE ledger_transfer SET amount_minor = 1 WHERE key = 'undo:2'", UPDATE)
    assert found("shop:karakol#4 does not mirror shop:karakol#2")


def test_an_amount_that_is_no_whole_number_is_found(books: Books) -> None:
    if connection.vendor != "sqlite":
        assert list(invariants.stored_in_whole_numbers()) == []
        return
    behind_the_back("UPDATE ledger_transfer SET amount_minor = 1.5 WHERE key = 'sale:1'", UPDATE)
    assert any("not as a whole number" in line for line in invariants.stored_in_whole_numbers())


def test_a_transfer_between_funds_is_found(books: Books) -> None:
    behind_the_back(
        "UPDATE ledger_transfer SET debit_id = (SELECT a.id FROM ledger_account a "
        "JOIN ledger_fund f ON f.id = a.fund_id WHERE a.code = 'bank' AND a.currency = 'USD') "
        "WHERE key = 'sale:1'",
        UPDATE,
    )
    assert found("shop:karakol#1 joins accounts of other funds")
