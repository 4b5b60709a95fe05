"""One cell: as plain text, as what no program takes for a formula, and back."""

import re
from datetime import date, datetime, time
from decimal import Decimal

TypeOfCell = str | int | float | Decimal | bool | date | datetime | time | None

LARGEST_EXACT = 1 << 53  # whole numbers that Excel keeps as they are
_FORMULA = r"(?:[\t\r\n]|\s*[=+\-@＝＋－＠])"
_LOOKS_LIKE_FORMULA = re.compile(rf"'*{_FORMULA}")
_MADE_HARMLESS = re.compile(rf"'+{_FORMULA}")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")


def harmless(text: str) -> str:
    """The text as a cell of CSV that no spreadsheet takes for a formula."""
    if _PLAIN_NUMBER.fullmatch(text) or not _LOOKS_LIKE_FORMULA.match(text):
        return text
    return f"'{text}"


def as_it_was(text: str) -> str:
    """The text that `harmless` was given."""
    return text[1:] if _MADE_HARMLESS.match(text) else text


def plain(value: TypeOfCell) -> str:
    """A value as text: numbers plain (1985, 12.5), days and times ISO, truth in English."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case float() if value.is_integer() and abs(value) <= LARGEST_EXACT:
            return str(int(value))
        case datetime() if value.time() == time() and value.tzinfo is None:
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
