"""Each check finds what it is for, when the guards are gone and somebody changed a row."""

import pytest
from django.db import connection

from ayil.kit import guards
from ayil.kit.invariants import collected
from ayil.payouts.actions import raise_dispute, uphold_dispute
from ayil.payouts.invariants import CHECKS
from tests.payouts.scenes import MONDAY, WEEK, Scene, breaches, check_titled, open_scene, run_sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    """Two closings, a payout between them, a dispute that was upheld; and every guard off."""
    opened = open_scene()
    opened.sell(opened.jam, 2, 12_000)
    first = opened.statement()
    opened.paid(opened.cast.jyldyz)
    dispute = raise_dispute(statement=first, words="hm", by=opened.cast.jyldyz, at=MONDAY)
    uphold_dispute(
        dispute=dispute, amount_minor=500, by=opened.cast.aigul, at=MONDAY, reason="a lid"
    )
    opened.sell(opened.jam, 1, 12_000)
    opened.close(MONDAY + WEEK)
    opened.sell(opened.jam, 1, 12_000)
    guards.remove(connection)
    return opened


def test_a_sound_history_has_no_breach(scene: Scene) -> None:
    assert breaches() == []
    assert set(CHECKS) <= set(collected())


@pytest.mark.parametrize(
    ("title", "statement"),
    [
        ("begins where", "UPDATE payouts_statement SET seq_from = 1 WHERE number = 2"),
        ("begins where", "UPDATE payouts_statement SET number = 3 WHERE number = 2"),
        ("hash to what is stored", "UPDATE payouts_statement SET cut_on = '2012-07-03'"),
        (
            "hash to what is stored",
            ("UPDATE payouts_statement SET sold_minor = sold_minor + 1, "
            "closing_minor = closing_minor + 1 WHERE number = 2"),
        ),
        ("sum of its sale lines", ("UPDATE shop_saleline SET share_minor = share_minor - 1, "
                                  "commission_minor = commission_minor + 1 WHERE quantity = 2")),
        ("sum of its sale lines", "UPDATE payouts_statement SET units = 7 WHERE number = 1"),
        (
            "sums by thing",
            ("UPDATE payouts_statementitem SET gross_minor = gross_minor + 1, "
             "share_minor = share_minor + 1 WHERE units = 2"),
        ),
        ("sums by thing", "DELETE FROM payouts_statementitem WHERE units = 2"),
        ("names every posting", "DELETE FROM payouts_statementmove"),
        (
            "account moved",
            "UPDATE ledger_transfer SET amount_minor = amount_minor + 1 WHERE kind = 'correction'",
        ),
        (
            "was paid is what was handed over",
            ("UPDATE payouts_statement SET paid_minor = 0, other_minor = other_minor - paid_minor "
            "WHERE number = 2"),
        ),
        ("every handover is its transfer", "UPDATE payouts_payout SET amount_minor = 1"),
        ("handed over by name", ("UPDATE ledger_transfer SET kind = 'payout' "
                                "WHERE kind = 'correction'")),
        ("paid twice", "UPDATE payouts_payout SET amount_minor = amount_minor + 1"),
        ("three people", ("UPDATE payouts_payoutapproval SET by_id = (SELECT by_id "
                         "FROM payouts_disputeoutcome)")),
        ("holds a mandate", ("UPDATE payouts_handover SET payee_id = (SELECT min(person_id) "
                            "FROM members_affiliation)")),
        ("upheld dispute", "UPDATE payouts_disputeoutcome SET amount_minor = 499"),
        ("trust-money meter", ("UPDATE ledger_account SET balance_minor = balance_minor + 1 "
                              "WHERE code LIKE 'drawer:%'")),
    ],
)  # fmt: skip
def test_each_check_finds_its_breach(scene: Scene, title: str, statement: str) -> None:
    check = check_titled(title)
    assert list(check.find()) == []
    run_sql(statement.replace("%", "%%"))
    assert list(check.find()) != []


def test_a_line_that_was_slipped_in_before_the_last_closing_is_found(scene: Scene) -> None:
    run_sql("UPDATE shop_sale SET seq = 1 WHERE seq = (SELECT max(seq) FROM shop_sale)")
    assert list(check_titled("sum of its sale lines").find()) != []


def test_what_the_last_closing_left_out_is_found(scene: Scene) -> None:
    """Another consignor's closing stands later, so everything before it should be closed."""
    scene.sell(scene.slippers, 1, 45_000)
    scene.close(MONDAY + 2 * WEEK)
    third = "statement_id IN (SELECT id FROM payouts_statement WHERE number = 3)"
    run_sql(f"DELETE FROM payouts_statementitem WHERE {third}")  # noqa: S608
    run_sql("DELETE FROM payouts_statement WHERE number = 3")
    assert list(check_titled("no sale line fell between").find()) != []
    assert list(check_titled("no posting fell between").find()) != []
