"""The till's way to the server, as bytes on the wire."""

import json

import pytest
from django.test import Client

from ayil.shop.devices import end_device, enrol_device
from ayil.shop.models import EventException, Sale
from tests.cast import AT, Cast, Till, assemble, hash_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def post(token: str, body: bytes) -> tuple[int, dict[str, list[object]]]:
    response = Client().post(
        "/sync/v1/events",
        data=body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    return response.status_code, json.loads(response.content)


def batch(*events: bytes) -> bytes:
    return b'{"events":[' + b",".join(events) + b"]}"


def test_one_bad_event_among_many_and_the_rest_apply(cast: Cast) -> None:
    device, token = enrol_device(shop=cast.shop, code="karakol-9", by=cast.officer, at=AT)
    till, lot = Till(device), cast.deliver(cast.slippers, 100)
    good = [till.sale((lot, 1, 45_000)) for _ in range(20)]
    bad = good[7].replace(b'"epoch":1', b'"epoch":1e0')
    status, answer = post(token, batch(*good[:7], bad, *good[8:]))
    assert status == 200
    assert answer["acknowledged"] == [hash_of(raw) for raw in good if raw is not good[7]]
    assert [e["index"] for e in answer["exceptions"]] == [7]  # type: ignore[index]
    assert (Sale.objects.count(), EventException.objects.count()) == (19, 1)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"events":[]}', b'{"events":[1],"more":2}', b"\xff", b"[" * 100_000],
)
def test_what_is_no_batch_is_refused_whole(cast: Cast, body: bytes) -> None:
    _device, token = enrol_device(shop=cast.shop, code="karakol-9", by=cast.officer, at=AT)
    status, answer = post(token, body)
    assert status == 400
    assert "error" in answer
    assert EventException.objects.count() == 0


@pytest.mark.parametrize("token", ["", "x", "Bearer", "ы"])
def test_a_stranger_is_not_heard(cast: Cast, token: str) -> None:
    lot = cast.deliver(cast.slippers, 1)
    status, _answer = post(token, batch(cast.till.sale((lot, 1, 45_000))))
    assert status == 401
    assert Sale.objects.count() == 0


def test_the_shelf_answers_what_is_new(cast: Cast) -> None:
    _device, token = enrol_device(shop=cast.shop, code="karakol-9", by=cast.officer, at=AT)
    headers = {"Authorization": f"Bearer {token}"}
    cast.deliver(cast.slippers, 3)
    first = Client().get("/sync/v1/shelf", headers=headers).json()
    assert [(lot["names"]["en"], lot["price"]) for lot in first["lots"]] == [
        ("Felt slippers", 45_000)
    ]
    marks = f"since={first['upto']}&prices={first['price_list']}"
    assert Client().get(f"/sync/v1/shelf?{marks}", headers=headers).json()["lots"] == []
    cast.deliver(cast.jam, 2)
    second = Client().get(f"/sync/v1/shelf?{marks}", headers=headers).json()
    assert [lot["village"]["names"]["ky"] for lot in second["lots"]] == ["Тамга"]
    assert Client().get("/sync/v1/shelf?since=-1", headers=headers).status_code == 400


def test_an_ended_till_is_not_heard_and_what_it_sent_stays(cast: Cast) -> None:
    device, token = enrol_device(shop=cast.shop, code="karakol-9", by=cast.officer, at=AT)
    till, lot = Till(device), cast.deliver(cast.slippers, 5)
    assert post(token, batch(till.sale((lot, 1, 45_000))))[0] == 200
    end_device(device=device, by=cast.officer, at=AT)
    assert post(token, batch(till.sale((lot, 1, 45_000))))[0] == 401
    assert Sale.objects.count() == 1
