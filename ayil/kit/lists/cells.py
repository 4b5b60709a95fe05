"""What people write into the cells of a list: days, amounts, pieces, words; and the way back."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError, gettext_noop
from ayil.kit.money import minor_digits
from ayil.kit.money import plain as plain_money
from ayil.kit.spelling import folded_words

SHOWN = 40  # letters of a cell that an error repeats
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_DAY_AND_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T]\d\d:\d\d(?::\d\d)?)?")
# Days as Excel counts them, from 1954 to 2118: what a cell holds that lost its form of a day.
_SERIAL = re.compile(r"[2-7]\d{4}")
_EXCEL_DAY_0 = date(1899, 12, 30)
_GAPS = str.maketrans("", "", " \u00a0\u2009\u202f'’")
_SIGNS = re.compile(r"(?:som|сом|kgs|шт\.?|даана|pcs\.?)$", re.IGNORECASE)
_WHOLE = re.compile(r"([0-9]{1,9})(?:[.,]0{1,2})?")
_PLAIN = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,6})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?!\1)[.,][0-9]{1,2}")
_GROUPED_WHOLE = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})+")
_TWO_MEANINGS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def in_words(error: AyilError) -> str:
    """The refusal in the reader's language, whoever raised it."""
    return _(error.words) % error.filled if error.filled else _(error.words)


def key_of(text: str) -> str:
    """What two spellings of one word have in common, spaces and hyphens left out."""
    return "".join(folded_words(text))


def written(text: str) -> str:
    """A text as it comes back from a cell: on one line, no sign in it that no table holds."""
    kept = "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isspace() or not _is_lost(letter)
    )
    return " ".join(kept.split())


def _is_lost(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cs"} or letter in "\ufffe\uffff\ufeff"


def same_words(one: str, other: str) -> bool:
    """Whether two texts are one text in a table, capitals and small letters alike."""
    return written(one).casefold() == written(other).casefold()


def day_of(cell: str) -> date | None:
    """The day in 2012-06-05, 05.06.2012 or 41065 (Excel's count of days); None for nothing."""
    if not cell:
        return None
    dotted = _DAY.fullmatch(cell)
    iso = _DAY_AND_TIME.fullmatch(cell)
    try:
        if dotted:
            return date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
        if iso:
            return date.fromisoformat(iso[1])
    except ValueError:
        pass
    if _SERIAL.fullmatch(cell):
        return _EXCEL_DAY_0 + timedelta(days=int(cell))
    raise AyilError(
        gettext_noop("«%(cell)s» is no day. Write it like 05.06.2012."), cell=cell[:SHOWN]
    )


def whole_of(cell: str) -> int | None:
    """How many: 12, 1 200, "12 шт."; None for nothing."""
    if not cell:
        return None
    _refuse_formula(cell)
    found = _WHOLE.fullmatch(_SIGNS.sub("", cell.strip()).translate(_GAPS))
    if found is None:
        raise AyilError(
            gettext_noop("«%(cell)s» is no whole number of pieces. Write it like 12."),
            cell=cell[:SHOWN],
        )
    return int(found[1])


def amount_of(cell: str, currency: str) -> int | None:
    """Whole minor units of 1200, 1 200,50, 1.200,50 or "1200 сом"; None for nothing.

    "1,200" may be twelve hundred or one and a fifth: it is refused, not guessed at.
    """
    if not cell:
        return None
    _refuse_formula(cell)
    plain = _SIGNS.sub("", cell.strip()).translate(_GAPS)
    if _TWO_MEANINGS.fullmatch(plain):
        raise AyilError(
            gettext_noop("«%(cell)s» can be read in two ways. Write 1200 or 1200.00."),
            cell=cell[:SHOWN],
        )
    if _GROUPED.fullmatch(plain):
        mark = max(plain.rfind("."), plain.rfind(","))
        plain = re.sub(r"[.,]", "", plain[:mark]) + plain[mark:]
    elif _GROUPED_WHOLE.fullmatch(plain):
        plain = re.sub(r"[.,]", "", plain)
    if not _PLAIN.fullmatch(plain):
        raise AyilError(
            gettext_noop("«%(cell)s» is no amount of money. Write it like 1200 or 1200,50."),
            cell=cell[:SHOWN],
        )
    amount = Decimal(plain.replace(",", ".")).scaleb(minor_digits(currency))
    if amount != amount.to_integral_value():
        raise AyilError(
            gettext_noop("«%(cell)s» is finer than the smallest coin. Round it."),
            cell=cell[:SHOWN],
        )
    return int(amount)


def written_amount(amount_minor: int | None, currency: str) -> str:
    """1200 or 1200.50: what `amount_of` reads in every language; "" for None."""
    if amount_minor is None:
        return ""
    text = plain_money(amount_minor, currency)
    return text.removesuffix("." + "0" * minor_digits(currency))


def _refuse_formula(cell: str) -> None:
    if cell.startswith("="):
        raise AyilError(
            gettext_noop("«%(cell)s» is a formula. Put its value into the cell instead."),
            cell=cell[:SHOWN],
        )
