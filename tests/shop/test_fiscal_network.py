"""The register over the network, against one that is none: nothing lost, doubled, waited for."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.utils import timezone

from ayil.kit.errors import AyilError
from ayil.members.actions import grant_role
from ayil.members.models import Role
from ayil.shop.fiscal import rules, sending, wire
from ayil.shop.fiscal.checks import CHECKS
from ayil.shop.fiscal.queue import leave, open_requests, send_again, standing_of, type_number
from ayil.shop.fiscal.rules import State
from ayil.shop.fiscal.sending import keep_answer, send_due
from ayil.shop.fiscal.simulator import Register
from ayil.shop.models import (
    EventException,
    FiscalAttempt,
    FiscalNumber,
    FiscalRequest,
    Sale,
    TillTerms,
)
from tests.cast import AT, DAY, Cast, Till, assemble, hash_of
from tests.histories.breaking import Breakage, broken, is_refused
from tests.rig.threads import all_at_once, shared_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    made = assemble()
    grant_role(party=made.aigul, role=Role.MANAGER, since=DAY, by=made.officer, shop=made.shop)
    TillTerms.objects.create(
        shop=made.shop, fiscal=TillTerms.Fiscal.API, at=AT - timedelta(days=1), by=made.aigul
    )
    return made


@pytest.fixture
def register(settings: LazySettings) -> Iterator[Register]:
    found = Register().start()
    settings.AYIL_FISCAL_URL = found.url
    yield found
    found.stop()


@dataclass
class Impatient:
    """Each time it looks at the clock every pause is over; who does not answer in half a second
    never will."""

    passed: timedelta = timedelta(0)

    def look(self) -> datetime:
        self.passed += 2 * rules.LONGEST_PAUSE
        return timezone.now() + self.passed

    def send_due(self) -> sending.Sent:
        return send_due(clock=self.look, patience_s=0.5)


@pytest.fixture
def impatient() -> Impatient:
    return Impatient()


def sell(cast: Cast, count: int, till: Till | None = None) -> list[str]:
    """Hashes of sales that were sent and acknowledged."""
    till = till or cast.till
    lot = cast.deliver(cast.slippers, count)
    raw = [till.sale((lot, 1, 45_000)) for _ in range(count)]
    answer = till.send(*raw)
    assert answer.acknowledged == [hash_of(one) for one in raw]
    return answer.acknowledged


def numbers() -> dict[str, str]:
    return {bytes(one.sale).hex(): one.number for one in FiscalNumber.objects.all()}


def states() -> list[State]:
    now = timezone.now()
    return [standing_of(request, now).state for request in FiscalRequest.objects.all()]


def test_every_sale_and_refund_gets_its_number_once(cast: Cast, register: Register) -> None:
    hashes = sell(cast, 3)
    lot = cast.deliver(cast.jam, 2)
    sale = cast.till.sale((lot, 2, 12_000))
    refund = cast.till.refund(lot, 1, 12_000, of=hash_of(sale))
    cast.till.send(refund)  # comes before its sale, and is not posted yet
    assert FiscalRequest.objects.count() == 3
    cast.till.send(sale)
    assert states() == [State.WAITING] * 5
    done = send_due()
    assert (done.numbered, done.refused, done.silent) == (4, 0, 0)  # the refund comes after
    assert send_due().numbered == 1
    assert send_due() == sending.Sent()
    assert register.heard == [*hashes, hash_of(sale), hash_of(refund)]
    assert numbers() == {hash_: number for hash_, (number, _body) in register.receipts.items()}
    assert states() == [State.NUMBERED] * 5
    body = register.receipts[hash_of(refund)][1]
    assert body["refund_of"] == [numbers()[hash_of(sale)]]
    assert body["lines"] == [
        {
            "name": "Абрикосовое варенье",
            "label": lot.label,
            "quantity": 1,
            "unit_price": 12_000,
            "gross": 12_000,
        }
    ]
    assert (body["kind"], body["shop"], body["currency"]) == ("refund", "karakol", "KGS")
    assert body["payments"] == [{"kind": "cash", "amount": 12_000}]


def test_a_register_that_hangs_holds_up_no_sale(
    cast: Cast, register: Register, impatient: Impatient
) -> None:
    register.manner = "hangs"
    sell(cast, 5)
    assert Sale.objects.count() == 5
    assert register.heard == []  # nobody was asked when it was sold
    done = impatient.send_due()
    assert (done.silent, done.numbered) == (3, 0)  # and a line that is down is found out by three
    sell(cast, 1)
    register.manner = "answers"
    assert impatient.send_due().numbered == 6
    assert len(register.receipts) == len(numbers()) == 6


@pytest.mark.parametrize("manner", ["loses", "later", "drips"])
def test_what_was_taken_and_not_answered_is_one_receipt(
    cast: Cast, register: Register, impatient: Impatient, manner: str
) -> None:
    register.manner = manner
    (sale,) = sell(cast, 1)
    assert impatient.send_due().silent == 1
    assert states() == [State.WAITING]
    register.manner = "answers"
    assert impatient.send_due().numbered == 1
    assert register.heard == [sale, sale]
    assert numbers() == {sale: register.receipts[sale][0]}
    assert EventException.objects.count() == 0


@pytest.mark.parametrize("manner", ["busy", "babbles", "sends-away", "hangs"])
def test_what_is_no_answer_is_tried_again(
    cast: Cast, register: Register, impatient: Impatient, manner: str
) -> None:
    register.manner = manner
    sell(cast, 1)
    assert [impatient.send_due().silent for _ in range(2)] == [1, 1]
    outcomes = FiscalAttempt.objects.order_by("id").values_list("outcome", flat=True)
    assert list(outcomes) == ["sent", "silent"] * 2
    register.manner = "answers"
    assert impatient.send_due().numbered == 1


def test_the_next_try_waits_its_time(cast: Cast, register: Register) -> None:
    register.manner = "busy"
    sell(cast, 1)
    assert send_due().silent == 1
    assert send_due() == sending.Sent()
    request = FiscalRequest.objects.get()
    due = standing_of(request, timezone.now()).due_at
    last = request.attempts.last()
    assert last is not None
    assert due == last.at + rules.FIRST_PAUSE


def test_what_is_refused_waits_for_a_person_and_holds_up_nothing(
    cast: Cast, register: Register
) -> None:
    register.manner = "refuses"
    sell(cast, 2)
    assert send_due().refused == 2
    assert states() == [State.REFUSED] * 2
    assert "Смена ККМ закрыта" in str(FiscalAttempt.objects.latest("id").words)
    register.manner = "answers"
    assert send_due() == sending.Sent()
    first, second = FiscalRequest.objects.order_by("event_id")
    with pytest.raises(AyilError, match="may not do this"):
        send_again(request=first, by=cast.burul, at=timezone.now())
    send_again(request=first, by=cast.aigul, at=timezone.now())
    with pytest.raises(AyilError, match="does not wait for you"):
        send_again(request=first, by=cast.aigul, at=timezone.now())
    assert send_due().numbered == 1
    with pytest.raises(AyilError, match="few words"):
        leave(request=second, by=cast.aigul, words=" ", at=timezone.now())
    leave(request=second, by=cast.aigul, words="the register was broken", at=timezone.now())
    assert states() == [State.NUMBERED, State.LEFT]
    assert open_requests().count() == 0


def findings() -> list[str]:
    return [found for check in CHECKS for found in check.find()]


def test_a_number_that_is_gone_is_found(cast: Cast, register: Register) -> None:
    first, _second = sell(cast, 2)
    cast.till.send(cast.till.write({"kind": "fiscal", "sale": first, "number": "7"}))
    assert send_due().numbered == 2
    assert findings() == []
    gone = Breakage("numbers are gone", "DELETE FROM shop_fiscalnumber", "")
    is_refused(gone)
    with broken(gone):
        said = " ".join(findings())
    assert said.count("the fiscal number that it gave is not there") == 1
    assert said.count("has its number by the register's queue") == 2


def test_a_person_types_the_number_in(cast: Cast, register: Register) -> None:
    register.manner = "refuses"
    (sale,) = sell(cast, 1)
    send_due()
    request = FiscalRequest.objects.get()
    for wrong in ("", "  ", "9" * 61):
        with pytest.raises(AyilError, match="Type the number"):
            type_number(request=request, by=cast.aigul, number=wrong, at=timezone.now())
    type_number(request=request, by=cast.aigul, number=" 4711 ", at=timezone.now())
    assert numbers() == {sale: "4711"}
    assert FiscalNumber.objects.get().by == cast.aigul
    assert states() == [State.NUMBERED]


def test_a_register_that_forgets_is_found_out(cast: Cast, register: Register) -> None:
    """Two sendings overtook each other and got two numbers: both are kept, a person is told."""
    register.manner = "forgets"
    sell(cast, 1)
    request = FiscalRequest.objects.get()
    url, body = register.url, wire.body_of(request)
    for _ in range(2):
        keep_answer(request, wire.ask(url, body), at=timezone.now())
    assert sorted(FiscalNumber.objects.values_list("number", flat=True)) == ["00000001", "00000002"]
    assert EventException.objects.get().code == "fiscal-two-numbers"
    assert states() == [State.NUMBERED]


def test_terms_hold_by_the_business_day(cast: Cast, register: Register) -> None:
    for form, days in ((TillTerms.Fiscal.NONE, 3), (TillTerms.Fiscal.API, 5)):
        TillTerms.objects.create(
            shop=cast.shop, fiscal=form, at=AT + timedelta(days=days), by=cast.aigul
        )
    before, within = DAY - timedelta(days=2), DAY + timedelta(days=4)
    for day in (before, DAY, within, DAY + timedelta(days=5)):
        cast.till.day = day
        sell(cast, 1)
    days = FiscalRequest.objects.values_list("event__business_date", flat=True)
    assert list(days) == [DAY, DAY + timedelta(days=5)]


def test_without_an_address_nothing_is_sent_and_nothing_lost(
    cast: Cast, settings: LazySettings
) -> None:
    settings.AYIL_FISCAL_URL = ""
    sell(cast, 2)
    assert send_due() == sending.Sent()
    assert states() == [State.WAITING] * 2


def test_the_address_may_hold_a_name_and_a_password(
    cast: Cast, register: Register, settings: LazySettings
) -> None:
    settings.AYIL_FISCAL_URL = register.url.replace("//", "//shop:pass%3Aword@")
    sell(cast, 1)
    assert send_due().numbered == 1
    assert register.sign_ins == {"Basic c2hvcDpwYXNzOndvcmQ="}


def test_nobody_at_the_address_is_silence(cast: Cast, settings: LazySettings) -> None:
    gone = Register()
    gone.server_close()
    settings.AYIL_FISCAL_URL = gone.url
    sell(cast, 1)
    assert send_due().silent == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_send_at_once_send_each_receipt_once(cast: Cast, register: Register) -> None:
    with shared_file():
        sell(cast, 20)
        done = all_at_once(4, lambda _number: send_due())
        assert sum(sent.numbered for sent in done) == 20
        assert sorted(register.heard) == sorted(set(register.heard))
        assert len(numbers()) == 20
        assert FiscalAttempt.objects.filter(outcome="sent").count() == 20


def _send_and_close() -> None:
    try:
        send_due()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_sale_is_acknowledged_while_the_register_hangs(cast: Cast, register: Register) -> None:
    register.manner = "hangs"
    with shared_file():
        sell(cast, 1)
        sender = threading.Thread(target=_send_and_close)
        sender.start()
        until = time.monotonic() + 30
        while not FiscalAttempt.objects.exists():
            assert time.monotonic() < until, "the sending did not begin"
            time.sleep(0.01)
        hashes = sell(cast, 3)
        assert sender.is_alive()
        assert Sale.objects.filter(event__hash__in=[bytes.fromhex(h) for h in hashes]).count() == 3
        register.stopping.set()
        sender.join(timeout=30)
