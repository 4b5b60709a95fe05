"""One way to write a value as bytes, so that its hash means the same in every language.

Type-tagged and length-prefixed, whole numbers only; the till writes the same in JavaScript:

    n              nothing            t / f         true / false
    i<decimal>;    a whole number     s<bytes>:…    text in UTF-8
    b<bytes>:…     bytes              l…e           a list
    d…e            a dictionary, its text keys in the order of their UTF-8 bytes
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any


def encode(value: Any) -> bytes:
    """The canonical bytes of None, bool, int, str, bytes, lists and dictionaries of these.

    Raises TypeError for anything else: a float in a hash is a defect.
    """
    kind = type(value)  # exact types first: most of what is hashed is plain JSON
    if kind is str:
        raw = value.encode()
        return b"s%d:%b" % (len(raw), raw)
    if kind is int:
        return b"i%d;" % value
    if kind is dict:
        # The order of code points is the order of UTF-8 bytes.
        cells = [_key(key) + encode(value[key]) for key in sorted(value)]
        return b"d%be" % b"".join(cells)
    if kind is list:
        return b"l%be" % b"".join([encode(item) for item in value])
    return _encode_rare(value)


@lru_cache(maxsize=1024)
def _key(key: str) -> bytes:
    if not isinstance(key, str):
        raise TypeError(f"{type(key).__name__} cannot be a key in a hash: {key!r}")
    return encode(str(key))


def _encode_rare(value: Any) -> bytes:
    if value is None:
        return b"n"
    if isinstance(value, bool):
        return b"t" if value else b"f"
    if isinstance(value, int):
        return encode(int(value))
    if isinstance(value, str):
        return encode(str.__str__(value))
    if isinstance(value, bytes | bytearray | memoryview):  # PostgreSQL answers in memoryviews
        return b"b%d:%b" % (len(value), bytes(value))
    if isinstance(value, Mapping):
        return encode(dict(value))
    if isinstance(value, Sequence):
        return encode(list(value))
    raise TypeError(f"{type(value).__name__} cannot be part of a hash: {value!r}")


def encode_flat(values: Iterable[str | int]) -> bytes:
    """`encode` of a list that holds texts and whole numbers only, several times as fast."""
    parts = [
        b"s%d:%b" % (len(raw := value.encode()), raw) if isinstance(value, str) else b"i%d;" % value
        for value in values
    ]
    return b"l%be" % b"".join(parts)


def digest(domain: str, value: Any) -> bytes:
    """SHA-256 over the domain's name and the value, 32 bytes; domains keep kinds apart."""
    return hashlib.sha256(encode(domain) + encode(value)).digest()
