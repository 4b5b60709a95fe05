"""What comes back over the counter: up to a limit, by a manager above it, and never unseen."""

import json
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ayil.consignment.models import Lot, LotBalance
from ayil.kit.invariants import collected
from ayil.ledger.models import Account
from ayil.members.actions import grant_role
from ayil.members.doors import set_pin
from ayil.members.models import Role
from ayil.products.actions import set_price
from ayil.products.models import Price, Variant
from ayil.shop.log import Answer
from ayil.shop.models import EventException, Sale, Signature, TillTerms
from tests.cast import AT, DAY, Cast, assemble, hash_of
from tests.shop.sealing import lay_key, sealed_pin

pytestmark = pytest.mark.django_db
PIN = "482617"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def refunds_up_to(cast: Cast, limit: int, at: datetime = AT) -> None:
    TillTerms.objects.create(shop=cast.shop, refund_limit_minor=limit, at=at, by=cast.officer)


def codes(answer: Answer) -> list[str]:
    return [exception.code for exception in answer.exceptions]


def approved(cast: Cast, raw: bytes, by: str, pin: str = PIN) -> bytes:
    """The same refund, written anew with somebody's PIN under it."""
    nonce = secrets.token_hex(16)
    proof = {"by": by, "way": "pin", "sealed": sealed_pin(pin, by, nonce)}
    return cast.till.write(json.loads(raw)["payload"] | {"approved": proof}, nonce=nonce)


def breaches() -> list[str]:
    return [line for check in collected() for line in check.find()]


def test_a_refund_within_the_limit_is_nothing_to_look_at(cast: Cast) -> None:
    refunds_up_to(cast, 45_000)
    lot = cast.deliver(cast.slippers, 5)
    sale = cast.till.sale((lot, 2, 45_000))
    assert codes(cast.till.send(sale, cast.till.refund(lot, 1, 45_000, of=hash_of(sale)))) == []


def test_a_refund_above_the_limit_stands_and_is_looked_at(cast: Cast) -> None:
    refunds_up_to(cast, 44_999)
    lot = cast.deliver(cast.slippers, 5)
    sale = cast.till.sale((lot, 2, 45_000))
    answer = cast.till.send(sale, cast.till.refund(lot, 1, 45_000, of=hash_of(sale)))
    assert codes(answer) == ["over-limit"]
    exception = EventException.objects.get()
    assert exception.applied
    assert "nobody approved" in exception.words
    assert LotBalance.objects.get(lot=lot).on_shelf == 4
    assert breaches() == []


def test_a_manager_stands_behind_it(cast: Cast) -> None:
    refunds_up_to(cast, 1_000)
    grant_role(party=cast.aigul, role=Role.MANAGER, since=DAY, by=cast.officer, shop=cast.shop)
    lay_key()
    for party in (cast.aigul, cast.burul):
        set_pin(party=party, pin=PIN, by=party, at=AT - timedelta(days=1))
    lot = cast.deliver(cast.slippers, 5)
    plain = cast.till.refund(lot, 1, 45_000)
    manager, maker = str(cast.aigul.uid), str(cast.burul.uid)
    assert codes(cast.till.send(approved(cast, plain, manager))) == []
    assert codes(cast.till.send(approved(cast, plain, maker))) == ["over-limit"]
    for nobody in ("aigul", "0" * 32):
        answer = cast.till.send(approved(cast, plain, nobody))
        assert codes(answer) == ["over-limit", "unknown-signer"], nobody
    assert codes(cast.till.send(approved(cast, plain, manager, "2580"))) == ["wrong-pin"]
    assert Signature.objects.filter(side="approval").count() == 3
    assert Sale.objects.count() == 5


def test_the_limit_is_that_of_its_day(cast: Cast) -> None:
    """Before a manager set one there was none; a till that was offline is not judged by a later."""
    lot = cast.deliver(cast.slippers, 9)
    noon = datetime(2012, 7, 2, 6, 0, tzinfo=UTC)
    refunds_up_to(cast, 1_000, noon + timedelta(hours=1))
    assert codes(cast.till.send(cast.till.refund(lot, 1, 45_000))) == []
    refunds_up_to(cast, 2_000, noon - timedelta(hours=1))
    assert codes(cast.till.send(cast.till.refund(lot, 1, 45_000))) == ["over-limit"]


