"""Numbers of cards, PINs and telephones, and how long a door stays open; no database, no clock."""

from datetime import datetime, timedelta
from itertools import pairwise

WRONG_BEFORE_A_LOCK = 5
LOCK = timedelta(minutes=15)
# Behind one address stands a village, so it may be wrong ten times as often.
ADDRESSES_MAY_BE_WRONG = 10
WRONG_BEFORE_A_CARD_ENDS = 20
LINKS_AN_HOUR, LINK_REQUESTS_AN_HOUR = 5, 20
LINK_BY_STAFF, LINK_BY_PAGE = timedelta(minutes=30), timedelta(minutes=10)
SESSION_WITH_MONEY = SESSION_ON_A_SHARED_DEVICE = timedelta(hours=12)
SESSION_ON_ONES_OWN = timedelta(days=30)

CARD_DIGITS = 10
PIN_LENGTHS = range(4, 9)
PHONE_DIGITS = 9  # of a number within the country


def check_digit(digits: str) -> str:
    """ISO/IEC 7064, MOD 11,10: finds each wrong digit, and nearly each pair that changed places."""
    product = 10
    for digit in digits:
        total = (product + int(digit)) % 10 or 10
        product = 2 * total % 11
    return str((11 - product) % 10)


def card_number(digits: str) -> str:
    """The number that stands on the card: nine digits and the one that checks them."""
    return digits + check_digit(digits)


def read_card_number(typed: str) -> str | None:
    """The number as it is kept, however it was spaced; None where no card can bear it."""
    number = "".join(sign for sign in typed if not (sign.isspace() or sign in "-.№"))
    if len(number) != CARD_DIGITS or not (number.isascii() and number.isdigit()):
        return None
    return number if check_digit(number[:-1]) == number[-1] else None


def in_groups(number: str) -> str:
    """As it is read out: 123 456 789 0."""
    return " ".join(number[start : start + 3] for start in range(0, len(number), 3))


def is_a_pin(pin: str) -> bool:
    return pin.isascii() and pin.isdigit() and len(pin) in PIN_LENGTHS


def is_guessable(pin: str, born_year: int | None) -> bool:
    """What a stranger tries first: a digit or a pair over and over, a run, the year of birth."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    repeated = len(pin) % 2 == 0 and pin == pin[:2] * (len(pin) // 2)
    return (
        (len(steps) == 1 and steps <= {0, 1, 9})
        or repeated
        or (born_year is not None and str(born_year) in pin)
    )


def phone_spellings(typed: str) -> frozenset[str]:
    """The ways in which a Kyrgyz number may have been written down; none where it is no number."""
    digits = "".join(sign for sign in typed if sign.isascii() and sign.isdigit())
    within = digits[-PHONE_DIGITS:]
    if len(within) < PHONE_DIGITS or digits.removesuffix(within) not in {"", "0", "996", "00996"}:
        return frozenset()
    return frozenset({within, f"0{within}", f"996{within}", f"+996{within}"})


def session_ends(since: datetime, *, touches_money: bool, own_device: bool) -> datetime:
    """When a session that began at `since` is over, used or not."""
    if touches_money:
        return since + SESSION_WITH_MONEY
    return since + (SESSION_ON_ONES_OWN if own_device else SESSION_ON_A_SHARED_DEVICE)
