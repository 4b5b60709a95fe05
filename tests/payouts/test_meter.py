"""The trust-money meter by day against a second set of books in plain Python."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ayil.consignment.accounts import shop_account
from ayil.consignment.actions import consignor_account
from ayil.ledger.actions import post, ref
from ayil.ledger.models import Transfer
from ayil.ledger.rules import TransferRequest
from ayil.members.models import Shop
from ayil.payouts.invariants import CHECKS
from ayil.shop.money.actions import Moved, move_money
from ayil.shop.today import trust
from ayil.shop.trust.below import below
from ayil.shop.trust.days import by_day, last_day
from ayil.shop.trust.reasons import REFUND_AFTER, UNDER_WAY, crossed_by, lack_of, reasons_between
from ayil.shop.trust.rules import DayEnd
from tests.cast import DAY, assemble, hash_of, person
from tests.payouts.plain_books import plain_books, shown
from tests.payouts.scenes import MONDAY, Scene, open_scene

pytestmark = pytest.mark.django_db
LATE = DAY + timedelta(days=12)
PLACES = ("drawer:karakol-1", "safe", "bank", "tender:qr", "losses", "over-short", "clearing")
MAKERS = 3
# A posting: how many days after the last one (late ones before it), between which two, how much.
postings = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.integers(0, len(PLACES) + MAKERS - 1),
        st.integers(0, len(PLACES) + MAKERS - 1),
        st.integers(1, 900),
        st.sampled_from(["sale-share", "payout", "write-off", "tender", "money-cost"]),
    ),
    max_size=30,
)


def agree(shop: Shop, until: date, since: date) -> None:
    """Series, reasons and the check all say what the plain books say."""
    ends = by_day([shop], until=until, since=since)[shop.pk]
    assert shown(ends) == list(plain_books(shop, [one.on for one in ends]))
    for before, now in ((ends[0], ends[-1]), (ends[len(ends) // 2], ends[-1])):
        reasons = reasons_between(shop, before, now)
        assert sum(one.effect_minor for one in reasons) == now.free_minor - before.free_minor
    lack = lack_of(shop, until=until)
    assert (lack is None) == (ends[-1].free_minor >= 0)
    if lack:
        assert lack.before.free_minor >= 0
        assert lack.change_minor == sum(one.effect_minor for one in lack.reasons)
        assert bool(lack.document)
    assert [line for check in CHECKS if "meter" in check.title for line in check.find()] == []


@pytest.fixture
def scene() -> Scene:
    return open_scene()


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=postings)
def test_any_history_of_postings_is_shown_as_plain_books_have_it(
    scene: Scene, history: list[tuple[int, int, int, int, str]]
) -> None:
    """Whatever moved, in whatever order it was posted: late ones, debts, money on its way."""
    shop = scene.cast.shop
    with transaction.atomic():
        shop.fund.refresh_from_db()
        makers = [scene.cast.community, scene.cast.jyldyz, person("Асел")]
        accounts = [ref(shop_account(shop, code)) for code in PLACES]
        accounts += [ref(consignor_account(shop=shop, consignor=maker).account) for maker in makers]
        post(
            [
                TransferRequest(
                    key=f"p{number}", debit=accounts[debit], credit=accounts[credit],
                    amount_minor=amount, date=DAY + timedelta(days=after), kind=kind,
                    document=f"d{number}", actor="test",
                )
                for number, (after, debit, credit, amount, kind) in enumerate(history)
                if debit != credit
            ],
            at=MONDAY,
        )  # fmt: skip
        agree(shop, LATE, DAY - timedelta(days=1))
        agree(shop, DAY + timedelta(days=5), DAY + timedelta(days=2))
        transaction.set_rollback(True)


def test_a_debt_of_one_maker_pays_no_other(scene: Scene) -> None:
    """Slippers are paid out and come back: their maker owes 360, jam's is owed 96 all the same."""
    sold = scene.sell(scene.slippers, 1, 45_000)
    scene.cast.till.send(scene.cast.till.write({"kind": "shift_closed", "counted": {"45000": 1}}))
    scene.statement()
    scene.paid(scene.cast.burul)
    scene.cast.till.day = DAY + timedelta(days=1)
    scene.sell(scene.jam, 1, 12_000)
    scene.cast.till.send(scene.cast.till.refund(scene.slippers, 1, 45_000, of=hash_of(sold)))
    (monday, tuesday) = by_day([scene.cast.shop], since=DAY, until=DAY + timedelta(days=1))[
        scene.cast.shop.pk
    ]
    assert (monday.owed_minor, monday.free_minor) == (0, 9_000)
    assert (tuesday.owed_minor, tuesday.held_minor) == (9_600, 9_000 + 12_000 - 45_000)
    lack = lack_of(scene.cast.shop)
    assert lack is not None
    assert lack.since == DAY + timedelta(days=1)
    assert lack.document.startswith("event:")
    told = {one.kind: one.effect_minor for one in lack.reasons}
    assert told == {REFUND_AFTER: -36_000, "sale-commission": 2_400 - 9_000}
    assert sum(told.values()) == lack.change_minor


