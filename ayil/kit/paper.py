"""Every paper is set here: a template in a file and the words that stand on it, as PDF. No Django.

What people wrote goes in as values and stays text: a name is never read as the template's
language, so nothing has to be escaped. Only the fonts that come with the typesetter are used,
and they have ң, ө and ү: a paper looks alike on every machine.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import barcode
import segno
import typst

# What a template may be told: it reads them by `json(bytes(sys.inputs.told))`.
Told = Mapping[str, object]


class PaperFailed(RuntimeError):
    """The template itself is wrong, or was not told what it needs: a defect, not a refusal."""


def set_paper(template: Path, told: Told, *, at: datetime) -> bytes:
    """The paper as PDF; the same words and the same moment give the same bytes.

    `told` holds texts, whole numbers, lists and dictionaries of these. The template reads files
    of its own folder alone, and fetches nothing.
    """
    try:
        made = typst.compile(
            template,
            root=template.parent,
            format="pdf",
            sys_inputs=inputs(told),
            ignore_system_fonts=True,
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise PaperFailed(f"{template.name}: {error}") from error
    return bytes(made)


def inputs(told: Told) -> dict[str, str]:
    """What the typesetter is handed: one value, which it takes apart as data."""
    return {"told": json.dumps(told, ensure_ascii=False)}


def qr_svg(words: str) -> str:
    """A QR code as a picture for a template, with the quiet ground around it that cameras need.

    A fifth of it may be scratched or dirty.
    """
    return str(
        segno.make(words, error="m", micro=False).svg_inline(scale=8, border=4, light="#fff")
    )


def bars(code: str) -> str:
    """A code as bars, a sign a module: 1 black, 0 white, without the white ground at the sides.

    EAN-13 where it is one, else Code 128; empty where Code 128 has no sign for what stands in it.
    """
    is_ean = len(code) == 13 and code.isascii() and code.isdigit()
    if is_ean and barcode.get_barcode_class("ean13")(code).get_fullcode() == code:
        return "".join(barcode.get_barcode_class("ean13")(code).build())
    if not code or not code.isascii() or not code.isprintable():
        return ""
    return "".join(barcode.get_barcode_class("code128")(code).build())
