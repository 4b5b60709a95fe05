"""The association's key, and its seal under minutes that three have signed.

The key's private half is one file in AYIL_HOME/keys, made at the first seal and read at each next
one. Where it is gone, nothing is sealed by another in silence: the key is ended with a reason, for
all to read, and a new one begins.
"""

import os
import tempfile
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.actions.assemblies import lock
from ayil.decisions.bundle import bare_bundle
from ayil.decisions.models import Decision, DecisionSeal, SigningKey, SigningKeyEnd
from ayil.decisions.recount.sealed import sealed_words, whole_words
from ayil.decisions.rules import SIGNATURES
from ayil.kit.errors import AyilError
from ayil.members.models import Party


def keys_folder() -> Path:
    return Path(settings.AYIL_HOME) / "keys"


def standing_key() -> SigningKey | None:
    """The key that seals today; None before the first seal, and after one was ended."""
    return SigningKey.objects.filter(end__isnull=True).first()


def has_its_file(key: SigningKey) -> bool:
    return _path(key.public).is_file()


def _path(public: str) -> Path:
    return keys_folder() / f"{public}.pem"


def begin_key(*, by: Party, at: datetime) -> SigningKey:
    """A new key, its private half written to its file, which only the server's user may read."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw().hex()
    with transaction.atomic():
        if standing_key() is not None:
            raise AyilError(_("A key holds already. End it first, and say why."))
        _write(public, private)
        return SigningKey.objects.create(public=public, by=by, since=at)


def _write(public: str, private: Ed25519PrivateKey) -> None:
    told = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    folder = keys_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes it for its owner alone (0600), before a byte is in it.
    handle, name = tempfile.mkstemp(dir=folder, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(told)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(_path(public))


def end_key(*, key: SigningKey, reason: str, by: Party, at: datetime) -> SigningKeyEnd:
    """The key seals nothing more; its public half stays, for what it has sealed."""
    if not reason.strip():
        raise AyilError(_("Say why the key ends: everybody will read it beside the key."))
    with transaction.atomic():
        if SigningKeyEnd.objects.filter(key=key).exists():
            raise AyilError(_("The key %(key)s has ended already.") % {"key": key})
        return SigningKeyEnd.objects.create(key=key, reason=reason.strip(), by=by, at=at)


def _private(key: SigningKey) -> Ed25519PrivateKey:
    """The key's private half; AyilError with what to do where its file is gone or another."""
    try:
        told = _path(key.public).read_bytes()
        private = serialization.load_pem_private_key(told, password=None)
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise AyilError(
            _(
                "The file of the key %(key)s is not there or cannot be read. Bring the folder "
                "“keys” back from the safe copy of the server's data, or end this key and begin a "
                "new one; what it has sealed stays valid."
            )
            % {"key": key}
        ) from error
    if (
        not isinstance(private, Ed25519PrivateKey)
        or private.public_key().public_bytes_raw().hex() != key.public
    ):
        raise AyilError(
            _("The file of the key %(key)s holds another key. Bring the right one back.")
            % {"key": key}
        )
    return private


def seal_decision(*, decision: Decision, by: Party, at: datetime) -> DecisionSeal:
    """The association's signature under minutes that all three have signed; once.

    The first seal of all makes the key. `by` is who had it sealed.
    """
    with transaction.atomic():
        lock(decision.assembly)
        sealed = DecisionSeal.objects.filter(decision=decision).first()
        if sealed is not None:
            return sealed
        if decision.signings.count() < SIGNATURES:
            raise AyilError(
                _("%(decision)s is sealed once chair, registrar and counter have signed.")
                % {"decision": decision}
            )
        key = standing_key() or _first_key(by=by, at=at)
        signature = _private(key).sign(sealed_words(bare_bundle(decision)))
        return DecisionSeal.objects.create(decision=decision, key=key, signature=signature, at=at)


def _first_key(*, by: Party, at: datetime) -> SigningKey:
    """Made without being asked for only where there never was one."""
    if SigningKey.objects.exists():
        raise AyilError(_("The association's key has ended. Begin a new one, then seal."))
    return begin_key(by=by, at=at)


def sealed_around(bundle: dict[str, object]) -> dict[str, object]:
    """The bundle with the seal of today's key around all of it."""
    key = standing_key()
    if key is None:
        raise AyilError(_("The association's key has ended. Begin a new one, then seal."))
    signature = _private(key).sign(whole_words(bundle))
    return {**bundle, "sealed": {"key": key.public, "signature": signature.hex()}}
