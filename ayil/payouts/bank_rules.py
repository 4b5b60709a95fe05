"""What a bank account may look like, and a bank's file as bytes; no database, no clock."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ayil.kit.errors import AyilError, gettext_noop
from ayil.kit.money import plain

_DIGITS = re.compile(r"\d{10,20}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")
_INN = re.compile(r"\d{14}")
_BIC = re.compile(r"\d{6,9}|[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_GAPS = re.compile(r"\{([^{}]*)\}")
GAPS = frozenset({"number", "list"})
# Letters that Windows-1251 lacks are written as banks of the country have always written them.
_WITHOUT_TAILS = str.maketrans("ңөүҢӨҮ", "ноуНОУ")


@dataclass(frozen=True, slots=True)
class Column:
    """`what` is one of BankColumn.What; `words` are those of a fixed one."""

    head: str
    what: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    separator: str
    encoding: str
    decimal_mark: str
    date_form: str
    has_head: bool
    columns: Sequence[Column]


@dataclass(frozen=True, slots=True)
class Payment:
    """One row of the file; the amount in minor units."""

    account: str
    owner: str
    inn: str
    bank: str
    bic: str
    amount_minor: int
    currency: str
    on: date
    purpose: str
    reference: str


def account_number(typed: str) -> str:
    """The number without gaps: 10 to 20 figures, or an IBAN whose check figures are right."""
    number = re.sub(r"[\s-]", "", typed).upper()
    if _DIGITS.fullmatch(number):
        return number
    if not _IBAN.fullmatch(number):
        raise AyilError(
            gettext_noop(
                "«%(typed)s» is no account number: it has 10 to 20 figures, or is an IBAN."
            ),
            typed=typed,
        )
    figures = "".join(str(int(sign, 36)) for sign in number[4:] + number[:4])
    if int(figures) % 97 != 1:
        raise AyilError(
            gettext_noop("The check figures of «%(typed)s» are wrong. Compare it with the paper."),
            typed=typed,
        )
    return number


def tax_number(typed: str) -> str:
    """An INN of 14 figures, or nothing."""
    number = re.sub(r"\s", "", typed)
    if number and not _INN.fullmatch(number):
        raise AyilError(gettext_noop("«%(typed)s» is no INN: it has 14 figures."), typed=typed)
    return number


def bank_code(typed: str) -> str:
    """A BIC, national (figures) or international, or nothing."""
    code = re.sub(r"\s", "", typed).upper()
    if code and not _BIC.fullmatch(code):
        raise AyilError(gettext_noop("«%(typed)s» is no code of a bank (BIC)."), typed=typed)
    return code


def plain_name(typed: str) -> str:
    """A name of one line that no spreadsheet takes for a formula."""
    name = " ".join(typed.split())
    if not name or not name[0].isalnum():
        raise AyilError(
            gettext_noop("«%(typed)s» is no name: it begins with a letter or a figure."),
            typed=typed,
        )
    return name


def check_layout(columns: Sequence[Column], *, has_head: bool, purpose: str) -> None:
    """Refuses a file that no bank could read: without account or amount, or without its heads."""
    whats = [column.what for column in columns]
    for what in ("account", "amount"):
        if whats.count(what) != 1:
            raise AyilError(
                gettext_noop("A bank file has one column with the account and one with the amount.")
            )
    if has_head and any(not column.head.strip() for column in columns):
        raise AyilError(gettext_noop("Name each column, or say that the file has no head."))
    unknown = set(_GAPS.findall(purpose)) - GAPS
    if unknown or purpose.count("{") != purpose.count("}"):
        raise AyilError(
            gettext_noop("In what the money is for only {number} and {list} are filled in.")
        )


def purpose_of(words: str, *, number: int, payout_list: int) -> str:
    """What the money is for, with the numbers of the statement and the list in it."""
    return words.replace("{number}", str(number)).replace("{list}", str(payout_list))


def bank_file(layout: Layout, payments: Sequence[Payment]) -> bytes:
    """The file, a payment a row, lines ended as Windows ends them.

    Raises AyilError for a letter that the encoding has not.
    """
    told = io.StringIO(newline="")
    writer = csv.writer(told, delimiter=layout.separator, lineterminator="\r\n")
    if layout.has_head:
        writer.writerow([column.head for column in layout.columns])
    for row, payment in enumerate(payments, 1):
        writer.writerow([_cell(column, layout, row, payment) for column in layout.columns])
    text = told.getvalue()
    if layout.encoding == "cp1251":
        text = text.translate(_WITHOUT_TAILS)
    try:
        return text.encode(layout.encoding)
    except UnicodeEncodeError as error:
        raise AyilError(
            gettext_noop("The encoding %(encoding)s has no «%(letter)s». Choose UTF-8."),
            encoding=layout.encoding,
            letter=text[error.start],
        ) from error


def _cell(column: Column, layout: Layout, row: int, payment: Payment) -> str:
    match column.what:
        case "row":
            return str(row)
        case "amount":
            written = plain(payment.amount_minor, payment.currency)
            return written.replace(".", layout.decimal_mark)
        case "date":
            return payment.on.strftime(layout.date_form)
        case "fixed":
            return column.words
        case what:
            return str(getattr(payment, what))
