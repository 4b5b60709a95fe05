"""A rule broken on purpose is found by name, and refused by the database as long as it may.

One test an invariant. The history before it is sound: neither the oracle nor the product's own
checks find anything.
"""

from __future__ import annotations

import pytest

from tests.grants.kumtor import ready
from tests.histories import steps
from tests.histories.breaking import Breakage, broken, is_refused
from tests.histories.compare import differences
from tests.histories.story import Story, set_the_stage

pytestmark = pytest.mark.django_db

WEEK: tuple[steps.Step, ...] = (
    steps.Open(0, 500),
    steps.Sell(0, ((0, 3, 1), (1, 2, 0)), rounding=-3),
    steps.Sell(1, ((2, 4, 0),), tender=1),
    steps.Refund(0, ((0, 1, 10),)),
    steps.Close(0, 2),
    steps.WriteOff(1, 1, by_shop=True),
    steps.GiveBack(2, 1),
    steps.Price(1, 13_000),
)
PAYDAY: tuple[steps.Step, ...] = (
    steps.Settle(),
    steps.Pay(0, 1, by_bank=False),
    steps.Dispute(1, 1, 500),
    steps.NextDay(7),
    steps.Sell(2, ((1, 1, 0),), tender=4),
)


@pytest.fixture
def story() -> Story:
    """A week of trade, a payday, a grant of which a bill was paid."""
    told = Story(set_the_stage())
    for step in WEEK:
        told.play(step)
    told.send_all()
    for step in PAYDAY:
        told.play(step)
    told.send_all()
    told.remember()
    ready().spend(4_700_000)
    assert differences(told) == []
    return told


def each_is_refused_and_found(story: Story, number: int, *breakages: Breakage) -> None:
    for breakage in breakages:
        is_refused(breakage)
        with broken(breakage):
            found = differences(story)
        named = [line for line in found if line.startswith(f"invariant {number}: ")]
        assert any(breakage.found in line for line in named), (breakage.what, found)
    assert differences(story) == []


def test_invariant_1_every_lot_adds_up(story: Story) -> None:
    each_is_refused_and_found(
        story,
        1,
        Breakage(
            "a sale that no shelf lost",
            "UPDATE consignment_lotbalance SET sold = sold + 1 "
            "WHERE lot_id = (SELECT min(id) FROM consignment_lot)",
            "the balance of a lot",
            (("consignment_lotbalance", "invariant_1_lot_adds_up"),),
        ),
        Breakage(
            "a movement is gone",
            "DELETE FROM consignment_movement WHERE id = "
            "(SELECT min(id) FROM consignment_movement WHERE kind = 'sold')",
            "accepted = sold + on the shelf + returned + written off",
        ),
    )


def test_invariant_2_every_line_adds_up(story: Story) -> None:
    line = "WHERE id = (SELECT min(id) FROM shop_saleline)"
    each_is_refused_and_found(
        story,
        2,
        Breakage(
            "a tyiyn of the share is nobody's",
            f"UPDATE shop_saleline SET share_minor = share_minor - 1 {line}",  # noqa: S608
            "every line: gross = share + commission + fees, and what the shop lost",
            (("shop_saleline", "invariant_2_line_adds_up"),),
        ),
        Breakage(
            "a tyiyn of the share became commission",
            "UPDATE shop_saleline SET share_minor = share_minor - 1, "  # noqa: S608
            f"commission_minor = commission_minor + 1 {line}",
            "the split of a sale's line",
        ),
    )


def test_invariant_3_what_is_owed_is_never_the_shops(story: Story) -> None:
    owed_most = (
        "(SELECT a.id FROM ledger_account a JOIN consignment_consignoraccount k "
        "ON k.account_id = a.id ORDER BY a.balance_minor DESC LIMIT 1)"
    )
    each_is_refused_and_found(
        story,
        3,
        Breakage(
            "the makers' money counts as the shop's income",
            f"UPDATE ledger_account SET kind = 'income' WHERE id = {owed_most}",  # noqa: S608
            "no liability",
        ),
        Breakage(
            "a debt was taken out of the books",
            f"DELETE FROM consignment_consignoraccount WHERE account_id = {owed_most}",  # noqa: S608
            "the trust-money meter",
        ),
    )


def test_invariant_4_what_is_posted_stays(story: Story) -> None:
    each_is_refused_and_found(
        story,
        4,
        Breakage(
            "an amount was raised",
            "UPDATE ledger_transfer SET amount_minor = amount_minor + 100 WHERE id = "
            "(SELECT min(id) FROM ledger_transfer)",
            "every balance is the sum of its transfers",
        ),
        Breakage(
            "another name stands under it",
            "UPDATE ledger_transfer SET actor = 'party:nobody' WHERE id = "
            "(SELECT min(id) FROM ledger_transfer)",
            "every chain of transfers recomputes",
        ),
        Breakage(
            "a closed statement reads otherwise",
            "UPDATE payouts_statement SET units = units + 1 WHERE number = 1",
            "a statement",
        ),
        Breakage(
            "a receipt has another number",
            "UPDATE shop_sale SET receipt = 'K-1' WHERE id = (SELECT min(id) FROM shop_sale)",
            "a posted row",
        ),
        Breakage(
            "a correction without a reason",
            "INSERT INTO ledger_transfer (fund_id, seq, key, request_hash, debit_id, credit_id, "
            "amount_minor, currency, date, kind, document, actor, reason, reverses_id, posted_at, "
            "hash) SELECT fund_id, seq + 100000, 'undone', request_hash, credit_id, debit_id, "
            "amount_minor, currency, date, kind, document, actor, '', id, posted_at, hash "
            "FROM ledger_transfer WHERE id = (SELECT min(id) FROM ledger_transfer)",
            "a reversal mirrors what it reverses, with a person and a reason",
            (("ledger_transfer", "reversal_has_reason"),),
        ),
    )


