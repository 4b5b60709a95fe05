"""Corrections are mirrors; what left over a bridge arrived; exchanges have two legs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from ayil.kit.errors import AyilError, Conflict
from ayil.ledger.actions import (
    Overdrawn,
    build_bridge,
    exchange,
    post,
    post_across,
    reverse,
    reverse_linked,
    store_rate,
)
from ayil.ledger.models import AccountKind, ExchangeRate, Transfer
from tests.ledger.books import AT, DAY, Books, breaches, request

LATER = date(2012, 7, 9)


@pytest.fixture
def books(db: None) -> Books:
    return Books()


def words(**more: Any) -> dict[str, Any]:
    return {
        "key": "undo:1",
        "date": LATER,
        "document": "act:4",
        "actor": "party:7",
        "reason": "the clerk keyed a wrong price",
        "at": AT,
    } | more


def rate(base_minor: int = 10_000, quote_minor: int = 470_000) -> ExchangeRate:
    return store_rate(
        date=DAY, base="USD", quote="KGS", base_minor=base_minor, quote_minor=quote_minor,
        source="bank slip 17",
    )  # fmt: skip


def test_a_reversal_is_dated_today_and_moves_everything_back(books: Books) -> None:
    post([books.sale()], at=AT)
    sale = Transfer.objects.get()
    posted = reverse(sale, **words())
    undo = Transfer.objects.get(pk=posted.id)
    assert (undo.date, undo.reverses, undo.kind) == (LATER, sale, "sale-reversal")
    assert (books.drawer.balance_minor, books.owed.balance_minor) == (0, 0)
    assert reverse(sale, **words()) == posted
    assert breaches() == []


def test_a_transfer_is_reversed_once(books: Books) -> None:
    post([books.sale()], at=AT)
    reverse(Transfer.objects.get(), **words())
    with pytest.raises(AyilError, match="was reversed before"):
        reverse(Transfer.objects.get(key="sale:1"), **words(key="undo:2"))


@pytest.mark.parametrize("lack", [{"reason": " "}, {"actor": ""}])
def test_a_reversal_needs_a_person_and_a_reason(books: Books, lack: dict[str, str]) -> None:
    post([books.sale()], at=AT)
    with pytest.raises(AyilError, match="a person and a reason"):
        reverse(Transfer.objects.get(), **words(**lack))


def test_a_reversal_stays_above_the_floor(books: Books) -> None:
    post([books.sale(), books.payout("payout:1", 30_000)], at=AT)
    with pytest.raises(Overdrawn):
        reverse(Transfer.objects.get(key="sale:1"), **words())


def test_the_database_refuses_a_reversal_that_is_no_mirror(books: Books) -> None:
    post([books.sale()], at=AT)
    sale = Transfer.objects.get()
    with (
        pytest.raises(IntegrityError, match="same amount back"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO ledger_transfer (fund_id, seq, key, request_hash, debit_id, credit_id, "
            "amount_minor, currency, date, kind, document, actor, reason, reverses_id, posted_at, "
            "hash) SELECT fund_id, 2, 'x', request_hash, "
            "credit_id, debit_id, amount_minor - 1, currency, date, kind, document, actor, 'why', "
            "id, posted_at, hash FROM ledger_transfer WHERE id = %s",
            [sale.pk],
        )


def test_a_bridge_carries_the_same_on_both_sides(books: Books) -> None:
    grant = Books("tranche:1")
    bank = grant.account("bank", floor_minor=0)
    post([request("in", bank, grant.account("grant", AccountKind.EQUITY), 9_000)], at=AT)
    bridge = build_bridge(code="commission", out_of=grant.fund, into=books.fund, currency="KGS")
    asked = request("fee:1", books.drawer, bank, 2_500, kind="bridge")
    out, into = post_across(bridge, asked, at=AT)
    assert post_across(bridge, asked, at=AT) == (out, into)
    bridge.refresh_from_db()
    assert bridge.out_account.balance_minor == bridge.in_account.balance_minor == 2_500
    assert (bank.fund.accounts.get(code="bank").balance_minor, books.drawer.balance_minor) == (
        6_500,
        2_500,
    )
    assert breaches() == []
    with pytest.raises(AyilError, match="does not lead"):
        post_across(bridge, request("back", bank, books.drawer, 1), at=AT)
    with pytest.raises(Conflict, match="leads elsewhere"):
        build_bridge(code="commission", out_of=books.fund, into=grant.fund, currency="KGS")


def test_no_leg_of_a_bridge_is_posted_or_reversed_alone(books: Books) -> None:
    grant = Books("tranche:1")
    bank = grant.account("bank")
    bridge = build_bridge(code="fee", out_of=grant.fund, into=books.fund, currency="KGS")
    with pytest.raises(AyilError, match="alone"):
        post([request("half", bridge.out_account, bank, 5)], at=AT)
    out, into = post_across(bridge, request("fee:1", books.drawer, bank, 5), at=AT)
    legs = Transfer.objects.get(pk=out.id), Transfer.objects.get(pk=into.id)
    with pytest.raises(AyilError, match="reverse both"):
        reverse(legs[0], **words())
    undone = reverse_linked(legs, **words())
    assert reverse_linked(legs, **words()) == undone
    assert books.drawer.balance_minor == 0
    assert breaches() == []


def test_an_exchange_keeps_its_rate_as_two_whole_amounts(books: Books) -> None:
    dollars = books.account("bank", currency="USD", floor_minor=0)
    som = books.account("bank")
    equity = books.account("grant", AccountKind.EQUITY, currency="USD")
    post([request("in", dollars, equity, 12_000)], at=AT)
    given, got = exchange(
        key="fx:1", rate=rate(), given_from=dollars, got_into=som, document="slip", actor="party:3",
        at=AT,
    )  # fmt: skip
    dollars.refresh_from_db()
    som.refresh_from_db()
    assert (dollars.balance_minor, som.balance_minor) == (2_000, 470_000)
    assert breaches() == []
    legs = Transfer.objects.get(pk=given.id), Transfer.objects.get(pk=got.id)
    with pytest.raises(AyilError, match="reverse both"):
        reverse(legs[1], **words())
    with pytest.raises(AyilError, match="two legs"):
        reverse_linked((legs[0], Transfer.objects.get(key="in")), **words())
    reverse_linked(legs, **words())
    dollars.refresh_from_db()
    assert dollars.balance_minor == 12_000
    assert breaches() == []


def test_an_exchange_does_not_overspend_or_take_a_strange_rate(books: Books) -> None:
    dollars = books.account("bank", currency="USD", floor_minor=0)
    som = books.account("bank")
    with pytest.raises(Overdrawn):
        exchange(
            key="fx", rate=rate(), given_from=dollars, got_into=som, document="d", actor="a", at=AT
        )
    with pytest.raises(AyilError, match="does not fit"):
        exchange(
            key="fx", rate=rate(), given_from=som, got_into=dollars, document="d", actor="a", at=AT
        )
    assert not Transfer.objects.exists()


@pytest.mark.django_db
def test_a_rate_needs_a_source_and_whole_positive_amounts() -> None:
    with pytest.raises(AyilError, match="source"):
        store_rate(date=DAY, base="USD", quote="KGS", base_minor=1, quote_minor=47, source=" ")
    with pytest.raises(IntegrityError), transaction.atomic():
        rate(base_minor=0)
