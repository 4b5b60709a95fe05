"""Numbers of a register beside the till: kept as they come, and what is odd told to a person."""

import pytest

from ayil.kit.invariants import collected
from ayil.shop.models import EventException, FiscalNumber, FiscalRequest
from tests.cast import Cast, Till, assemble, hash_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def sales(cast: Cast, till: Till, count: int) -> list[bytes]:
    lot = cast.deliver(cast.slippers, count)
    return [till.sale((lot, 1, 45_000)) for _ in range(count)]


def number(till: Till, sale: str, given: str) -> bytes:
    return till.write({"kind": "fiscal", "sale": sale, "number": given})


def codes() -> list[str]:
    found = EventException.objects.order_by("id").values_list("code", "applied")
    assert all(applied for _code, applied in found)
    return [code for code, _applied in found]


def test_a_number_comes_with_its_sale_or_later(cast: Cast) -> None:
    till = cast.till
    first, second = sales(cast, till, 2)
    answer = till.send(first, number(till, hash_of(first), "000101"), second)
    assert (len(answer.acknowledged), answer.exceptions) == (3, [])
    till.send(number(till, hash_of(second), "000102"))
    kept = FiscalNumber.objects.order_by("id")
    assert [(bytes(one.sale).hex(), one.number, one.register) for one in kept] == [
        (hash_of(first), "000101", "karakol-1"),
        (hash_of(second), "000102", "karakol-1"),
    ]
    assert codes() == []
    assert FiscalRequest.objects.count() == 0


def test_a_number_given_twice_is_told_and_kept(cast: Cast) -> None:
    till = cast.till
    first, second = sales(cast, till, 2)
    one, two = number(till, hash_of(first), "7"), number(till, hash_of(second), "7")
    till.send(first, second, one)
    answer = till.send(two)
    assert [fault.code for fault in answer.exceptions] == ["fiscal-number-twice"]
    assert till.send(one, two).exceptions == []
    assert FiscalNumber.objects.count() == 2
    assert codes() == ["fiscal-number-twice"]


def test_two_numbers_of_one_sale_are_told_and_the_same_one_is_not(cast: Cast) -> None:
    till = cast.till
    (sale,) = sales(cast, till, 1)
    till.send(sale, *(number(till, hash_of(sale), given) for given in ("7", "7", "8")))
    assert codes() == ["fiscal-two-numbers"]


def test_registers_of_two_tills_may_count_alike(cast: Cast) -> None:
    till, other = cast.till, cast.second_till()
    (one,), (two,) = sales(cast, till, 1), sales(cast, other, 1)
    till.send(one, number(till, hash_of(one), "7"))
    other.send(two, number(other, hash_of(two), "7"))
    assert codes() == []


def test_a_number_of_nothing_is_kept_and_told(cast: Cast) -> None:
    till = cast.till
    till.send(number(till, "ab" * 32, "7"))
    assert codes() == ["fiscal-no-sale"]
    assert FiscalNumber.objects.get().number == "7"
    opened = till.write({"kind": "shift_opened", "float": 0})
    till.send(opened, number(till, hash_of(opened), "8"))
    assert codes() == ["fiscal-no-sale"] * 2


def test_the_number_of_a_sale_that_waits_for_its_goods_is_kept(cast: Cast) -> None:
    till = cast.till
    (sale,) = sales(cast, till, 1)
    waiting = till.write(
        {
            "kind": "sale",
            "receipt": "x",
            "lines": [{"label": "2900000000001", "quantity": 1, "unit_price": 5, "gross": 5}],
            "tenders": [{"kind": "cash", "amount": 5}],
            "rounding": 0,
            "visitor": None,
        }
    )
    till.send(sale, waiting, number(till, hash_of(waiting), "9"))
    found = EventException.objects.values_list("code", flat=True)
    assert list(found) == ["unknown-label"]
    assert FiscalNumber.objects.get().number == "9"


def test_what_is_written_holds(cast: Cast) -> None:
    till = cast.till
    first, second = sales(cast, till, 2)
    till.send(second, number(till, hash_of(first), "7"), first)
    assert [breach for check in collected() for breach in check.find()] == []
