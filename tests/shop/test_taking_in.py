"""A till's log in a file: what it holds arrives once, and nothing else opens it."""

import base64
import gzip
import json
import secrets
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ayil.kit.errors import AyilError
from ayil.members.actions import grant_role
from ayil.members.models import Role
from ayil.shop.devices import end_device
from ayil.shop.models import EventException, LogTaking, Sale
from ayil.shop.sealing import public_key_spki
from ayil.shop.taking_in import MAX_FILE_BYTES, MAX_UNPACKED_BYTES, take_in
from tests.cast import AT, DAY, Cast, assemble, hash_of
from tests.shop.sealing import lay_key, sealed_for

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=9)


@pytest.fixture
def cast() -> Cast:
    made = assemble()
    lay_key()
    grant_role(party=made.aigul, role=Role.MANAGER, since=DAY, by=made.officer, shop=made.shop)
    return made


def packed(events: list[bytes]) -> bytes:
    return gzip.compress(b'{"events":[' + b",".join(events) + b"]}")


def file_of(body: bytes, device: str = "karakol-1", spki: bytes = b"", **changed: Any) -> bytes:
    """As till/log/export.js writes it; `body` is what is packed already."""
    key, iv = secrets.token_bytes(32), secrets.token_bytes(12)
    parts = {
        "key": sealed_for(spki or public_key_spki(), key),
        "iv": iv,
        "body": AESGCM(key).encrypt(iv, body, None),
    }
    whole = {"ayil": "till-export/1", "device": device} | {
        name: base64.b64encode(part).decode() for name, part in parts.items()
    }
    return json.dumps(whole | changed, separators=(",", ":")).encode()


def sold(cast: Cast, count: int) -> list[bytes]:
    lot = cast.deliver(cast.slippers, count)
    return [cast.till.sale((lot, 1, 45_000)) for _ in range(count)]


def test_what_the_network_brought_half_of_is_all_there_once(cast: Cast) -> None:
    raw = sold(cast, 1200)
    cast.till.send(*raw[:100])
    file = file_of(packed([*raw[:700], b'{"not":"an event"}', *raw[700:]]))
    seen: list[tuple[int, int]] = []
    taken = take_in(raw=file, by=cast.aigul, at=LATER, progress=lambda *pair: seen.append(pair))
    assert (taken.device, taken.events) == (cast.till.device, 1201)
    assert (taken.new, taken.known, len(taken.exceptions)) == (1100, 100, 1)
    assert seen == [(500, 1201), (1000, 1201), (1201, 1201)]
    assert Sale.objects.count() == 1200
    assert EventException.objects.get().code == "malformed"
    kept = LogTaking.objects.get()
    assert (kept.events, kept.new, kept.exceptions, kept.by) == (1201, 1100, 1, cast.aigul)
    again = take_in(raw=file, by=cast.aigul, at=LATER)
    assert (again.new, again.known, len(again.exceptions)) == (0, 1200, 1)
    assert Sale.objects.count() == 1200
    # The network comes back, and the till sends what it has.
    assert cast.till.send(*raw).new == 0


def test_an_ended_till_is_heard_for_what_it_sold_is_a_fact(cast: Cast) -> None:
    raw = sold(cast, 3)
    end_device(device=cast.till.device, by=cast.aigul, at=AT)
    assert take_in(raw=file_of(packed(raw)), by=None, at=LATER).new == 3
    assert LogTaking.objects.get().by is None


def test_a_file_of_another_tills_events_is_kept_and_told(cast: Cast) -> None:
    raw = sold(cast, 1)
    other = cast.second_till()
    taken = take_in(raw=file_of(packed(raw), other.device.code), by=cast.aigul, at=LATER)
    assert [fault.code for fault in taken.exceptions] == ["other-till"]
    assert Sale.objects.count() == 0
    assert EventException.objects.get().raw is not None


def refused(cast: Cast, raw: bytes, words: str) -> None:
    with pytest.raises(AyilError, match=words):
        take_in(raw=raw, by=cast.aigul, at=LATER)
    assert (Sale.objects.count(), LogTaking.objects.count()) == (0, 0)


def test_what_is_no_file_of_a_till_is_said_in_words(cast: Cast) -> None:
    for raw in (b"", b"\xff\xd8 a photo", b"{}", b"[" * 100_000, b'{"ayil":"else"}'):
        refused(cast, raw, "no file of a till")


def test_a_file_cut_anywhere_changes_nothing(cast: Cast) -> None:
    whole = file_of(packed(sold(cast, 2)))
    for length in (40, 200, 600, len(whole) - 200, len(whole) - 1):
        refused(cast, whole[:length], "cut short or changed")


def test_a_letter_changed_anywhere_changes_nothing(cast: Cast) -> None:
    content = json.loads(file_of(packed(sold(cast, 2))))
    for part in ("key", "iv", "body"):
        raw = bytearray(base64.b64decode(content[part]))
        raw[len(raw) // 2] ^= 1
        changed = content | {part: base64.b64encode(raw).decode()}
        refused(cast, json.dumps(changed).encode(), "changed")
    refused(cast, json.dumps(content | {"body": "é"}).encode(), "changed")
    refused(cast, json.dumps(content | {"iv": ""}).encode(), "changed")


def test_another_servers_file_is_not_opened(cast: Cast) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    spki = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    refused(cast, file_of(packed(sold(cast, 1)), spki=spki), "another server")
    refused(cast, file_of(packed(sold(cast, 1)), device="osh-1"), "never enrolled here")


def test_what_unpacks_beyond_measure_is_left(cast: Cast) -> None:
    bomb = gzip.compress(bytes(MAX_UNPACKED_BYTES + 1), compresslevel=1)
    refused(cast, file_of(bomb), "larger than any till's log")
    refused(cast, file_of(b"not packed"), "cut short or changed")
    refused(cast, file_of(gzip.compress(b'{"events":1}')), "cut short or changed")
    refused(cast, bytes(MAX_FILE_BYTES + 1), "larger than any till's")


def test_only_who_keeps_the_shops_tills_may(cast: Cast) -> None:
    file = file_of(packed(sold(cast, 1)))
    with pytest.raises(AyilError, match="may not do this"):
        take_in(raw=file, by=cast.burul, at=LATER)
    assert Sale.objects.count() == 0


def test_what_broke_off_goes_on(cast: Cast) -> None:
    """The server was stopped between two batches: the file is taken in again."""
    raw = sold(cast, 1001)
    file = file_of(packed(raw))

    def stop(done: int, _of: int) -> None:
        if done == 500:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(raw=file, by=None, at=LATER, progress=stop)
    assert Sale.objects.count() == 500
    assert take_in(raw=file, by=None, at=LATER).new == 501
    assert Sale.objects.count() == 1001
    assert hash_of(raw[-1]) == Sale.objects.latest("id").event.hash.hex()
