"""Commissions, labels and numbers; no database, no clock."""

from collections.abc import Iterable
from datetime import date

NON_MEMBER_POINTS_BP = 500
STANDARD_RATES_BP = {"craft": 2_000, "food": 2_000, "raw": 1_500, "other": 2_000}


def commission_bp(rate_bp: int, *, member: bool) -> int:
    """The rate that is frozen on a lot when it is accepted; non-members pay 5 points more."""
    return min(10_000, rate_bp if member else rate_bp + NON_MEMBER_POINTS_BP)


def ean13(body: int) -> str:
    """A shop's own EAN-13: '2', the number in 11 digits, and the check digit (GS1)."""
    digits = f"2{body:011d}"
    if len(digits) != 12:
        raise ValueError(f"{body} has more than 11 digits")
    return digits + ean13_check(digits)


def ean13_check(digits: str) -> str:
    """The check digit (GS1) after these twelve."""
    odd, even = (sum(int(digit) for digit in digits[start::2]) for start in (0, 1))
    return str(-(odd + 3 * even) % 10)


# What a till makes without asking: '29', ten digits drawn at random, and the check digit. The
# server counts from 1 and comes to '29' after ninety thousand million lots.
TILL_PREFIX = "29"


def is_till_label(label: str) -> bool:
    return (
        len(label) == 13
        and label.isascii()
        and label.isdigit()
        and label.startswith(TILL_PREFIX)
        and ean13_check(label[:12]) == label[12]
    )


AGREEMENTS, NOTES = "A", "N"


def next_number(series: str, day: date, taken: Iterable[str]) -> str:
    """"A-2012-007": the next of a series in its year, after whatever was given before."""
    head = f"{series}-{day.year}-"
    tails = (number.removeprefix(head) for number in taken if number.startswith(head))
    last = max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)
    return f"{head}{last + 1:03d}"
