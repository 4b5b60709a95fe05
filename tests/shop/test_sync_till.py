"""A browser that is a till: by its cookie, in its own words, and what it is told of itself."""

import gzip
import json
from base64 import b64decode, b64encode
from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.http import HttpResponse
from django.test import Client

from ayil.members import doors
from ayil.members.actions import grant_role, open_shop
from ayil.members.models import Role
from ayil.shop.devices import COOKIE, end_device, enrol_device, remember
from ayil.shop.models import DeviceStart, EventException, Sale, TillEvent
from ayil.shop.sealing import public_key_spki
from ayil.shop.terms import set_terms
from tests.cast import AT, DAY, Cast, Till, assemble, hash_of, person

pytestmark = pytest.mark.django_db
SPEAKS = {"X-Ayil-Till": "1"}


@pytest.fixture
def cast() -> Cast:
    return assemble()


def browser_of(token: str) -> Client:
    """A browser in which a manager said: this is the shop's."""
    given = HttpResponse()
    remember(given, token)
    client = Client(enforce_csrf_checks=True)
    client.cookies = given.cookies
    return client


def enrolled(cast: Cast, code: str = "karakol-9") -> tuple[Till, Client]:
    device, token = enrol_device(shop=cast.shop, code=code, by=cast.officer, at=AT)
    return Till(device), browser_of(token)


def batch(*events: bytes) -> bytes:
    return b'{"events":[' + b",".join(events) + b"]}"


def send(client: Client, body: bytes, **headers: str) -> tuple[int, dict[str, Any]]:
    given = client.post(
        "/sync/v1/events",
        data=body,
        content_type="application/json",
        headers=SPEAKS | {name.replace("_", "-"): value for name, value in headers.items()},
    )
    return given.status_code, json.loads(given.content)


def key() -> bytes:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def begin(client: Client, public_key: bytes | str) -> tuple[int, dict[str, Any]]:
    if isinstance(public_key, bytes):
        public_key = b64encode(public_key).decode()
    given = client.post(
        "/sync/v1/start",
        data=json.dumps({"public_key": public_key}),
        content_type="application/json",
        headers=SPEAKS,
    )
    return given.status_code, given.json()


def told(client: Client) -> dict[str, Any]:
    given = client.get("/sync/v1/till", headers=SPEAKS)
    assert given.status_code == 200
    return dict(given.json())


def test_a_cookie_counts_only_in_the_tills_own_words(cast: Cast) -> None:
    till, client = enrolled(cast)
    raw = till.sale((cast.deliver(cast.slippers, 3), 1, 45_000))
    silent = client.post("/sync/v1/events", data=batch(raw), content_type="application/json")
    assert silent.status_code == 401
    assert Sale.objects.count() == 0
    status, answer = send(client, batch(raw))
    assert (status, answer["acknowledged"]) == (200, [hash_of(raw)])


def test_each_answer_makes_the_browser_the_shops_for_another_year(cast: Cast) -> None:
    _till, client = enrolled(cast)
    given = client.get("/sync/v1/till", headers=SPEAKS)
    assert given.cookies[COOKIE]["max-age"] == 365 * 24 * 60 * 60
    assert given.headers["Cache-Control"] == "no-store"
    client.cookies = given.cookies
    assert told(client)["device"] == "karakol-9"


def test_a_changed_cookie_and_an_ended_till_are_strangers(cast: Cast) -> None:
    till, client = enrolled(cast)
    changed = browser_of("x" * 43)
    assert changed.get("/sync/v1/till", headers=SPEAKS).status_code == 401
    end_device(device=till.device, by=cast.officer, at=AT)
    assert client.get("/sync/v1/till", headers=SPEAKS).status_code == 401
    assert begin(client, "")[0] == 401
    assert DeviceStart.objects.count() == 0


def test_packed_batches_are_unpacked_within_a_bound(cast: Cast) -> None:
    till, client = enrolled(cast)
    lot = cast.deliver(cast.slippers, 30)
    raw = [till.sale((lot, 1, 45_000)) for _ in range(20)]
    packed = gzip.compress(batch(*raw))
    assert len(packed) < len(batch(*raw)) / 3
    assert len(send(client, packed, Content_Encoding="gzip")[1]["acknowledged"]) == 20
    bomb = gzip.compress(b" " * (4 * 1024 * 1024 + 1))
    assert len(bomb) < 5000
    for wrong, status in (
        (bomb, 413),
        (packed[:-9], 400),
        (packed + b"more", 400),
        (packed + packed, 400),
        (b"not packed", 400),
    ):
        assert send(client, wrong, Content_Encoding="gzip")[0] == status
    assert send(client, packed, Content_Encoding="br")[0] == 415
    assert send(client, b" " * (4 * 1024 * 1024 + 1))[0] == 413
    assert Sale.objects.count() == 20