def test_invariant_5_only_the_owner_prices_and_never_back(story: Story) -> None:
    copied = (
        "INSERT INTO products_price (variant_id, amount_minor, currency, valid_from, set_on, "
        "set_by_id, typed_by_id, paper) SELECT variant_id, 1, currency, {since}, {on}, {by}, "
        "typed_by_id, paper "
        "FROM products_price WHERE id = (SELECT min(id) FROM products_price)"
    )
    each_is_refused_and_found(
        story,
        5,
        Breakage(
            "an old price was changed",
            "UPDATE products_price SET amount_minor = 1 WHERE id = "
            "(SELECT min(id) FROM products_price)",
            "the price of Felt slippers",
        ),
        Breakage(
            "the officer set a price",
            copied.format(since="'2030-01-01'", on="'2030-01-01'", by="typed_by_id"),
            "only the owner, or who speaks for it, set a price",
        ),
        Breakage(
            "a price that reaches back",
            copied.format(since="'2012-07-01'", on="set_on", by="set_by_id"),
            "no price reaches back",
            (("products_price", "price_never_reaches_back"),),
        ),
    )


def test_invariant_7_three_people_and_a_mandate(story: Story) -> None:
    handover = "WHERE id = (SELECT min(id) FROM payouts_handover)"
    each_is_refused_and_found(
        story,
        7,
        Breakage(
            "who received also paid",
            f"UPDATE payouts_handover SET paid_by_id = payee_id {handover}",  # noqa: S608
            "who receives, who pays and who approves are three people",
            (("payouts_handover", "invariant_7_three_people"),),
        ),
        Breakage(
            "somebody collected without a mandate",
            "UPDATE payouts_handover SET payee_id = (SELECT id FROM members_party "  # noqa: S608
            f"WHERE name = 'Bakyt, felt workshop') {handover}",
            "who collects for another holds a mandate",
        ),
        Breakage(
            "who recorded a grant's bill approved it",
            "UPDATE grants_expenditureapproval SET by_id = "
            "(SELECT max(recorded_by_id) FROM grants_expenditure)",
            "who receives, who records and who approves are three",
        ),
    )


def test_invariant_8_every_som_of_the_grant(story: Story) -> None:
    each_is_refused_and_found(
        story,
        8,
        Breakage(
            "a restricted fund was overspent",
            "UPDATE ledger_account SET balance_minor = -1 WHERE code = 'line:training'",
            "no account is under its floor",
            (("ledger_account", "balance_not_under_floor"),),
        ),
        Breakage(
            "grant money went into the shop's drawer",
            "INSERT INTO ledger_transfer (fund_id, seq, key, request_hash, debit_id, credit_id, "
            "amount_minor, currency, date, kind, document, actor, reason, posted_at, hash) "
            "SELECT t.fund_id, t.seq + 100000, 'mixed', t.request_hash, d.id, c.id, 100, 'KGS', "
            "t.date, 'loan', 'none', 'none', '', t.posted_at, t.hash FROM ledger_transfer t, "
            "ledger_account d, ledger_account c WHERE t.id = (SELECT min(id) FROM ledger_transfer) "
            "AND d.code = 'drawer:karakol-1' AND c.code = 'bank' AND c.currency = 'KGS' "
            "AND c.fund_id <> d.fund_id",
            "no transfer leaves its fund or its currency",
        ),
        Breakage(
            "a bill for no village",
            "UPDATE grants_expenditure SET village_id = "
            "(SELECT id FROM places_place WHERE code = 'jety-oguz')",
            "every expenditure is for a village",
        ),
        Breakage(
            "a bill that nobody can show",
            "UPDATE grants_evidencefile SET sha256 = 'f' || substr(sha256, 2) WHERE id = "
            "(SELECT max(evidence_id) FROM grants_expenditure) AND sha256 NOT LIKE 'f%'",
            "every paper is there and unchanged",
        ),
    )


def test_invariant_10_a_sale_is_a_fact_once(story: Story) -> None:
    first = "(SELECT min(event_id) FROM shop_sale)"
    each_is_refused_and_found(
        story,
        10,
        Breakage(
            "a sale is as if it never came",
            f"DELETE FROM shop_application WHERE event_id = {first}",  # noqa: S608
            "every event is applied, or waits in the exceptions",
        ),
        Breakage(
            "the log says another thing than the till did",
            f"UPDATE shop_tillevent SET body = (SELECT body FROM shop_tillevent WHERE id = "  # noqa: S608
            f"(SELECT max(event_id) FROM shop_sale)) WHERE id = {first}",
            "every stored event is what was sent",
        ),
        Breakage(
            "a line was sold that the log does not know",
            "UPDATE shop_saleline SET quantity = quantity + 1 WHERE id = "
            "(SELECT min(id) FROM shop_saleline)",
            "the raw log, replayed backwards, comes to the same",
        ),
    )


def test_invariant_10_no_key_lets_anything_in_twice(story: Story) -> None:
    for table, columns in (
        ("shop_sale", ("event_id, shop_id, kind, receipt, date, sold_at, shift, gross_minor, "
         "rounding_minor, seq")),
        ("shop_tillevent", ("device_id, epoch, seq, nonce, prev_hash, hash, kind, business_date, "
         "body, received_at")),
        ("shop_application", "event_id, applied_at"),
    ):  # fmt: skip
        again = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}"  # noqa: S608
        is_refused(Breakage("the same again", again, ""))
    assert differences(story) == []
