"""The till's log at the server: stored once, applied once, never refused."""

import json

import pytest

from ayil.consignment.models import LotBalance
from ayil.figures.models import DailySale, OpenDay
from ayil.kit.errors import AyilError
from ayil.kit.invariants import collected
from ayil.ledger.models import Account, Transfer
from ayil.members.actions import grant_role
from ayil.members.models import Role
from ayil.shop.log import clear_exception
from ayil.shop.models import Application, EventException, Sale, SaleLine, TillEvent
from tests.cast import AT, DAY, Cast, assemble, hash_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def balance(cast: Cast, code: str) -> int:
    return Account.objects.get(fund=cast.shop.fund, code=code).balance_minor


def run_by_the_officer(cast: Cast) -> None:
    grant_role(party=cast.officer, role=Role.MANAGER, since=DAY, by=cast.jyldyz, shop=cast.shop)


def test_a_sale_moves_money_stock_and_figures_at_once(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 10)
    answer = cast.till.send(cast.till.sale((lot, 2, 45_000)))
    assert answer.exceptions == []
    line = SaleLine.objects.get()
    assert (line.gross_minor, line.share_minor, line.commission_minor) == (90_000, 72_000, 18_000)
    assert LotBalance.objects.get(lot=lot).on_shelf == 8
    assert balance(cast, "drawer:karakol-1") == 90_000
    assert balance(cast, f"payable:{cast.community.uid}") == 72_000
    assert balance(cast, "commission") == 18_000
    assert balance(cast, "clearing") == 0
    day = DailySale.objects.get()
    assert (day.units, day.gross_minor, day.share_minor) == (2, 90_000, 72_000)
    assert OpenDay.objects.get().receipts == 1


def test_the_same_event_again_changes_nothing(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 10)
    raw = cast.till.sale((lot, 1, 45_000))
    first = cast.till.send(raw, raw)
    heads = Transfer.objects.count(), bytes(cast.shop.fund.head_hash)
    again = cast.till.send(raw)
    assert again.acknowledged == [hash_of(raw)]
    assert first.new == 1
    assert again.new == 0
    assert (Transfer.objects.count(), bytes(cast.shop.fund.head_hash)) == heads
    assert Sale.objects.count() == 1


def test_a_bad_event_does_not_hold_up_the_others(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 10)
    good = [cast.till.sale((lot, 1, 45_000)) for _ in range(4)]
    forged = good[1].replace(b'"quantity":1', b'"quantity":9')
    answer = cast.till.send(good[0], forged, good[2], b'{"v":1', good[3], b"\xff\xfe")
    assert len(answer.acknowledged) == 3
    assert [(e.index, e.code) for e in answer.exceptions] == [
        (1, "forged-hash"),
        (3, "malformed"),
        (5, "malformed"),
    ]
    assert Sale.objects.count() == 3
    assert EventException.objects.count() == 3
    assert bytes(EventException.objects.first().raw) == forged  # type: ignore[union-attr,arg-type]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"quantity":1', b'"quantity":"1"'),
        (b'"quantity":1', b'"quantity":1.0'),
        (b'"quantity":1', b'"quantity":true'),
        (b'"quantity":1', b'"quantity":1180591620717411303424'),
        (b'"quantity":1', b'"quantity":0'),
        (b'"mono":1000', b'"mono":1000,"extra":1'),
        (b'"wall":"2012-07-02T12:00:00+06:00"', b'"wall":"2012-07-02T12:00:00"'),
        (b'"seq":1', b'"seq":9007199254740993'),
    ],
)
def test_loose_input_is_refused_and_kept(cast: Cast, old: bytes, new: bytes) -> None:
    lot = cast.deliver(cast.slippers, 10)
    raw = cast.till.sale((lot, 1, 45_000))
    assert old in raw
    answer = cast.till.send(raw.replace(old, new))
    assert [e.code for e in answer.exceptions] == ["malformed"]
    assert (TillEvent.objects.count(), EventException.objects.count()) == (0, 1)


def test_an_unknown_label_waits_for_a_person(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 10)
    raw = cast.till.sale((lot, 1, 45_000))
    lost = cast.till.write(
        {
            "kind": "sale",
            "receipt": "r2",
            "lines": [{"label": "2000000000992", "quantity": 1, "unit_price": 5, "gross": 5}],
            "tenders": [{"kind": "cash", "amount": 5}],
            "rounding": 0,
            "visitor": None,
        }
    )
    answer = cast.till.send(lost, raw)
    assert [e.code for e in answer.exceptions] == ["unknown-label"]
    assert len(answer.acknowledged) == 2
    assert Application.objects.count() == 1
    exception = EventException.objects.get()
    with pytest.raises(AyilError, match="clear what the till's log"):
        clear_exception(exception=exception, by=cast.officer, note="looked", at=AT)
    run_by_the_officer(cast)
    with pytest.raises(AyilError, match="still cannot be applied"):
        clear_exception(exception=exception, by=cast.officer, note="looked", at=AT)
    assert TillEvent.objects.count() == 2


