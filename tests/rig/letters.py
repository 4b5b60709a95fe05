"""Draws the till's letters for receipts anew from the Terminus Font's own files.

    python -m tests.rig.letters FOLDER

FOLDER holds ter-u24n_unicode.pcf.gz (Debian: xfonts-terminus). The letters are 12 dots wide and
24 high; what is written is a module of the till with 36 bytes a letter in base64, row by row from
the top. A printer thus draws the same dots wherever it stands.
"""

from __future__ import annotations

import base64
import gzip
import struct
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path

from tests.rig.machine import CHECKOUT

MODULE = CHECKOUT / "till" / "receipts" / "font" / "letters.js"
WIDTH, HEIGHT = 12, 24
# Latin-1, and Cyrillic with the letters of Kyrgyz and its neighbours.
RANGES = ((0x20, 0x7E), (0xA0, 0xFF), (0x400, 0x45F))
# More letters and what papers are set with, in the order of their code points.
MORE = "ҐґҒғҚқҢңҮүҰұҺһӘәӨө‐‑–—‘’‚“”„•…₀№−≈─│✓"
LETTERS = "".join(chr(one) for first, last in RANGES for one in range(first, last + 1)) + MORE
_ENCODINGS, _BITMAPS = 1 << 5, 1 << 3
_HEAD = """\
// Letters of 12 × 24 dots: 36 bytes a letter, row by row from the top, in base64, in the order of
// RANGES and then of MORE. Drawn from the Terminus Font, (C) 2019 Dimitar Toshkov Zhekov, OFL 1.1
// (OFL.txt), by tests/rig/letters.py.

export const RANGES = {ranges};

export const MORE = "{more}";

export default `
{letters}
`;
"""


def glyphs(pcf: bytes) -> Mapping[str, bytes]:
    """The letters of a font in the X11 server's format: 24 rows of 12 dots, packed."""
    (count,) = struct.unpack_from("<I", pcf, 4)
    tables = {
        kind: offset
        for kind, _form, _size, offset in struct.iter_unpack("<4I", pcf[8 : 8 + 16 * count])
    }
    at = tables[_BITMAPS]
    (form,) = struct.unpack_from("<I", pcf, at)
    end, padding = (">" if form & 4 else "<"), 1 << (form & 3)
    (many,) = struct.unpack_from(end + "I", pcf, at + 4)
    offsets = struct.unpack_from(f"{end}{many}I", pcf, at + 8)
    bits = at + 8 + 4 * many + 16
    return {
        letter: _packed(pcf, bits + offsets[index], padding)
        for letter, index in _indices(pcf, tables[_ENCODINGS]).items()
    }


def _indices(pcf: bytes, at: int) -> Mapping[str, int]:
    (form,) = struct.unpack_from("<I", pcf, at)
    end = ">" if form & 4 else "<"
    low, high, first, last, _default = struct.unpack_from(end + "5H", pcf, at + 4)
    codes = [row * 256 + cell for row in range(first, last + 1) for cell in range(low, high + 1)]
    found = struct.unpack_from(f"{end}{len(codes)}H", pcf, at + 14)
    return {chr(code): index for code, index in zip(codes, found, strict=True) if index != 0xFFFF}


def _packed(pcf: bytes, at: int, padding: int) -> bytes:
    step = -(-WIDTH // (8 * padding)) * padding
    bits = 0
    for row in range(HEIGHT):
        start = at + row * step
        bits = bits << WIDTH | int.from_bytes(pcf[start : start + 2], "big") >> (16 - WIDTH)
    return bits.to_bytes(WIDTH * HEIGHT // 8, "big")


def module(drawn: Mapping[str, bytes]) -> str:
    """The till's module; KeyError where the font lacks a letter."""
    lines = textwrap.wrap(base64.b64encode(b"".join(drawn[one] for one in LETTERS)).decode(), 96)
    ranges = ", ".join(f"[{first}, {last}]" for first, last in RANGES)
    return _HEAD.format(ranges=f"[{ranges}]", more=MORE, letters="\n".join(lines))


def main(folder: Path) -> None:
    pcf = gzip.decompress((folder / "ter-u24n_unicode.pcf.gz").read_bytes())
    MODULE.write_text(module(glyphs(pcf)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