def test_what_a_till_is_told(cast: Cast) -> None:
    till, client = enrolled(cast)
    manager, clerk, gone = person("Бакыт"), person("Нургүл"), person("Мурда")
    for party, role in ((manager, Role.MANAGER), (clerk, Role.CLERK)):
        grant_role(party=party, role=role, since=DAY, by=cast.officer, shop=cast.shop)
    far = open_shop(code="far", name="Алыс", place=None, currency="KGS")
    grant_role(party=gone, role=Role.CLERK, since=DAY, by=cast.officer, shop=far)
    grant_role(party=gone, role=Role.CLERK, since=date(9999, 1, 1), by=cast.officer, shop=cast.shop)
    doors.set_pin(party=clerk, pin="8315", by=clerk, at=AT)
    set_terms(shop=cast.shop, refund_limit_minor=50_000, fiscal="external", by=manager, at=AT)
    raw = till.sale((cast.deliver(cast.slippers, 3), 1, 45_000))
    send(client, batch(raw))
    public_key = key()
    assert begin(client, public_key) == (200, {"epoch": 2})
    about = told(client)
    assert about["device"] == "karakol-9"
    assert about["shop"] == {"code": "karakol", "name": "Karakol Research Shop"}
    assert (about["currency"], about["time_zone"]) == ("KGS", "Asia/Bishkek")
    assert about["epoch"] == {"last": 2, "heads": {"1": {"seq": 1, "hash": hash_of(raw)}}}
    assert [(c["name"], c["manager"], c["pin"]) for c in about["cashiers"]] == [
        ("Бакыт", True, False),
        ("Нургүл", False, True),
    ]
    assert about["cashiers"][0]["uid"] == str(manager.uid)
    assert about["terms"] == {"refund_limit": 50_000, "fiscal": "external"}
    assert about["receipt_keys"] == {"karakol-9-2": b64encode(public_key).decode()}
    assert about["server_time"].endswith("+00:00")
    assert b64decode(about["sealing_key"]) == public_key_spki()


def test_a_new_epoch_stands_above_all_that_was_heard(cast: Cast) -> None:
    till, client = enrolled(cast)
    send(client, batch(till.write({"kind": "wish", "words": "бал"}, epoch=7)))
    first, second = key(), key()
    assert begin(client, first)[1] == {"epoch": 8}
    # The answer may be lost: asked again with the same key, it is the same epoch.
    assert begin(client, first)[1] == {"epoch": 8}
    assert begin(client, second)[1] == {"epoch": 9}
    send(client, batch(till.write({"kind": "wish", "words": "бал"}, epoch=9)))
    assert begin(client, second)[1] == {"epoch": 10}
    # A programme that signs nothing has no key, and each asking is a new one.
    assert [begin(client, "")[1]["epoch"] for _ in range(2)] == [11, 12]
    assert b64decode(told(client)["receipt_keys"]["karakol-9-8"]) == first


@pytest.mark.parametrize(
    "wrong", ["no", "é", b"x" * 65, b"\x04" + bytes(64), b"\x02" + b"1" * 32, "=" * 300]
)
def test_a_key_that_is_none_begins_nothing(cast: Cast, wrong: bytes | str) -> None:
    _till, client = enrolled(cast)
    status, answer = begin(client, wrong)
    assert (status, answer["error"]["code"]) == (400, "malformed")
    assert DeviceStart.objects.count() == 0


def test_what_another_till_wrote_is_not_taken_under_this_ones_cookie(cast: Cast) -> None:
    """The browser was enrolled anew: nothing is stored, not even as an exception."""
    till, client = enrolled(cast)
    wish = till.write({"kind": "wish", "words": "wool"})
    status, said = send(client, batch(wish), X_Ayil_Till="karakol-8")
    assert (status, said["error"]["code"]) == (409, "another-till")
    assert not TillEvent.objects.exists()
    assert not EventException.objects.exists()
    assert send(client, batch(wish), X_Ayil_Till="karakol-9")[0] == 200