def test_a_refund_that_came_before_its_sale_is_applied_with_it(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 10)
    sale = cast.till.sale((lot, 2, 45_001))
    other = cast.second_till()
    refund = other.refund(lot, 1, 45_001, of=hash_of(sale))
    assert [e.code for e in other.send(refund).exceptions] == ["waits-for-sale"]
    assert Sale.objects.count() == 0
    cast.till.send(sale)
    assert Sale.objects.count() == 2
    assert EventException.objects.get().clearing.note
    assert LotBalance.objects.get(lot=lot).on_shelf == 9
    assert balance(cast, "clearing") == 0


def test_partial_refunds_on_two_tills_end_at_nothing_and_flag_what_is_over(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 10)
    sale = cast.till.sale((lot, 3, 33_333))
    cast.till.send(sale)
    for _ in range(3):
        cast.till.send(cast.till.refund(lot, 1, 33_333, of=hash_of(sale)))
    for code in ("drawer:karakol-1", f"payable:{cast.community.uid}", "commission", "clearing"):
        assert balance(cast, code) == 0, code
    other = cast.second_till()
    answer = other.send(other.refund(lot, 1, 33_333, of=hash_of(sale)))
    assert [e.code for e in answer.exceptions] == ["over-refund"]
    assert balance(cast, "losses") == 33_333
    assert balance(cast, f"payable:{cast.community.uid}") == 0


def test_a_sale_that_does_not_add_up_is_posted_and_flagged(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 5)
    cast.till.sale((lot, 1, 45_000))
    payload = json.loads(cast.till.sent[-1])["payload"]
    payload["tenders"][0]["amount"] = 44_000
    answer = cast.till.send(cast.till.write(payload))
    assert [e.code for e in answer.exceptions] == ["does-not-add-up"]
    assert Sale.objects.get().rounding_minor == -1_000
    assert balance(cast, "drawer:karakol-1") == 44_000
    assert balance(cast, f"payable:{cast.community.uid}") == 36_000
    assert [line for check in collected() for line in check.find()] == []


def test_a_refund_of_other_goods_is_posted_and_flagged(cast: Cast) -> None:
    lot, jam = cast.deliver(cast.slippers, 5), cast.deliver(cast.jam, 5)
    sale = cast.till.sale((lot, 1, 45_000), (jam, 1, 12_000))
    cast.till.send(sale)
    for line in (1, 7):
        refund = cast.till.refund(jam, 1, 12_000, of=hash_of(sale), line=line)
        answer = cast.till.send(refund)
        assert [e.code for e in answer.exceptions] == ["other-goods"]
    assert LotBalance.objects.get(lot=jam).on_shelf == 6
    assert balance(cast, "clearing") == 0
    run_by_the_officer(cast)
    clear_exception(
        exception=EventException.objects.all()[0], by=cast.officer, note="asked the clerk", at=AT
    )
    assert [line for check in collected() for line in check.find()] == []


def test_a_clash_of_numbers_keeps_both(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 10)
    first = cast.till.sale((lot, 1, 45_000))
    cast.till.seq, cast.till.prev = 0, "0" * 64
    second = cast.till.sale((lot, 1, 45_000))
    cast.till.send(first)
    answer = cast.till.send(second)
    assert [e.code for e in answer.exceptions] == ["number-clash"]
    assert Sale.objects.count() == 2


def test_the_shelf_may_read_negative(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 1)
    cast.till.send(cast.till.sale((lot, 2, 45_000)))
    assert LotBalance.objects.get(lot=lot).on_shelf == -1


def test_a_shift_is_closed_blind_and_what_is_short_is_posted(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 5)
    till = cast.till
    raw = [
        till.write({"kind": "shift_opened", "float": 50_000}),
        till.sale((lot, 1, 45_000)),
        till.write({"kind": "cash_moved", "amount": -10_000, "reason": "bread for the shop"}),
        till.write({"kind": "shift_closed", "counted": {"10000": 8, "5000": 0, "1000": 4}}),
    ]
    assert till.send(*raw).exceptions == []
    assert balance(cast, "drawer:karakol-1") == 0
    assert balance(cast, "over-short") == -1_000
    assert balance(cast, "petty-cash") == 10_000
    assert balance(cast, "safe") == 84_000 - 50_000


def test_every_check_holds_and_the_log_rebuilds_backwards(cast: Cast) -> None:
    lot, jam = cast.deliver(cast.slippers, 10), cast.deliver(cast.jam, 20)
    till, other = cast.till, cast.second_till()
    sale = till.sale((lot, 3, 33_333), (jam, 2, 12_345), rounding=-1)
    till.send(sale, till.write({"kind": "wish", "words": "шырдак"}))
    other.send(other.refund(lot, 1, 33_333, of=hash_of(sale)), other.refund(jam, 1, 12_345))
    other.send(other.refund(lot, 2, 66_666, of=hash_of(sale)))
    till.send(till.refund(jam, 5, 50_000, of=hash_of(sale), line=2))
    breaches = [line for check in collected() for line in check.find()]
    assert breaches == []
