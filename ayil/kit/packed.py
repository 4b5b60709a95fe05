"""Bytes that travel packed by gzip, unpacked within a bound: a small file may hold a huge one."""

import zlib

_GZIP = 31  # zlib's word for a gzip header and 32 KiB of window


class Unpackable(ValueError):
    """These bytes are no gzip, or not all of it, or more follows."""


class TooLarge(Unpackable):
    """There is more in it than was allowed for."""


def unpack(packed: bytes, *, at_most: int) -> bytes:
    """What one gzip member holds, up to `at_most` bytes; raises Unpackable or TooLarge.

    Never holds more than `at_most` bytes and one, however much the packed ones would grow to.
    """
    reader = zlib.decompressobj(_GZIP)
    try:
        found = reader.decompress(packed, at_most + 1)
    except zlib.error as error:
        raise Unpackable(str(error)) from error
    if len(found) > at_most:
        raise TooLarge(f"more than {at_most} bytes")
    if not reader.eof or reader.unused_data:
        raise Unpackable("cut short" if not reader.eof else "something follows")
    return found