def test_qr_money_counts_when_it_arrives(scene: Scene) -> None:
    till, shop = scene.cast.till, scene.cast.shop
    till.send(till.sale((scene.slippers, 1, 45_000), tender="qr"))
    lack = lack_of(shop)
    assert lack is not None
    assert {one.kind: one.effect_minor for one in lack.reasons} == {
        UNDER_WAY: -45_000, "sale-commission": 9_000,
    }  # fmt: skip
    move_money(
        shop=shop, moved=Moved("arrived", 45_000, about="qr", fee_minor=500, paper="В-1"),
        by=scene.asel, at=MONDAY,
    )  # fmt: skip
    assert lack_of(shop) is None
    assert trust(shop).free_minor == 8_500


def test_it_lacked_ever_since_is_found_beyond_the_window(scene: Scene) -> None:
    till, shop = scene.cast.till, scene.cast.shop
    till.send(till.sale((scene.slippers, 1, 45_000), tender="qr"))
    till.day = DAY + timedelta(days=700)
    till.send(till.sale((scene.slippers, 1, 45_000), tender="qr"))
    lack = lack_of(shop)
    assert lack is not None
    assert lack.since == DAY
    (red,) = below(Shop.objects.all())
    assert (red.missing_minor, red.since) == (72_000, None)


def test_a_sale_is_looked_at_whole(scene: Scene) -> None:
    """In its middle the share is owed and the cash is not there: that is no lack."""
    scene.sell(scene.slippers, 1, 45_000)
    scene.cast.till.send(
        scene.cast.till.write({"kind": "cash_moved", "amount": -9_001, "reason": "x"})
    )
    before = DayEnd(0, 0, 0, 0, on=DAY - timedelta(days=1))
    document = crossed_by(scene.cast.shop, before)
    assert Transfer.objects.filter(document=document).get().kind == "cash-moved"


def test_a_shop_without_postings_has_no_days() -> None:
    shop = assemble().shop
    assert last_day(shop) is None
    assert lack_of(shop) is None
    assert below(Shop.objects.all()) == []


def test_queries_are_the_same_for_many_shops_makers_and_days(scene: Scene) -> None:
    shop = scene.cast.shop

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            by_day([shop], until=LATE)
            lack_of(shop)
            below(Shop.objects.all())
        return len(captured)

    till = scene.cast.till
    till.send(till.sale((scene.slippers, 1, 45_000), tender="qr"))
    few = count()
    for number in range(4):
        till.day = DAY + timedelta(days=number)
        till.send(till.sale((scene.slippers, 1, 45_000), (scene.jam, 2, 12_000), tender="qr"))
    assert count() == few


def test_a_late_sale_stands_on_its_own_day(scene: Scene) -> None:
    shop = scene.cast.shop
    scene.sell(scene.slippers, 1, 45_000)
    late = scene.cast.till.write({"kind": "shift_opened", "float": 0})
    scene.cast.till.day = DAY + timedelta(days=3)
    scene.sell(scene.jam, 1, 12_000)
    scene.cast.till.send(late, at=datetime(2012, 8, 1, tzinfo=UTC))
    ends = by_day([shop], since=DAY, until=DAY + timedelta(days=3))[shop.pk]
    assert [one.owed_minor for one in ends] == [36_000, 36_000, 36_000, 45_600]
