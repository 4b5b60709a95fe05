"""What comes late, and clocks that lie: nothing is lost, and what was closed stays as it was."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Model

from ayil.consignment.models import Lot, LotBalance, Movement
from ayil.figures.models import OpenDay
from ayil.kit.invariants import collected
from ayil.ledger.models import Transfer
from ayil.members.actions import grant_role
from ayil.members.models import Role, User
from ayil.payouts.actions import acknowledge, approve_run, hand_over, prepare_run, settle
from ayil.payouts.models import Acknowledgement, Handover, Payout, PayoutRun, Statement
from ayil.shop.models import Sale, SaleLine, ShiftClosing, TillEvent
from ayil.shop.today import below_nought, day_of
from ayil.shop.waits import shops_waiting
from ayil.shop.zreport import standing_of
from tests.cast import AT, DAY, Cast, Till, assemble, hash_of
from tests.shop.test_shifts import close

pytestmark = pytest.mark.django_db
Rows = Mapping[tuple[str, Any], tuple[Any, ...]]


@pytest.fixture
def cast() -> Cast:
    found = assemble()
    for party, role in (
        (found.aigul, Role.ACCOUNTANT), (found.aigul, Role.PAYMASTER),
        (found.officer, Role.MANAGER),
    ):  # fmt: skip
        grant_role(party=party, role=role, since=DAY, by=found.officer, shop=found.shop)
    return found


def posted() -> Rows:
    """Every row that must never read otherwise, hashes and chain with it."""
    tables: tuple[type[Model], ...] = (
        Transfer, Statement, PayoutRun, Payout, Handover, Sale, SaleLine, Movement, ShiftClosing,
        TillEvent,
    )  # fmt: skip
    return {
        (model.__name__, row[0]): row
        for model in tables
        for row in model._default_manager.values_list()
    }


def chain(cast: Cast) -> list[bytes]:
    """The hashes of the shop's transfers, first to last."""
    return [
        bytes(hash_)
        for hash_ in Transfer.objects.filter(fund=cast.shop.fund)
        .order_by("seq")
        .values_list("hash", flat=True)
    ]


def breaches() -> list[str]:
    return [line for check in collected() for line in check.find()]


class Counter:
    """Two tills in two shifts: one is heard at once, the other only after everything."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.late = cast, cast.second_till()
        self.late.shift = "2012-07-02/2"
        self.lot = cast.deliver(cast.slippers, 20)
        sold = [
            self.late.write({"kind": "shift_opened", "float": 10_000}),
            self.late.sale((self.lot, 3, 45_000)),
            self.late.sale((self.lot, 1, 45_000), tender="qr"),
        ]
        counted = {"50000": 2, "10000": 4, "5000": 1}
        self.kept = [*sold, close(self.late, sold, counted)]
        cast.till.send(cast.till.sale((self.lot, 2, 45_000)))

    def close_statements(self, at: datetime) -> Statement | None:
        settle(shop=self.cast.shop, by=self.cast.aigul, at=at)
        mine = Statement.objects.filter(consignor=self.cast.community)
        return mine.order_by("-number").first()

    def pay_out(self, at: datetime) -> None:
        run = prepare_run(shop=self.cast.shop, by=self.cast.aigul, at=at)
        approve_run(run=run, by=self.cast.officer, at=at)
        for payout in run.payouts.all():
            handover = hand_over(payout=payout, payee=self.cast.burul, by=self.cast.aigul, at=at)
            how = Acknowledgement.How.SIGNATURE
            acknowledge(handover=handover, by=self.cast.burul, at=at, how=how)


@pytest.fixture
def counter(cast: Cast) -> Counter:
    return Counter(cast)


@pytest.mark.parametrize("after", ["z-report", "statement", "payout"])
def test_late_sales_land_in_the_next_ones_and_old_hashes_stay(counter: Counter, after: str) -> None:
    cast, at = counter.cast, AT + timedelta(days=9)
    counter.late.send(counter.kept[-1])  # the closing alone made it through, then silence
    first = counter.close_statements(at) if after != "z-report" else None
    if after == "payout":
        counter.pay_out(at + timedelta(hours=1))
    kept, links = posted(), chain(cast)
    closing = ShiftClosing.objects.get()
    assert standing_of(closing).missing == 3

    counter.late.send(*counter.kept, at=at + timedelta(days=1))

    now = posted()
    assert {key: now.get(key) for key in kept} == kept
    assert chain(cast)[: len(links)] == links
    assert standing_of(closing).agrees
    last = counter.close_statements(at + timedelta(days=2))
    assert last is not None
    sold = (4 if first else 6) * 36_000
    assert (last.sold_minor, last.units) == (sold, sold // 36_000)
    if first:
        assert (first.number, last.number, last.prev_hash) == (1, 2, first.hash)
        assert (first.sold_minor, first.units) == (72_000, 2)
        assert last.opening_minor == first.closing_minor
        assert last.paid_minor == (72_000 if after == "payout" else 0)
    assert breaches() == []


def test_the_day_of_a_late_sale_is_its_shifts(counter: Counter) -> None:
    """It counts on the day on which it was sold, not on that on which it was heard of."""
    counter.late.send(*counter.kept, at=AT + timedelta(days=20))
    assert {sale.date for sale in Sale.objects.all()} == {DAY}
    assert day_of(counter.cast.shop, DAY).receipts == 3
    assert OpenDay.objects.get().receipts == 3


def test_two_tills_sell_the_last_jar(cast: Cast) -> None:
    jar = cast.deliver(cast.jam, 1)
    first, second = cast.till, cast.second_till()
    answers = [till.send(till.sale((jar, 1, 12_000))) for till in (first, second)]
    assert [answer.exceptions for answer in answers] == [[], []]
    assert Sale.objects.count() == 2
    assert LotBalance.objects.get(lot=jar).on_shelf == -1
    asked = below_nought(cast.shop)
    assert [lot.label for lot in asked.lots] == [jar.label]
    user = User.objects.create(username="nurlan", party=cast.officer)
    [count] = [w for w in shops_waiting(user, DAY) if w.address.startswith("/shop/counts/")]
    assert count.count == 1
    assert breaches() == []


def sold_at(cast: Cast, lot: Lot, wall: str, **clock: Any) -> bytes:
    """A sale whose till's clock read `wall`."""
    payload = json.loads(cast.till.sale((lot, 1, 45_000)))["payload"]
    cast.till.seq, cast.till.prev = cast.till.seq - 1, json.loads(cast.till.sent.pop())["prev"]
    return cast.till.write(payload, wall=wall, **clock)


