"""Which stage a tranche is in, and what spent money is worth; no database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ayil.kit.money import part_of


class Stage(Enum):
    """The life of a tranche, in its order."""

    PLANNED = "planned"
    REQUESTED = "requested"
    RECEIVED = "received"
    SPENT = "spent"
    REPORTED = "reported"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class TrancheFacts:
    """What is on record of one tranche; `left_minor` is what its bank accounts hold, in sum."""

    requested: bool
    received: bool
    left_minor: int
    reported: bool
    accepted: bool


def stage_of(facts: TrancheFacts) -> Stage:
    """How far a tranche has come; a report that was refused does not count as handed in."""
    if facts.accepted:
        return Stage.ACCEPTED
    if facts.reported:
        return Stage.REPORTED
    if facts.received:
        return Stage.RECEIVED if facts.left_minor else Stage.SPENT
    return Stage.REQUESTED if facts.requested else Stage.PLANNED


@dataclass(frozen=True, slots=True)
class MoneyIn:
    """Money that came into a pocket: `got_minor` of its currency for `given_minor` of the grant's.

    An exchange, or an expenditure that was undone and brought its money back at its old value.
    """

    given_minor: int
    got_minor: int


def value_of_first(pockets: Sequence[MoneyIn], upto_minor: int) -> int:
    """What the first `upto_minor` out of a pocket cost, in the grant's minor units.

    First in, first out, rounded down on the running total of each inflow, so that all of an
    inflow costs exactly what was given for it. Raises ValueError past what came in.
    """
    value = 0
    for money in pockets:
        if upto_minor < money.got_minor:
            return value + part_of(money.given_minor, upto_minor, money.got_minor)
        value += money.given_minor
        upto_minor -= money.got_minor
    if upto_minor:
        raise ValueError(f"{upto_minor} more went out than ever came in")
    return value


def value_of_next(pockets: Sequence[MoneyIn], spent_minor: int, amount_minor: int) -> int:
    """What `amount_minor` cost, spent after `spent_minor` had gone out before it."""
    before = value_of_first(pockets, spent_minor)
    return value_of_first(pockets, spent_minor + amount_minor) - before
