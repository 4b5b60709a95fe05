"""A shift at the server: what the till sealed stays, and its page says whether the log agrees."""

import json
import secrets
from collections.abc import Sequence
from datetime import timedelta

import msgspec
import pytest
from django.test import Client
from django.utils.html import strip_tags

from ayil.kit.invariants import collected
from ayil.members.actions import grant_role
from ayil.members.doors import set_pin
from ayil.members.models import Role, User
from ayil.shop.devices import enrol_device
from ayil.shop.events import GENESIS, read_event
from ayil.shop.models import ShiftClosing, ShiftOpening, Signature
from ayil.shop.zreport import report_of, standing_of, totals_of
from tests.cast import AT, DAY, Cast, Till, assemble
from tests.shop.sealing import lay_key, sealed_pin
from tests.site.cast import queries_of, speak

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=3)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def close(till: Till, shift: Sequence[bytes], counted: dict[str, int], **wrong: int) -> bytes:
    """The closing of these events, with the report that a till makes of its own log."""
    report = msgspec.to_builtins(report_of([read_event(raw) for raw in shift]))
    return till.write({"kind": "shift_closed", "counted": counted, "report": report | wrong})


def a_shift(cast: Cast, till: Till) -> list[bytes]:
    """500 som to begin with, two sales of which one by QR, bread bought, one thing back."""
    lot = cast.deliver(cast.slippers, 9)
    return [
        till.write({"kind": "shift_opened", "float": 50_000}),
        till.sale((lot, 2, 45_000)),
        till.sale((lot, 1, 45_000), tender="qr", rounding=-10),
        till.write({"kind": "cash_moved", "amount": -10_000, "reason": "bread"}),
        till.refund(lot, 1, 45_000),
        till.write({"kind": "wish", "words": "шырдак"}),
    ]


COUNTED = {"50000": 1, "10000": 3, "5000": 1}  # 850 som: just what is due


def breaches() -> list[str]:
    return [line for check in collected() for line in check.find()]


def manager(cast: Cast) -> User:
    grant_role(party=cast.officer, role=Role.MANAGER, since=DAY, by=cast.jyldyz, shop=cast.shop)
    return User.objects.create(username="nurlan", party=cast.officer)


def page_of(client: Client, closing: ShiftClosing) -> str:
    speak(client, "en")
    answer = client.get(f"/shop/z/{closing.pk}/")
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


def test_the_totals_of_a_shift(cast: Cast) -> None:
    events = [read_event(raw) for raw in a_shift(cast, cast.till)]
    totals = totals_of(reversed(events))
    assert (totals.sales, totals.refunds) == (2, 1)
    assert (totals.sold, totals.returned, totals.rounding) == (135_000, 45_000, -10)
    assert totals.paid == {"cash": 45_000, "qr": 44_990}
    assert (totals.float, totals.moved, totals.expected) == (50_000, -10_000, 85_000)


def test_all_is_here_and_comes_to_the_same(cast: Cast, client: Client) -> None:
    shift = a_shift(cast, cast.till)
    cast.till.send(*shift, close(cast.till, shift, COUNTED))
    closing = ShiftClosing.objects.get()
    assert (closing.counted_minor, closing.expected_minor, closing.over_minor) == (
        85_000,
        85_000,
        0,
    )
    standing = standing_of(closing)
    assert (standing.here, standing.missing, standing.late, standing.agrees) == (6, 0, 0, True)
    client.force_login(manager(cast))
    words = page_of(client, closing)
    assert "All 6 records of the shift are here and come to the same." in words
    assert closing.event.hash.hex() in words
    assert breaches() == []


def test_what_comes_late_is_counted_when_it_comes_and_the_report_stays(
    cast: Cast, client: Client
) -> None:
    shift = a_shift(cast, cast.till)
    closing_raw = close(cast.till, shift, COUNTED)
    cast.till.send(shift[0], shift[3], closing_raw)
    closing = ShiftClosing.objects.get()
    before = (bytes(closing.event.body), closing.report, closing.expected_minor)
    client.force_login(manager(cast))
    assert "4 records of the shift have not come yet" in page_of(client, closing)
    assert breaches() == []
    cast.till.send(*shift, at=LATER)
    words = page_of(client, closing)
    assert "All 6 records" in words
    assert "4 records came after the closing, the last on" in words
    closing.refresh_from_db()
    after = (bytes(closing.event.body), closing.report, closing.expected_minor)
    assert after == before
    assert ShiftClosing.objects.count() == 1
    assert breaches() == []


def test_a_report_that_is_not_what_the_log_comes_to_is_found(cast: Cast, client: Client) -> None:
    shift = a_shift(cast, cast.till)
    cast.till.send(*shift, close(cast.till, shift, COUNTED, sold=135_001, sales=3))
    closing = ShiftClosing.objects.get()
    client.force_login(manager(cast))
    words = page_of(client, closing)
    assert "they do not come to what the till sealed" in words
    found = {(one.name, one.sealed, one.log) for one in standing_of(closing).differences}
    assert found == {("sold", 135_001, 135_000), ("sales", 3, 2)}
    assert sum("its Z-report says" in line for line in breaches()) == 2


