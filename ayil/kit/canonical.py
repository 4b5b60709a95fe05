"""One way to write a value as bytes, so that its hash means the same in every language.

Type-tagged and length-prefixed, whole numbers only; the till writes the same in JavaScript:

    n              nothing            t / f         true / false
    i<decimal>;    a whole number     s<bytes>:…    text in UTF-8
    b<bytes>:…     bytes              l…e           a list
    d…e            a dictionary, its text keys in the order of their UTF-8 bytes
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any


def encode(value: Any) -> bytes:
    """The canonical bytes of None, bool, int, str, bytes, lists and dictionaries of these.

    Raises TypeError for anything else: a float in a hash is a defect.
    """
    parts: list[bytes] = []
    _write(value, parts.append)
    return b"".join(parts)


def _write(value: Any, put: Any) -> None:
    if isinstance(value, str):
        raw = value.encode()
        put(b"s%d:%b" % (len(raw), raw))
    elif value is None:
        put(b"n")
    elif isinstance(value, bool):
        put(b"t" if value else b"f")
    elif isinstance(value, int):
        put(b"i%d;" % value)
    elif isinstance(value, bytes | bytearray | memoryview):  # PostgreSQL answers in memoryviews
        put(b"b%d:" % len(value))
        put(bytes(value))
    else:
        _write_many(value, put)


def _write_many(value: Any, put: Any) -> None:
    if isinstance(value, Mapping):
        put(b"d")
        for key in sorted(value, key=str.encode):
            _write(key, put)
            _write(value[key], put)
        put(b"e")
    elif isinstance(value, Sequence):
        put(b"l")
        for item in value:
            if type(item) is str:  # most of what is hashed: spares a call an item
                raw = item.encode()
                put(b"s%d:%b" % (len(raw), raw))
            else:
                _write(item, put)
        put(b"e")
    else:
        raise TypeError(f"{type(value).__name__} cannot be part of a hash: {value!r}")


def digest(domain: str, value: Any) -> bytes:
    """SHA-256 over the domain's name and the value, 32 bytes; domains keep kinds apart."""
    return hashlib.sha256(encode(domain) + encode(value)).digest()
