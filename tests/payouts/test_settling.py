"""Statements are cut by the order of posting, and a closed one never changes."""

from datetime import date, timedelta

import pytest
from django.db import connection

from ayil.kit import guards
from ayil.kit.errors import AyilError
from ayil.payouts.actions import settle
from ayil.payouts.models import Statement, StatementItem
from tests.cast import hash_of
from tests.payouts.scenes import (
    MONDAY,
    WEEK,
    Scene,
    breaches,
    open_scene,
    refused_by_database,
    run_sql,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return open_scene()


def test_a_statement_adds_up_sales_and_refunds(scene: Scene) -> None:
    sale = scene.sell(scene.slippers, 3, 45_000)
    scene.cast.till.send(scene.cast.till.refund(scene.slippers, 1, 45_000, of=hash_of(sale)))
    made = scene.statement()
    assert made.consignor == scene.cast.community
    assert (made.sold_minor, made.refunded_minor, made.closing_minor) == (108_000, 36_000, 72_000)
    assert (made.units, made.lines, made.number, made.seq_from) == (2, 2, 1, 0)
    assert made.closing_minor == scene.balance(scene.cast.community)
    assert breaches() == []


def test_everyone_with_trade_gets_one_and_the_others_none(scene: Scene) -> None:
    scene.sell(scene.slippers, 1, 45_000)
    scene.sell(scene.jam, 2, 12_000)
    done = settle(shop=scene.cast.shop, by=None, at=MONDAY)
    assert (done.statements, done.totals.sold_minor, done.totals.lines) == (2, 55_200, 2)
    scene.sell(scene.jam, 1, 12_000)
    assert [made.consignor for made in scene.close(MONDAY + WEEK)] == [scene.cast.jyldyz]
    # Two weeks of nothing for the felt, and then its next statement begins where the first ended.
    scene.sell(scene.slippers, 1, 45_000)
    felt = scene.statement(MONDAY + 2 * WEEK)
    assert (felt.number, felt.seq_from) == (2, done.seq_to)
    assert breaches() == []


def test_closing_again_with_nothing_new_makes_nothing(scene: Scene) -> None:
    scene.sell(scene.slippers, 1, 45_000)
    assert len(scene.close()) == 1
    assert scene.close(MONDAY + WEEK) == []
    done = settle(shop=scene.cast.shop, by=scene.asel, at=MONDAY + WEEK)
    assert (done.statements, done.seq_from) == (0, done.seq_to)


def test_a_late_sale_enters_the_next_statement(scene: Scene) -> None:
    offline = scene.cast.second_till()
    late = offline.sale((scene.slippers, 2, 45_000))
    scene.sell(scene.slippers, 1, 45_000)
    first = scene.statement()
    before = {f.name: getattr(first, f.name) for f in Statement._meta.concrete_fields}
    offline.send(late, at=MONDAY + WEEK)  # sold on Monday, heard of a week later
    second = scene.statement(MONDAY + WEEK)
    first.refresh_from_db()
    assert {f.name: getattr(first, f.name) for f in Statement._meta.concrete_fields} == before
    assert (first.units, second.units, second.opening_minor) == (1, 2, first.closing_minor)
    assert bytes(second.prev_hash) == bytes(first.hash)
    assert breaches() == []


def test_a_sale_is_never_cut_in_two(scene: Scene) -> None:
    raw = scene.cast.till.sale((scene.slippers, 1, 45_000), (scene.jam, 1, 12_000))
    scene.cast.till.send(raw)
    scene.sell(scene.jam, 5, 12_000)
    done = settle(shop=scene.cast.shop, until=1, by=scene.asel, at=MONDAY)
    assert done.seq_to == 4  # two shares, the commission and the cash
    assert (done.statements, done.totals.lines) == (2, 2)
    assert breaches() == []


def test_a_day_closes_what_was_posted_by_its_end(scene: Scene) -> None:
    scene.sell(scene.jam, 1, 12_000, at=MONDAY)
    scene.sell(scene.jam, 2, 12_000, at=MONDAY + timedelta(hours=14))  # 18:00 UTC: Tuesday here
    done = settle(shop=scene.cast.shop, until=date(2012, 7, 2), by=scene.asel, at=MONDAY + WEEK)
    assert (done.totals.units, done.cut_on) == (1, date(2012, 7, 2))
    rest = settle(shop=scene.cast.shop, until=date(2012, 7, 3), by=scene.asel, at=MONDAY + WEEK)
    assert rest.totals.units == 2


@pytest.mark.parametrize("until", [10_000, -1, date(2012, 8, 1)])
def test_what_has_not_come_cannot_be_closed(scene: Scene, until: int | date) -> None:
    scene.sell(scene.jam, 1, 12_000)
    with pytest.raises(AyilError, match="Karakol"):
        settle(shop=scene.cast.shop, until=until, by=scene.asel, at=MONDAY)
    assert not Statement.objects.exists()


def test_a_cut_before_the_last_one_closes_nothing(scene: Scene) -> None:
    scene.sell(scene.jam, 1, 12_000)
    scene.close()
    done = settle(shop=scene.cast.shop, until=1, by=scene.asel, at=MONDAY)
    assert done.statements == 0


def test_goods_that_cost_nothing_are_counted_in_the_next(scene: Scene) -> None:
    scene.sell(scene.jam, 1, 12_000)
    first = scene.statement()
    scene.sell(scene.jam, 3, 0)  # a gift moves no money and takes no posting of its own
    assert scene.close(MONDAY + WEEK) == []
    scene.sell(scene.slippers, 1, 45_000)
    felt, jam = sorted(scene.close(MONDAY + 2 * WEEK), key=lambda made: made.units)
    assert (felt.units, jam.units, jam.closing_minor) == (1, 3, first.closing_minor)
    assert breaches() == []


def test_two_databases_with_one_history_have_the_same_hashes(scene: Scene) -> None:
    """Neither row numbers nor the moment of closing are in the hash."""
    scene.sell(scene.jam, 1, 12_000)
    hashes = []
    for delay in (WEEK, 2 * WEEK):
        done = settle(shop=scene.cast.shop, until=date(2012, 7, 2), by=None, at=MONDAY + delay)
        hashes.append(bytes(Statement.objects.get().hash))
        assert done.statements == 1
        guards.remove(connection)
        StatementItem.objects.all().delete()
        Statement.objects.all().delete()
    assert hashes[0] == hashes[1]


def test_a_closed_statement_cannot_be_changed_by_anyone(scene: Scene) -> None:
    scene.sell(scene.jam, 1, 12_000)
    made = scene.statement()
    for sql in (
        "UPDATE payouts_statement SET closing_minor = 0, sold_minor = 0 WHERE id = %s",
        "DELETE FROM payouts_statement WHERE id = %s",
    ):
        words = refused_by_database(lambda sql=sql: run_sql(sql, made.pk))
        assert "never changed" in words


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"seq_from": 0}, "last one ended"),
        ({"number": 3}, "last one ended"),
        ({"number": 1}, "last one ended"),
        ({"opening_minor": 0, "closing_minor": 9_600}, "last one ended"),
        ({"prev_hash": bytes(32)}, "last one ended"),
        ({"seq_to": 10**6}, "posting of the shop's fund"),
        ({"currency": "USD"}, "posting of the shop's fund"),
        ({"closing_minor": 9_600}, "statement_adds_up"),
    ],
)
def test_the_database_takes_only_the_next_statement(
    scene: Scene, changed: dict[str, object], says: str
) -> None:
    scene.sell(scene.jam, 1, 12_000)
    scene.sell(scene.jam, 1, 12_000)
    assert settle(shop=scene.cast.shop, until=1, by=None, at=MONDAY).statements == 1
    last = Statement.objects.get()
    row = {
        "shop": last.shop, "consignor": last.consignor, "number": 2, "seq_from": last.seq_to,
        "seq_to": last.seq_to + 1, "cut_on": last.cut_on, "currency": "KGS",
        "opening_minor": last.closing_minor, "sold_minor": 9_600, "refunded_minor": 0,
        "other_minor": 0, "paid_minor": 0, "closing_minor": last.closing_minor + 9_600,
        "units": 1, "lines": 1, "prev_hash": bytes(last.hash), "hash": bytes(32),
        "made_at": MONDAY,
    }  # fmt: skip
    assert says in refused_by_database(lambda: Statement.objects.create(**(row | changed)))
    Statement.objects.create(**row)
