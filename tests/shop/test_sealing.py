"""What a till seals for the server alone: only this server opens it, and nobody with the tables."""

import secrets
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ayil.shop.models import SealingKey
from ayil.shop.sealing import Unsealable, open_box, open_sealed, public_key_spki
from tests.shop.sealing import lay_key, sealed_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key_of_this_run() -> None:
    lay_key()


def test_the_key_is_made_once_and_opens_what_was_sealed() -> None:
    spki = public_key_spki()
    assert open_sealed(sealed_for(spki, b"4711\nuid\nnonce")) == b"4711\nuid\nnonce"
    assert public_key_spki() == spki
    assert SealingKey.objects.count() == 1


def test_the_tables_alone_open_nothing() -> None:
    public_key_spki()
    kept = SealingKey.objects.get()
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the words: no key is in it
        serialization.load_der_private_key(bytes(kept.box), password=None)


def test_another_servers_seal_and_a_changed_one_are_told(settings: Any) -> None:
    sealed = sealed_for(public_key_spki(), b"4711")
    with pytest.raises(Unsealable, match="another server"):
        open_sealed(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(Unsealable, match="another server"):
        open_sealed(b"short")
    settings.SECRET_KEY = "another secret of at least thirty-two signs"
    with pytest.raises(Unsealable, match="another server"):
        open_sealed(sealed)


def test_a_new_secret_key_gets_a_new_sealing_key(settings: Any) -> None:
    before = public_key_spki()
    settings.SECRET_KEY = "another secret of at least thirty-two signs"
    after = public_key_spki()
    assert after != before
    assert open_sealed(sealed_for(after, b"1")) == b"1"
    assert SealingKey.objects.count() == 2


def test_a_box_opens_whole_or_not_at_all() -> None:
    key, iv = secrets.token_bytes(32), secrets.token_bytes(12)
    box = AESGCM(key).encrypt(iv, b"a fortnight of sales", None)
    wrapped = sealed_for(public_key_spki(), key)
    assert open_box(wrapped, iv, box) == b"a fortnight of sales"
    with pytest.raises(Unsealable, match="cut short"):
        open_box(wrapped, iv, box[:-1])
    with pytest.raises(Unsealable, match="cut short"):
        open_box(wrapped, b"", box)
