"""What a till that was offline sold before a count, and told after it.

A count is compared with the books as they stood when that line was counted, in the order of
posting: whatever is posted later and was sold later does not touch it. But a sale may be older
than the count and reach the books after it. Its pieces were gone from the shelf already, so they
are taken off what was expected. Which of the later postings those are, only the sale's own moment
tells: the till's clock, with its error; that a few pieces which are sold within that error of a
count may fall on the wrong side is why a sheet shows what it took off.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from ayil.consignment.models import Movement, MovementKind, StockCount

SaleMoments = Callable[[Collection[str]], Mapping[str, datetime]]
sale_moments: list[SaleMoments] = []
"""Told by the field that sells: the moment of each sale by the document of its movement."""

_OF_SALES = (MovementKind.SOLD, MovementKind.REFUNDED)


def late_pieces(counts: Iterable[StockCount]) -> dict[int, int]:
    """By the key of each count, the pieces that were sold before it and posted after it."""
    known = list(counts)
    if not known:
        return {}
    later = list(
        Movement.objects.filter(
            lot__in={count.lot_id for count in known},
            kind__in=_OF_SALES,
            pk__gt=min(count.upto for count in known),
        ).values_list("lot_id", "pk", "quantity", "document")
    )
    moments: dict[str, datetime] = {}
    for tell in sale_moments if later else ():
        moments |= tell({document for _lot, _pk, _quantity, document in later})
    return {
        count.pk: -sum(
            quantity
            for lot, pk, quantity, document in later
            if lot == count.lot_id
            and pk > count.upto
            and document in moments
            and moments[document] <= count.recorded_at
        )
        for count in known
    }


def difference(count: StockCount, late: int | None = None) -> int:
    """Found above the books (+) or lacking (-), with what is known by now."""
    taken = late_pieces([count])[count.pk] if late is None else late
    return count.counted - (count.expected - taken)


def lacking(count: StockCount) -> int:
    return max(0, -difference(count))