THREE_DAYS_MS = 3 * 24 * 3600 * 1000
SLOW_CLOCK = [  # three days behind, then put right and back again, then in another zone
    ("2012-06-29T12:00:00+06:00", {"offset_ms": THREE_DAYS_MS}),
    ("2012-06-29T12:30:00+06:00", {"offset_ms": THREE_DAYS_MS}),
    ("2012-06-29T11:00:00+06:00", {"offset_ms": THREE_DAYS_MS + 5_400_000}),
    ("2012-07-02T12:31:00+06:00", {"offset_ms": 0}),
    ("2012-07-02T09:32:00+03:00", {"offset_ms": 0}),
    ("2012-07-01T23:33:00-07:00", {"offset_ms": None}),
]


def test_a_clock_that_is_off_and_jumps_and_changes_its_zone_loses_nothing(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 20)
    till = cast.till
    opened = till.write({"kind": "shift_opened", "float": 0}, wall="2012-06-29T09:00:00+06:00")
    sales = [sold_at(cast, lot, wall, **clock) for wall, clock in SLOW_CLOCK]
    closed = close(till, [opened, *sales], {"10000": 27})
    answer = till.send(opened, *sales, closed)
    assert answer.exceptions == []
    rows = list(Sale.objects.order_by("event__seq").select_related("event"))
    assert [row.event.seq for row in rows] == [2, 3, 4, 5, 6, 7]
    assert {row.date for row in rows} == {DAY}
    noon = datetime(2012, 7, 2, 6, 0, tzinfo=UTC)
    after = [(row.sold_at - noon).total_seconds() / 60 for row in rows]
    assert after == [0, 30, 30, 31, 32, 33]
    raw = [json.loads(bytes(row.event.body)) for row in rows]
    assert [(event["wall"], event["offset_ms"]) for event in raw] == [
        (wall, clock["offset_ms"]) for wall, clock in SLOW_CLOCK
    ]
    closing = ShiftClosing.objects.get()
    assert (closing.date, closing.over_minor) == (DAY, 0)
    assert standing_of(closing).agrees
    assert breaches() == []


@pytest.mark.parametrize("days", [-3, 3])
def test_the_business_date_is_the_shifts_whatever_the_clock_says(cast: Cast, days: int) -> None:
    """A wrong clock that never heard of the server: its time is kept as it stood."""
    lot = cast.deliver(cast.slippers, 5)
    off = DAY + timedelta(days=days)
    raw = sold_at(cast, lot, f"{off}T23:59:59+06:00")
    assert cast.till.send(raw).exceptions == []
    sale = Sale.objects.get()
    assert sale.date == DAY
    assert sale.sold_at.date() == off
    assert bytes(sale.event.hash).hex() == hash_of(raw)


def test_events_are_in_the_order_of_their_numbers_not_of_their_clocks(cast: Cast) -> None:
    """A shift's report follows its log, though every clock in it runs backwards."""
    lot = cast.deliver(cast.slippers, 9)
    till: Till = cast.till
    walls = [f"2012-07-02T{hour:02d}:00:00+06:00" for hour in (18, 15, 12, 9)]
    opened = till.write({"kind": "shift_opened", "float": 500}, wall=walls[0])
    sales = [sold_at(cast, lot, wall) for wall in walls[1:3]]
    closed = close(till, [opened, *sales], {"500": 1, "10000": 9})
    later = sold_at(cast, lot, "2012-07-02T08:00:00+06:00")
    till.send(later, closed, *sales, opened)
    standing = standing_of(ShiftClosing.objects.get())
    assert (standing.here, standing.agrees, standing.after) == (3, True, 1)
    assert date(2012, 7, 2) == Sale.objects.order_by("sold_at").values_list("date", flat=True)[0]
