"""Seals for the server as a till's WebCrypto does."""

from base64 import b64encode

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from ayil.shop.models import SealingKey
from ayil.shop.sealing import public_key_spki

_FIELDS = ("public_spki", "salt", "iv", "box", "made_at")
_kept: dict[str, object] = {}


def lay_key() -> None:
    """The sealing key, in this test's database: made once a run, since it takes a second."""
    if not _kept:
        public_key_spki()
        _kept.update(SealingKey.objects.values(*_FIELDS).get())
    elif not SealingKey.objects.exists():
        SealingKey.objects.create(**_kept)


def sealed_for(spki: bytes, words: bytes) -> bytes:
    """RSA-OAEP over SHA-256 for the key with this DER."""
    key = serialization.load_der_public_key(spki)
    assert isinstance(key, rsa.RSAPublicKey)
    sha = hashes.SHA256()
    return key.encrypt(words, padding.OAEP(mgf=padding.MGF1(sha), algorithm=sha, label=None))


def sealed_pin(pin: str, uid: object, nonce: str) -> str:
    """What `seal` of till/kit/sealed.js gives for a PIN."""
    return b64encode(sealed_for(public_key_spki(), f"{pin}\n{uid}\n{nonce}".encode())).decode()
