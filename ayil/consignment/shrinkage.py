"""What was lost of what was accepted, by cause, kind of goods and village.

A share is pieces written off in the span against pieces accepted in it, by the day of either: an
old loss may fall into a span without its delivery, so that short spans say little. Pieces found
at counts are shown beside what was missing, not taken off it. A group with fewer than five makers
is not compared with others (invariant 12): such groups stand together.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet, Sum

from ayil.consignment.models import Cause, Movement, MovementKind
from ayil.members.models import Shop

FEWEST_MAKERS = 5
# FIELD's leakage, our own estimates (E), in basis points of what was accepted.
ESTIMATED_BP: Mapping[str, int] = {Cause.MISSING: 100, Cause.DAMAGED: 150, Cause.EXPIRED: 300}
ALL, TOGETHER = "", "*"


@dataclass
class Lost:
    """A group's pieces: accepted, found at counts, and lost by cause."""

    group: str
    makers: set[int] = field(default_factory=set)
    accepted: int = 0
    found: int = 0
    by_cause: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def causes(self) -> Sequence[tuple[str, int, int | None]]:
        """Each cause with its pieces and their share of what was accepted, in basis points."""
        return [
            (
                str(label),
                self.by_cause[value],
                self.by_cause[value] * 10_000 // self.accepted if self.accepted else None,
            )
            for value, label in Cause.choices
        ]

    def add(self, other: "Lost") -> None:
        self.makers |= other.makers
        self.accepted += other.accepted
        self.found += other.found
        for cause, pieces in other.by_cause.items():
            self.by_cause[cause] += pieces


@dataclass(frozen=True)
class Shrinkage:
    """The whole shop, and its groups; the food of it, which alone expires."""

    total: Lost
    food: Lost
    groups: Sequence[Lost]


_GROUPS = {"kind": "lot__variant__product__kind", "village": "lot__consignor__village"}


def shrinkage_of(shop: Shop, first: date, last: date, by: str = "kind") -> Shrinkage:
    """`by`: "kind" or "village"; groups are called by the kind's code or the village's key."""
    moved = Movement.objects.filter(
        lot__shop=shop,
        date__range=(first, last),
        kind__in=[MovementKind.ACCEPTED, MovementKind.WRITTEN_OFF, MovementKind.FOUND],
    )
    groups = _sums(moved, _GROUPS[by])
    total = Lost(ALL)
    for group in groups:
        total.add(group)
    food = Lost("food")
    for group in groups if by == "kind" else _sums(moved, _GROUPS["kind"]):
        if group.group == "food":
            food.add(group)
    return Shrinkage(total, food, _compared(groups))


def _sums(moved: QuerySet[Movement], group: str) -> list[Lost]:
    rows = (
        moved.order_by()
        .values_list(group, "lot__consignor", "kind", "write_off__cause")
        .annotate(pieces=Sum("quantity"))
    )
    found: dict[str, Lost] = {}
    for key, maker, kind, cause, pieces in rows:
        lost = found.setdefault(str(key), Lost(str(key)))
        lost.makers.add(maker)
        if kind == MovementKind.ACCEPTED:
            lost.accepted += pieces
        elif kind == MovementKind.FOUND:
            lost.found += pieces
        else:
            lost.by_cause[cause] -= pieces
    return [found[key] for key in sorted(found)]


def _compared(groups: Sequence[Lost]) -> list[Lost]:
    """Groups of enough makers, and all others as one; that one too only where it has enough."""
    shown = [group for group in groups if len(group.makers) >= FEWEST_MAKERS]
    rest = Lost(TOGETHER)
    for group in groups:
        if len(group.makers) < FEWEST_MAKERS:
            rest.add(group)
    if len(rest.makers) >= FEWEST_MAKERS:
        shown.append(rest)
    return shown
