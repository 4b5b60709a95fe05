"""Approval, plainly: those whom the most ballots approve take the places."""

from collections.abc import Collection, Sequence

from ayil.decisions.rules.count import Count, in_order_of_lot, most_first
from ayil.decisions.rules.profile import Approvals, Option, in_natural_order


def most_approved(
    options: Collection[Option],
    approvals: Approvals[Option],
    places: int = 1,
    lot: Sequence[Option] = (),
) -> Count[Option]:
    """The most approved; those who are equal at the last place are tied until a lot is drawn.

    Nobody whom no ballot approves is chosen. ValueError for an option that was not on the paper.
    An assembly's own rule, which asks for more than half and holds a runoff, is
    `approval_outcome`.
    """
    totals = dict.fromkeys(options, 0)
    for approved, ballots in approvals.items():
        for option in approved:
            if option not in totals:
                raise ValueError(f"option {option} is not on this paper")
            totals[option] += ballots
    chosen: list[Option] = []
    tied: list[Option] = []
    for most in sorted(set(totals.values()) - {0}, reverse=True):
        equal = [option for option, count in totals.items() if count == most]
        free = places - len(chosen)
        if len(equal) <= free:
            chosen += equal
        elif lot:
            chosen += in_order_of_lot(lot, equal)[:free]
        elif free:
            tied = equal
        if tied or len(chosen) == places:
            break
    return Count(
        chosen=tuple(in_natural_order(chosen)),
        tied=tuple(in_natural_order(tied)),
        ballots=approvals.total(),
        silent=approvals[frozenset()],
        totals=most_first(totals),
    )
