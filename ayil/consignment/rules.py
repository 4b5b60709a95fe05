"""Commissions, labels, numbers, and how long goods may stand; no database, no clock."""

from collections.abc import Iterable
from datetime import date, timedelta

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
    """ "A-2012-007": the next of a series in its year, after whatever was given before."""
    head = f"{series}-{day.year}-"
    tails = (number.removeprefix(head) for number in taken if number.startswith(head))
    last = max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)
    return f"{head}{last + 1:03d}"


# Ageing, by the field guide (E): after how long somebody looks at what is still there.
EXPIRES_SOON = timedelta(days=30)
LOOK_AT_FOOD_AFTER = timedelta(days=60)
LOOK_AT_CRAFT_AFTER = timedelta(days=120)
FOOD_KINDS = ("food", "raw")
# So long an owner has to say what becomes of their goods, before the desk reminds the shop (E).
ANSWER_WITHIN = timedelta(days=14)
# Goods that stay, at a lower price or as they were, are asked about again after so long (E).
ASK_AGAIN_AFTER = timedelta(days=30)
# What "lately" means beside goods that stand.
LATELY = timedelta(days=28)


def looked_at_after(kind: str) -> timedelta:
    """How long goods of a kind may stand before somebody looks at them."""
    return LOOK_AT_FOOD_AFTER if kind in FOOD_KINDS else LOOK_AT_CRAFT_AFTER


def why_look(kind: str, accepted_on: date, best_before: date | None, on: date) -> str:
    """Why a lot is looked at on a day: "expired", "expires", "stands", or "" for not at all.

    The date on the goods comes first: it leaves the least time.
    """
    if best_before is not None and best_before < on:
        return "expired"
    if best_before is not None and best_before <= on + EXPIRES_SOON:
        return "expires"
    return "stands" if accepted_on < on - looked_at_after(kind) else ""


SOON = timedelta(days=60)


def last_day(until: date | None, ended_on: date | None) -> date | None:
    """The last day on which goods are taken; None where none is set. `ended_on` is the first on
    which they are not."""
    ended = ended_on - timedelta(days=1) if ended_on else None
    return min((day for day in (until, ended) if day is not None), default=None)


def standing(since: date, last: date | None, day: date) -> str:
    """ "later", "stands", "soon" (it runs out within SOON) or "over"."""
    if day < since:
        return "later"
    if last is None:
        return "stands"
    return "over" if day > last else "soon" if last - day <= SOON else "stands"
