"""Ed25519 signatures checked with whole numbers alone, as RFC 8032 (section 5.1.7) says.

Only checking is here, where nothing is secret and time tells nobody anything; keys are made and
used with a library that keeps them.
"""

import hashlib
from typing import TypeAlias

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, PRIME) % PRIME
ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)
KEY_BYTES, SIGNATURE_BYTES = 32, 64

Point: TypeAlias = tuple[int, int, int, int]
"""X, Y, Z, T: x = X/Z, y = Y/Z, xy = T/Z."""


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the holder of the key signed these bytes. False for malformed keys and signatures."""
    if len(public) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    key, first = _point(public), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or first is None or scalar >= ORDER:
        return False
    hashed = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(hashed, "little") % ORDER
    return _same(_times(scalar, BASE), _sum(first, _times(challenge, key)))


def _sum(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % PRIME
    b = (one[1] + one[0]) * (other[1] + other[0]) % PRIME
    c = 2 * one[3] * other[3] * D % PRIME
    d = 2 * one[2] * other[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def _times(scalar: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            found = _sum(found, point)
        point = _sum(point, point)
        scalar >>= 1
    return found


def _same(one: Point, other: Point) -> bool:
    return (one[0] * other[2] - other[0] * one[2]) % PRIME == 0 and (
        one[1] * other[2] - other[1] * one[2]
    ) % PRIME == 0


def _point(told: bytes) -> Point | None:
    """The point that 32 bytes stand for, or None where there is none."""
    whole = int.from_bytes(told, "little")
    y, is_odd = whole & ((1 << 255) - 1), whole >> 255
    x = _x_of(y, is_odd) if y < PRIME else None
    return None if x is None else (x, y, 1, x * y % PRIME)


def _x_of(y: int, is_odd: int) -> int | None:
    square = (y * y - 1) * pow(D * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * ROOT_OF_MINUS_ONE % PRIME
    if (x * x - square) % PRIME or (x == 0 and is_odd):
        return None
    return x if x & 1 == is_odd else PRIME - x


_BASE_Y = 4 * pow(5, -1, PRIME) % PRIME
BASE: Point = _point(_BASE_Y.to_bytes(32, "little"))  # type: ignore[assignment]  # the curve's own
