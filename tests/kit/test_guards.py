"""Guards stand in the database, and are seen to be missing where they do not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from ayil.kit import guards
from ayil.kit.errors import AyilError
from ayil.ledger.actions import open_account, open_fund
from ayil.ledger.models import AccountKind, ExchangeRate, FundKind
from ayil.members.models import Party
from ayil.places.actions import enter_place
from ayil.places.models import PlaceKind, PlaceVersion

pytestmark = pytest.mark.django_db


def sql(statement: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params or None)


def rate() -> ExchangeRate:
    return ExchangeRate.objects.create(
        date=date(2012, 6, 5),
        base="USD",
        quote="KGS",
        base_minor=100,
        quote_minor=4700,
        source="bank slip 17",
    )


def test_a_posted_row_is_neither_changed_nor_deleted_by_straight_sql() -> None:
    rate()
    for statement in (
        "UPDATE ledger_exchangerate SET quote_minor = 1",
        "DELETE FROM ledger_exchangerate",
    ):
        with pytest.raises(IntegrityError, match="never changed"):
            sql(statement)
    assert ExchangeRate.objects.get().quote_minor == 4700


def test_a_posted_row_is_not_replaced_or_truncated() -> None:
    made = rate()
    statement, *params = (
        ("TRUNCATE ledger_exchangerate CASCADE",)
        if connection.vendor == "postgresql"
        else (
            (
                "INSERT OR REPLACE INTO ledger_exchangerate "
                "VALUES (%s, '2012-06-05', 'USD', 'KGS', 100, 1, 'x')"
            ),
            made.pk,
        )
    )
    with pytest.raises(IntegrityError, match="never changed"):
        sql(str(statement), *params)


def test_fixed_columns_keep_their_value_and_others_move() -> None:
    fund = open_fund(code="shop:karakol", name="Karakol", kind=FundKind.TRADING)
    account = open_account(
        fund=fund, code="bank", kind=AccountKind.ASSET, currency="KGS", floor_minor=0
    )
    with pytest.raises(IntegrityError, match="fixed when the row is made"):
        sql("UPDATE ledger_account SET floor_minor = NULL")
    with pytest.raises(IntegrityError, match="fixed when the row is made"):
        sql("UPDATE ledger_account SET kind = 'liability'")
    sql("UPDATE ledger_account SET balance_minor = 5, floor_minor = 0")
    account.refresh_from_db()
    assert account.balance_minor == 5


def test_a_rule_refuses_with_its_own_words() -> None:
    other = open_fund(code="shop:other", name="Other", kind=FundKind.TRADING)
    fund = open_fund(code="shop:karakol", name="Karakol", kind=FundKind.TRADING)
    here = open_account(fund=fund, code="bank", kind=AccountKind.ASSET, currency="KGS")
    there = open_account(fund=other, code="bank", kind=AccountKind.ASSET, currency="KGS")
    with pytest.raises(IntegrityError, match="stays inside one fund"):
        sql(
            "INSERT INTO ledger_transfer (fund_id, seq, key, request_hash, debit_id, credit_id, "
            "amount_minor, currency, date, kind, document, actor, reason, posted_at, hash) "
            "VALUES (%s, 1, 'k', '', %s, %s, 1, 'KGS', '2012-06-05', 'x', 'x', 'x', '', "
            "'2012-06-05', '')",
            fund.pk,
            here.pk,
            there.pk,
        )


def test_a_missing_guard_is_named_and_migrate_puts_it_back() -> None:
    assert guards.missing(connection) == []
    guards.remove(connection, only=["ledger_account_fixed"])
    assert guards.missing(connection) == ["ledger_account_fixed"]
    warned = run_checks(databases=["default"])
    assert [message.id for message in warned] == ["ayil.W001"]
    with pytest.raises(AyilError, match="ledger_account_fixed"):
        guards.require(connection)
    call_command("migrate", verbosity=0, skip_checks=False)
    assert guards.missing(connection) == []
    guards.require(connection)


def test_a_guard_that_was_reworded_counts_as_missing() -> None:
    if connection.vendor != "sqlite":
        sql("ALTER TABLE ledger_account DISABLE TRIGGER ledger_account_fixed")
    else:
        sql("DROP TRIGGER ledger_account_fixed")
        sql(
            "CREATE TRIGGER ledger_account_fixed BEFORE UPDATE ON ledger_account "
            "WHEN 0 BEGIN SELECT 1; END"
        )
    assert guards.missing(connection) == ["ledger_account_fixed"]


def test_a_table_without_guards_changes_freely() -> None:
    party = Party.objects.create(
        kind="person", name="Aigul", entered_at=datetime(2012, 6, 5, tzinfo=UTC)
    )
    sql("UPDATE members_party SET name = 'Aigul K.' WHERE id = %s", party.pk)
    party.refresh_from_db()
    assert party.name == "Aigul K."


def test_a_place_keeps_its_versions() -> None:
    enter_place(
        code="issyk-kul",
        kind=PlaceKind.REGION,
        parent=None,
        names=("Issyk-Kul", "Иссык-Куль", "Ысык-Көл"),
        source="register",
    )
    with pytest.raises(IntegrityError):
        sql("UPDATE places_placeversion SET name_en = 'x'")
    assert PlaceVersion.objects.get().name_en == "Issyk-Kul"


def test_a_name_too_long_for_postgresql_is_refused() -> None:
    with pytest.raises(ValueError, match="63"):
        guards.register(guards.Guard(name="x" * 64, table="t", sqlite="", postgresql=""))
