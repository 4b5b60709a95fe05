"""Money is a whole number of the minor unit (tyiyn, cent, penny) with its currency."""

import re
from decimal import Decimal

MINOR_DIGITS = {"KGS": 2, "USD": 2, "EUR": 2, "GBP": 2, "RUB": 2, "KZT": 2, "BRL": 2, "JPY": 0}
# Decimal itself also takes 1e999999, 1_000, NaN and the figures of other scripts.
_AMOUNT = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,6})?")
BASIS = 10_000  # a rate of 20 % is 2,000 basis points


def minor_digits(currency: str) -> int:
    try:
        return MINOR_DIGITS[currency]
    except KeyError:
        known = ", ".join(sorted(MINOR_DIGITS))
        raise ValueError(f"The currency {currency!r} is not known. Known are {known}.") from None


def to_minor(text: str, currency: str) -> int:
    """Whole minor units of a written amount; ValueError where it is finer than the minor unit."""
    digits = minor_digits(currency)
    if not _AMOUNT.fullmatch(text):
        raise ValueError(f"{text!r} is not an amount of money.")
    amount = Decimal(text).scaleb(digits)
    if amount != amount.to_integral_value():
        raise ValueError(f"{text!r} is not a whole number of {currency} minor units.")
    return int(amount)


def plain(amount_minor: int, currency: str) -> str:
    """'-1234.50' for machines; pages use the `money` filter, which knows the reader's language."""
    digits = minor_digits(currency)
    return f"{Decimal(amount_minor).scaleb(-digits):.{digits}f}"


def share_by_rate(amount_minor: int, rate_bp: int) -> int:
    """`rate_bp` basis points of the amount, half a minor unit rounded away from zero.

    This is the rounding rule that receipts and statements print. It is odd-symmetric: a refund
    of a whole line gives back to the tyiyn what its sale took.
    """
    sign = 1 if amount_minor >= 0 else -1
    return sign * ((abs(amount_minor) * rate_bp * 2 + BASIS) // (2 * BASIS))


def part_of(whole_minor: int, upto: int, total: int) -> int:
    """How much of `whole_minor` belongs to the first `upto` of `total`, rounded down.

    Differences of consecutive values add up to the whole exactly, in any cutting.
    """
    return whole_minor * upto // total
