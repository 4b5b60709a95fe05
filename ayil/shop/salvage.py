"""What can still be read of a record that could not be taken: for a person to look at.

Nothing of this is posted. What came may have been changed or made up by anybody, so whatever is
not a plain letter, figure or sign is shown by its code.
"""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAX_SHOWN = 2000
MAX_LINES = 20
_PLAIN = {"\n", "\t"}


@dataclass(frozen=True)
class Goods:
    label: str
    quantity: str
    gross_minor: int | None


@dataclass(frozen=True)
class Came:
    """The record's own words as far as they can be read, and all of it as text, cut to a length.

    `paid_minor` is None where no sum can be made out.
    """

    receipt: str
    number: str
    wall: str
    kind: str
    goods: tuple[Goods, ...]
    paid_minor: int | None
    text: str
    bytes_left: int


def salvage(raw: bytes) -> Came:
    """Never raises, whatever came."""
    content = _object(raw)
    payload = _mapping(content.get("payload"))
    lines = [_mapping(line) for line in _list(payload.get("lines"))[:MAX_LINES]]
    tenders = [_mapping(tender) for tender in _list(payload.get("tenders"))]
    amounts = [_whole(tender.get("amount")) for tender in tenders]
    known = [amount for amount in amounts if amount is not None]
    return Came(
        receipt=_word(payload.get("receipt")),
        number="-".join(_word(content.get(name)) for name in ("epoch", "seq")).strip("-"),
        wall=_word(content.get("wall")),
        kind=_word(payload.get("kind")),
        goods=tuple(
            Goods(_word(line.get("label")), _word(line.get("quantity")), _whole(line.get("gross")))
            for line in lines
        ),
        paid_minor=sum(known) if known and len(known) == len(amounts) else None,
        text=harmless(raw[:MAX_SHOWN].decode("utf-8", "backslashreplace")),
        bytes_left=max(0, len(raw) - MAX_SHOWN),
    )


def harmless(text: str) -> str:
    """The text with everything that is no letter, figure, sign or blank shown by its code."""
    return "".join(
        letter if letter in _PLAIN or not _hides(letter) else f"\\u{ord(letter):04x}"
        for letter in text
    )


def _hides(letter: str) -> bool:
    """Controls, marks that turn the direction of writing, and what has no letter at all."""
    return unicodedata.category(letter)[0] == "C"


def _object(raw: bytes) -> Mapping[str, Any]:
    try:
        return _mapping(json.loads(raw.decode("utf-8", "replace")))
    except (ValueError, RecursionError):
        return {}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _word(value: object) -> str:
    is_plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return harmless(str(value)[:60]) if is_plain else ""


def _whole(value: object) -> int | None:
    is_sum = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15
    return int(value) if is_sum and isinstance(value, int) else None
