"""What a till seals for the server alone: PINs within events, and the key of an export file.

RSA-OAEP over SHA-256 with 3072 bits, which every browser's WebCrypto has. The key is made when
it is first asked for.
"""

import secrets
from collections.abc import Iterator
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ayil.kit.clock import now
from ayil.kit.errors import AyilError
from ayil.shop.models import SealingKey

BITS = 3072
_DOMAIN = b"ayil/sealing/1"
_OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)


class Unsealable(AyilError):
    """What came was not sealed for this server, or was changed since."""


def public_key_spki() -> bytes:
    """What tills seal with: DER of the public key, as WebCrypto's `spki` takes it."""
    return bytes(_newest().public_spki)


def open_sealed(sealed: bytes) -> bytes:
    """What a till sealed for this server; raises Unsealable."""
    for key in _private_keys():
        try:
            return key.decrypt(sealed, _OAEP)
        except ValueError:
            continue
    raise Unsealable(_("This was sealed for another server, or was changed on its way."))


def open_box(key: bytes, iv: bytes, box: bytes) -> bytes:
    """AES-256-GCM under a fresh key that was sealed for this server; raises Unsealable."""
    try:
        return AESGCM(open_sealed(key)).decrypt(iv, box, None)
    except (InvalidTag, ValueError) as error:
        raise Unsealable(_("This was cut short or changed since it was sealed.")) from error


def _newest() -> SealingKey:
    with transaction.atomic():
        # Two processes that start at once may make one each: both open what is sealed with either.
        found = SealingKey.objects.order_by("-id").first()
        if found is not None and _opened(found) is not None:
            return found
        return _make()


def _make() -> SealingKey:
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    salt, iv = secrets.token_bytes(16), secrets.token_bytes(12)
    return SealingKey.objects.create(
        public_spki=key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        ),
        salt=salt,
        iv=iv,
        box=AESGCM(_wrapping(settings.SECRET_KEY, salt)).encrypt(iv, private, _DOMAIN),
        made_at=now(),
    )


def _private_keys() -> Iterator[rsa.RSAPrivateKey]:
    for row in SealingKey.objects.order_by("-id"):
        key = _opened(row)
        if key is not None:
            yield key


def _opened(row: SealingKey) -> rsa.RSAPrivateKey | None:
    """The private half; None where SECRET_KEY is no longer what it was made under."""
    return _open(bytes(row.salt), bytes(row.iv), bytes(row.box), settings.SECRET_KEY)


@lru_cache(maxsize=8)
def _open(salt: bytes, iv: bytes, box: bytes, secret: str) -> rsa.RSAPrivateKey | None:
    try:
        der = AESGCM(_wrapping(secret, salt)).decrypt(iv, box, _DOMAIN)
    except InvalidTag:
        return None
    key = serialization.load_der_private_key(der, password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("a sealing key is an RSA key")
    return key


def _wrapping(secret: str, salt: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=_DOMAIN).derive(
        secret.encode()
    )