def test_a_clones_number_is_not_taken_for_ours(cast: Cast) -> None:
    """Two tablets with one profile: each closing stands on its own chain."""
    lot = cast.deliver(cast.slippers, 9)
    ours = cast.till
    opened = ours.write({"kind": "shift_opened", "float": 0})
    clone = Till(ours.device, seq=ours.seq, prev=ours.prev)
    sold = ours.sale((lot, 1, 45_000))
    theirs = [clone.sale((lot, 5, 45_000)), clone.sale((lot, 1, 45_000))]
    closed = close(ours, [opened, sold], {})
    ours.send(opened, theirs[0], theirs[1], closed)
    closing = ShiftClosing.objects.get()
    assert (standing_of(closing).here, standing_of(closing).missing) == (1, 1)
    ours.send(sold)
    assert standing_of(closing).agrees
    assert breaches() == []


def test_an_older_tills_closing_has_no_report(cast: Cast, client: Client) -> None:
    shift = a_shift(cast, cast.till)
    closed = cast.till.write({"kind": "shift_closed", "counted": {"100": 1}})
    cast.till.send(*shift, closed, cast.till.sale((cast.deliver(cast.jam, 1), 1, 12_000)))
    closing = ShiftClosing.objects.get()
    assert standing_of(closing).here == 6
    client.force_login(manager(cast))
    words = page_of(client, closing)
    assert "its programme is older" in words
    assert "1 receipt bears this shift's name and was written after it was closed" in words


def test_a_pin_that_is_not_the_cashiers_is_flagged(cast: Cast) -> None:
    lay_key()
    uid = str(cast.aigul.uid)
    set_pin(party=cast.aigul, pin="482617", by=cast.aigul, at=AT - timedelta(days=1))
    for pin, found in (("482617", []), ("2580", ["wrong-pin"])):
        nonce = secrets.token_hex(16)
        proof = {"by": uid, "way": "pin", "sealed": sealed_pin(pin, uid, nonce)}
        opening = {"kind": "shift_opened", "float": 0, "proof": proof}
        answer = cast.till.send(cast.till.write(opening, nonce=nonce, cashier=uid))
        assert [exception.code for exception in answer.exceptions] == found
    sides = Signature.objects.values_list("side", "verified")
    assert list(sides) == [("opening", True), ("opening", False)]
    assert ShiftOpening.objects.count() == 2


def test_the_page_asks_no_more_of_a_longer_shift(cast: Cast, client: Client) -> None:
    lot = cast.deliver(cast.slippers, 90)
    client.force_login(manager(cast))
    asked = []
    for sales in (1, 3):
        till = cast.second_till(f"karakol-{sales + 5}")
        shift = [till.write({"kind": "shift_opened", "float": 0})]
        shift += [till.sale((lot, 1, 45_000)) for _ in range(sales)]
        till.send(*shift, close(till, shift, {}))
        closing = ShiftClosing.objects.get(device=till.device)
        asked.append(queries_of(client, f"/shop/z/{closing.pk}/"))
    assert asked[0] == asked[1]


def test_the_day_names_the_cashier_and_leads_to_the_z_report(cast: Cast, client: Client) -> None:
    till = cast.till
    till.cashier = str(cast.aigul.uid)
    till.seq, till.prev = 0, GENESIS
    shift = a_shift(cast, till)
    till.send(*shift, close(till, shift, COUNTED))
    client.force_login(manager(cast))
    page = client.get(f"/today/?day={DAY}").content.decode()
    assert "Aigul Asanova" in page
    assert till.cashier not in page
    assert f"/shop/z/{ShiftClosing.objects.get().pk}/" in page


@pytest.mark.parametrize("asked", ["?number=karakol-1-1-2", "?sale={hash}"])
def test_a_till_asks_for_a_receipt_of_another(cast: Cast, client: Client, asked: str) -> None:
    lot = cast.deliver(cast.slippers, 9)
    cast.till.write({"kind": "wish", "words": "шырдак"})
    sale = cast.till.sale((lot, 3, 33_333))
    hash_ = json.loads(sale)["hash"]
    cast.till.send(sale, cast.till.refund(lot, 1, 33_333, of=hash_))
    _device, token = enrol_device(shop=cast.shop, code="karakol-9", by=cast.officer, at=AT)
    bearer = {"Authorization": f"Bearer {token}"}
    [found] = client.get(f"/sync/v1/receipt{asked.format(hash=hash_)}", headers=bearer).json()[
        "receipts"
    ]
    assert (found["sale"], found["gross"], found["paid"]) == (hash_, 99_999, {"cash": 66_666})
    [line] = found["lines"]
    assert (line["quantity"], line["back"], line["back_gross"]) == (3, 1, 33_333)
    assert line["names"]["ky"] == "Кийиз чокой"
    assert client.get("/sync/v1/receipt?number=x", headers=bearer).json() == {"receipts": []}
    for wrong in ("", "?sale=zz", "?number=" + "1" * 61):
        assert client.get(f"/sync/v1/receipt{wrong}", headers=bearer).status_code == 400
