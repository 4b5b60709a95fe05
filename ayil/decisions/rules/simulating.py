"""A village reckons together before it decides: what the land gives, what hands can make, what was
bought, and what that might leave a maker. Whole numbers; an estimate, and called so."""

from dataclasses import dataclass

_THOUSAND = 1_000
_BASIS = 10_000
MONTHS = 12


@dataclass(frozen=True)
class Plan:
    """What is tried out: price and cost of a piece in minor units, the shop's part in basis
    points, how many make it and how many pieces each makes in a month."""

    price_minor: int
    cost_minor: int
    commission_bp: int
    makers: int
    pieces_each: int

    @property
    def pieces_a_year(self) -> int:
        return self.makers * self.pieces_each * MONTHS


@dataclass(frozen=True)
class Month:
    """One maker's month, in minor units: what buyers pay, what the shop keeps, what it cost to
    make all pieces (the unsold ones too), and what is left, which may be below nought."""

    made: int
    sold: int
    paid_minor: int
    commission_minor: int
    cost_minor: int

    @property
    def left_minor(self) -> int:
        return self.paid_minor - self.commission_minor - self.cost_minor


def month_of_one(plan: Plan, *, part: int = 1, whole: int = 1) -> Month:
    """A maker's month if this part of the pieces is sold; a half piece is not sold.

    The shop's part is rounded once, half a minor unit up, as on a receipt.
    """
    sold = plan.pieces_each * part // whole
    paid = sold * plan.price_minor
    return Month(
        made=plan.pieces_each,
        sold=sold,
        paid_minor=paid,
        commission_minor=(paid * plan.commission_bp * 2 + _BASIS) // (2 * _BASIS),
        cost_minor=plan.pieces_each * plan.cost_minor,
    )


def pieces_from(yearly_amount: int, resource_milli: int | None) -> int | None:
    """How many pieces a year's resource gives; None where a piece takes none of it, or where nobody
    said how much. `resource_milli` are thousandths of the resource's unit."""
    return yearly_amount * _THOUSAND // resource_milli if resource_milli else None


def narrowest(**pieces: int | None) -> str | None:
    """The name of what gives the fewest pieces, of those that are known; None where nothing is, or
    where two are equally narrow."""
    known = sorted((count, name) for name, count in pieces.items() if count is not None)
    if not known or (len(known) > 1 and known[0][0] == known[1][0]):
        return None
    return known[0][1]
