"""How much must come over a village's line before the whole till is on the device."""

from __future__ import annotations

import gzip

from ayil.shop.programme import PACK, programme

MOST_BYTES = 100 * 1024


def packed_bytes() -> dict[str, int]:
    """What the device fetches, packed, by name; what the camera needs comes when asked for."""
    ours = programme()
    sizes = {
        name: len(gzip.compress(body, 6))
        for name, body in ours.fetched.items()
        if name != PACK and "camera" not in name
    }
    return sizes | {PACK: len(ours.gzipped)}


def test_the_till_is_at_most_100_kb() -> None:
    sizes = packed_bytes()
    print(f"The till is {sum(sizes.values()):,} bytes packed: {sizes}")
    assert sum(sizes.values()) <= MOST_BYTES
