"""Draws the till's letters for receipts anew from the Terminus Font's own files.

    python -m tests.rig.letters FOLDER

FOLDER holds ter-u24n_unicode.pcf.gz and ter-u24b_unicode.pcf.gz (Debian: xfonts-terminus). The
letters are 12 dots wide and 24 high; what is written are two modules of the till with 36 bytes a
letter in base64, row by row from the top. A printer thus draws the same dots wherever it stands.
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

FONT = CHECKOUT / "till" / "receipts" / "font"
WIDTH, HEIGHT = 12, 24
# Latin-1, Cyrillic with the letters of Kyrgyz and its neighbours, and what papers are set with.
LETTERS = "".join(
    sorted(
        {chr(code) for first, last in ((0x20, 0x7E), (0xA0, 0xFF), (0x400, 0x45F)) for code in
         range(first, last + 1)}
        | set("ҐґҒғҚқҢңҮүҰұҺһӘәӨө‐‑–—‘’‚“”„•…₀№−×≈✓─│")
    )
)  # fmt: skip
_ENCODINGS, _BITMAPS = 1 << 5, 1 << 3
_HEAD = """\
// {words}, 12 × 24 dots: 36 bytes a letter, row by row from the top, in base64.
// Drawn from the Terminus Font, (C) 2019 Dimitar Toshkov Zhekov, OFL 1.1 (OFL.txt), by
// tests/rig/letters.py.
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


def module(words: str, drawn: Mapping[str, bytes]) -> str:
    lines = textwrap.wrap(base64.b64encode(b"".join(drawn[one] for one in LETTERS)).decode(), 96)
    order = ""
    if words == "Letters":
        spelled = "".join(
            one if one not in '"\\\xa0\xad' else f"\\u{ord(one):04x}" for one in LETTERS
        )
        parts = [f'  "{part}"' for part in _parts(spelled)]
        order = "\nexport const ORDER =\n" + " +\n".join(parts) + ";\n"
    return _HEAD.format(words=words) + order + "\nexport default `\n" + "\n".join(lines) + "\n`;\n"


def _parts(spelled: str) -> list[str]:
    """Lines of at most 90 letters; no escape is cut in two."""
    parts, rest = [], spelled
    while rest:
        cut = 90
        while "\\" in rest[cut - 6 : cut]:
            cut -= 1
        parts.append(rest[:cut])
        rest = rest[cut:]
    return parts


def main(folder: Path) -> None:
    for weight, words in (("n", "Letters"), ("b", "Bold letters")):
        drawn = glyphs(gzip.decompress((folder / f"ter-u24{weight}_unicode.pcf.gz").read_bytes()))
        name = "normal.js" if weight == "n" else "bold.js"
        (FONT / name).write_text(module(words, drawn), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