def discounted(cast: Cast, lot: Lot, quantity: int, discount: int, **said: Any) -> bytes:
    price = said.pop("price", 45_000)
    gross = quantity * price - discount
    line = {
        "label": lot.label, "quantity": quantity, "unit_price": price, "gross": gross,
        "discount": discount,
    }  # fmt: skip
    payload = {
        "kind": "sale", "receipt": "r", "lines": [line], "rounding": 0, "visitor": None,
        "tenders": [{"kind": "cash", "amount": gross}],
    }  # fmt: skip
    prices = Price.objects.order_by("-pk").values_list("pk", flat=True)[0]
    return cast.till.write(payload, **({"prices": prices} | said))


def new_price(cast: Cast, variant: Variant, amount: int, floor: int | None, since: date) -> Price:
    by = cast.jyldyz if variant == cast.jam else cast.burul
    return set_price(
        variant=variant, amount_minor=amount, currency="KGS", valid_from=since, set_by=by,
        typed_by=cast.officer, paper="P-1", on=DAY, floor_minor=floor,
    )  # fmt: skip


def test_a_discount_within_the_owners_floor_is_nothing_to_look_at(cast: Cast) -> None:
    since = DAY + timedelta(days=1)
    new_price(cast, cast.jam, 15_000, 13_000, since)
    jam = cast.deliver(cast.jam, 9)
    cast.till.day = since
    assert codes(cast.till.send(discounted(cast, jam, 2, 4_000, price=15_000))) == []
    assert codes(cast.till.send(discounted(cast, jam, 2, 4_001, price=15_000))) == ["under-floor"]
    assert Sale.objects.count() == 2
    exception = EventException.objects.get()
    assert exception.applied
    assert jam.label in exception.words
    # On the day before, another price held, which had no floor of its own.
    cast.till.day = DAY
    assert codes(cast.till.send(discounted(cast, jam, 1, 1, price=12_000))) == ["under-floor"]


def test_without_a_floor_there_is_no_discount(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 9)
    assert codes(cast.till.send(discounted(cast, lot, 1, 1))) == ["under-floor"]
    assert LotBalance.objects.get(lot=lot).on_shelf == 8
    assert breaches() == []


def test_a_till_is_held_to_the_price_list_that_it_had(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 9)
    known = Price.objects.order_by("-pk").values_list("pk", flat=True)[0]
    cast.till.day = DAY + timedelta(days=1)
    new_price(cast, cast.slippers, 60_000, None, cast.till.day)
    assert codes(cast.till.send(discounted(cast, lot, 1, 0, prices=known))) == []
    assert codes(cast.till.send(discounted(cast, lot, 1, 15_000, price=60_000))) == ["under-floor"]
    assert codes(cast.till.send(discounted(cast, lot, 1, 15_000, price=60_000, prices=known))) == []
    # Without a price list the price was typed from the label, and no floor was known.
    assert codes(cast.till.send(discounted(cast, lot, 1, 9_000, prices=0))) == []


def test_over_refunds_of_two_offline_tills_end_at_nothing_but_the_shops_loss(cast: Cast) -> None:
    """Each of two tills gives the whole sale back in parts, unknown to the other."""
    refunds_up_to(cast, 50_000)
    lot = cast.deliver(cast.slippers, 10)
    first, second = cast.till, cast.second_till()
    sale = first.sale((lot, 3, 33_333))
    ours = [first.refund(lot, 1, 33_333, of=hash_of(sale)) for _ in range(3)]
    theirs = [second.refund(lot, n, n * 33_333, of=hash_of(sale)) for n in (2, 1)]
    second.send(*theirs)
    first.send(sale, *ours)
    flags = EventException.objects.filter(applied=True).values_list("code", flat=True)
    assert sorted(flags) == ["over-limit", "over-refund", "over-refund"]

    def held(code: str) -> int:
        return Account.objects.get(fund=cast.shop.fund, code=code).balance_minor

    for code in (f"payable:{cast.community.uid}", "commission", "clearing"):
        assert held(code) == 0, code
    assert held("losses") == 99_999
    assert held("drawer:karakol-1") == 0
    assert held("drawer:karakol-2") == -99_999
    assert LotBalance.objects.get(lot=lot).on_shelf == 13
    assert breaches() == []
