"""How a statement adds up, is hashed, when it is paid, and how a group shares it; no database,
no clock."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from ayil.kit.canonical import digest

GENESIS = bytes(32)
_DOMAIN = "ayil/statement/1"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a statement adds up, in minor units of one currency.

    `sold` and `refunded` are the consignor's shares of sales and of refunds, both positive;
    `other` is what else was credited (+) or charged (-): write-offs that the shop bears,
    corrections, upheld disputes; `paid` is what was handed over, less what came back.
    `units` are net of refunds.
    """

    opening_minor: int = 0
    sold_minor: int = 0
    refunded_minor: int = 0
    other_minor: int = 0
    paid_minor: int = 0
    units: int = 0
    lines: int = 0

    @property
    def closing_minor(self) -> int:
        return (
            self.opening_minor
            + self.sold_minor
            - self.refunded_minor
            + self.other_minor
            - self.paid_minor
        )


@dataclass(frozen=True, slots=True)
class Content:
    """All that a statement's hash stands for.

    `ledger_hash` is the link of the fund's chain at `seq_to`: through it a statement holds every
    posting up to its cut. Names are codes and UUIDs, never row numbers, and the moment of making
    is left out: two databases with one history have the same hashes.
    """

    shop_code: str
    consignor_uid: UUID
    number: int
    seq_from: int
    seq_to: int
    cut_on: date
    currency: str
    figures: Figures
    made_by_uid: UUID | None
    ledger_hash: bytes
    prev_hash: bytes


def statement_hash(content: Content) -> bytes:
    """SHA-256 over the content in canonical form, 32 bytes."""
    figures = content.figures
    return digest(
        _DOMAIN,
        [
            content.shop_code,
            content.consignor_uid.bytes,
            content.number,
            content.seq_from,
            content.seq_to,
            content.cut_on.toordinal(),
            content.currency,
            figures.opening_minor,
            figures.sold_minor,
            figures.refunded_minor,
            figures.other_minor,
            figures.paid_minor,
            figures.closing_minor,
            figures.units,
            figures.lines,
            content.made_by_uid.bytes if content.made_by_uid else None,
            content.ledger_hash,
            content.prev_hash,
        ],
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a consignor stands when a payout list is made, in minor units.

    `closing` is the last statement's; `paid_since` was handed over after its cut and did not come
    back; `pending`
    stands on lists that were not handed over yet; `balance` is the account's, now.
    """

    closing_minor: int
    paid_since_minor: int
    pending_minor: int
    balance_minor: int


def payable_minor(standing: Standing, *, minimum_minor: int) -> int:
    """What to pay out now: what was stated and is still owed; 0 carries it forward.

    Under the minimum nothing is paid, and the amount stands in the next statement. What was
    refunded after the cut is not paid, what was sold after it waits for its statement.
    """
    amount = free_minor(standing)
    return amount if amount >= max(minimum_minor, 1) else 0


def free_minor(standing: Standing) -> int:
    """What was stated, is still owed and stands on no payout list; below zero it is owed back."""
    stated = standing.closing_minor - standing.paid_since_minor
    return min(stated, standing.balance_minor) - standing.pending_minor


class Next(StrEnum):
    """What comes next for a consignor's money."""

    OWES_BACK = "owes-back"  # goods came back after they were paid out
    LISTED = "listed"  # on a payout list, and not handed over yet
    READY = "ready"  # on the next payout list
    CARRIED = "carried"  # under the least payout: it stands in the next statement
    NOT_STATED = "not-stated"  # sold since the last closing
    NOTHING = "nothing"


def next_of(standing: Standing, *, minimum_minor: int) -> Next:
    if standing.balance_minor < 0:
        return Next.OWES_BACK
    if standing.pending_minor > 0:
        return Next.LISTED
    if payable_minor(standing, minimum_minor=minimum_minor):
        return Next.READY
    if free_minor(standing) > 0:
        return Next.CARRIED
    return Next.NOT_STATED if standing.balance_minor > 0 else Next.NOTHING


def are_three_people(*, receives: int, pays: int, approves: int) -> bool:
    """Invariant 7, over the ids of parties."""
    return len({receives, pays, approves}) == 3


Member = TypeVar("Member", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Shared(Generic[Member]):
    """Who gets how much of a group's money; the rest stays in the common box."""

    amounts_minor: Mapping[Member, int]
    box_minor: int


def share_out(amount_minor: int, parts: Mapping[Member, int], *, unit_minor: int) -> Shared[Member]:
    """Each member gets `amount × parts ÷ all parts`, rounded down to whole units (soms).

    What remains, always less than a unit a member and the loose tyiyns, goes to the group's
    common box: no order of names decides who gets one more, and anybody can reckon it again on
    paper. ValueError for an amount below zero, and where there is nobody to share with.
    """
    whole = sum(parts.values())
    if amount_minor < 0 or not parts or min(parts.values()) <= 0 or unit_minor <= 0:
        raise ValueError(f"{amount_minor} cannot be shared by the parts {dict(parts)}")
    amounts = {
        member: amount_minor * own // whole // unit_minor * unit_minor
        for member, own in parts.items()
    }
    return Shared(amounts, amount_minor - sum(amounts.values()))
