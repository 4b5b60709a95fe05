"""Which step may follow which in a membership, and by when; no database, no clock."""

import re
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from ayil.kit.errors import AyilError, gettext_noop

NEXT_STEPS: dict[str | None, frozenset[str]] = {
    None: frozenset({"applied"}),
    "applied": frozenset({"admitted", "refused"}),
    "refused": frozenset({"applied", "admitted"}),  # an appeal may end in admission
    "admitted": frozenset({"active", "left"}),
    "active": frozenset({"dormant", "left"}),
    "dormant": frozenset({"active", "left"}),
    "left": frozenset({"applied", "admitted"}),
}
MEMBER_STEPS = frozenset({"admitted", "active", "dormant"})
# Steps that a member takes alone; the others need an officer, an appeal or the rule.
OWN_STEPS = ("active", "dormant", "left")

DAYS_TO_REFUSE = 7
FEWEST_CONTACTS = 2
CODE_DIGITS = 12

# From one connection within an hour: a village shares one telephone, a flood does not stop.
MOST_APPLICATIONS_AN_HOUR = 12

_PHONE_MARKS = re.compile(r"[\s().‐‑–—-]+")
_HOME_CODE, _HOME_DIGITS = "996", 9


def may_follow(last: str | None, step: str) -> bool:
    return step in NEXT_STEPS[last]


def is_member(last: str | None) -> bool:
    return last in MEMBER_STEPS


def own_steps_after(last: str | None) -> list[str]:
    """What a member may say of their own membership next; nothing where they are no member."""
    return [step for step in OWN_STEPS if is_member(last) and may_follow(last, step)]


def admitted_by_rule_on(applied_on: date) -> date:
    """The day on which an application that nobody refused is admitted without anybody's doing."""
    return applied_on + timedelta(days=DAYS_TO_REFUSE)


def is_due(applied_on: date, today: date) -> bool:
    return today >= admitted_by_rule_on(applied_on)


def days_left(applied_on: date, today: date) -> int:
    """Days in which an officer may still refuse; never below nought."""
    return max(0, (admitted_by_rule_on(applied_on) - today).days)


def code_of(uid: UUID) -> str:
    """The number by which an application is asked for aloud: twelve digits that follow from its
    address. Of a hundred thousand applications, a guess meets one in ten million.
    """
    number = int.from_bytes(sha256(uid.bytes).digest()[:8], "big") % 10**CODE_DIGITS
    return f"{number:0{CODE_DIGITS}d}"


def written_phone(text: str) -> str:
    """+996555123456, of 0555 12-34-56, 996 555 123456 or (0555) 123456; other countries by +.

    Nothing stays nothing; what is no telephone number raises AyilError.
    """
    bare = _PHONE_MARKS.sub("", text)
    if not bare:
        return ""
    digits = bare.removeprefix("+")
    if digits.isascii() and digits.isdigit():
        if bare.startswith("+") and 8 <= len(digits) <= 15:
            return bare
        if digits.startswith("00") and 10 <= len(digits) <= 17:
            return f"+{digits[2:]}"
        if digits.startswith("0") and len(digits) == _HOME_DIGITS + 1:
            return f"+{_HOME_CODE}{digits[1:]}"
        if digits.startswith(_HOME_CODE) and len(digits) == len(_HOME_CODE) + _HOME_DIGITS:
            return f"+{digits}"
    raise AyilError(
        gettext_noop("«%(phone)s» is no telephone number. Write it like 0555 123 456."), phone=text
    )
