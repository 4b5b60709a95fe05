"""The association's seals: under the minutes, and around the bundle as it was given out."""

from collections.abc import Iterator, Mapping
from typing import Any

from ayil.decisions.recount.ed25519 import is_signed
from ayil.kit.canonical import digest

BUNDLE_DOMAIN = "ayil/decisions/bundle/1"
SEAL_DOMAIN = "ayil/decisions/seal/1"
MALFORMED = (KeyError, TypeError, ValueError, IndexError, AttributeError)

Bundle = Mapping[str, Any]


def sealed_words(bundle: Bundle) -> bytes:
    """The bytes under the association's seal: the minutes' fingerprint and who signed when."""
    signed = sorted([one["part"], one["on"]] for one in bundle["signatures"])
    fingerprint = bytes.fromhex(bundle["minutes"]["sha256"])
    return digest(SEAL_DOMAIN, {"minutes": fingerprint, "signed": signed})


def the_seal(bundle: Bundle) -> Iterator[str]:
    """The association's key sealed these minutes."""
    seal = bundle["seal"]
    signature, key = bytes.fromhex(seal["signature"]), bytes.fromhex(seal["key"])
    if not is_signed(key, signature, sealed_words(bundle)):
        yield f"the seal is not one of the key {seal['key'][:16]}… under these minutes"


def whole_words(bundle: Bundle) -> bytes:
    """The bytes under the seal around a bundle: everything else that stands in it."""
    return digest(BUNDLE_DOMAIN, {name: part for name, part in bundle.items() if name != "sealed"})


def sealed_as_a_whole(bundle: Bundle) -> Iterator[str]:
    """The bundle is as the association gave it out."""
    seal = bundle["sealed"]
    if seal is None:
        yield "the bundle carries no seal around it: complaints and the end may be changed"
        return
    signature, key = bytes.fromhex(seal["signature"]), bytes.fromhex(seal["key"])
    if not is_signed(key, signature, whole_words(bundle)):
        yield "the bundle is not as it was given out: the seal around it does not fit"


def another_key(bundle: Bundle, key: str | None) -> list[str]:
    try:
        if key is None or bundle["seal"]["key"] == key.strip().lower():
            return []
        return [f"the minutes are sealed by the key {bundle['seal']['key']}, not by {key.strip()}"]
    except MALFORMED:
        return []
