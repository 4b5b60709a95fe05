"""What must hold between an intake's event and what it came to (invariants 1 and 10)."""

from collections.abc import Iterable, Iterator

from ayil.kit.invariants import Check, by_query
from ayil.shop.events import Event, Unreadable, read_event
from ayil.shop.intake.known import intake_of
from ayil.shop.models import IntakeCount, TillEvent
from ayil.shop.payloads import IntakeLine


def _counts_are_what_was_signed() -> Iterable[str]:
    taken = TillEvent.objects.filter(intake__isnull=False).order_by("id")
    for id_, body in taken.values_list("id", "body").iterator(chunk_size=500):
        try:
            event = read_event(bytes(body))
        except Unreadable:
            continue  # said by the check of the events themselves
        yield from _differences(id_, event)


def _differences(id_: int, event: Event) -> Iterator[str]:
    kept = {
        found.number: found
        for found in IntakeCount.objects.filter(intake=id_).select_related(
            "count__line", "count__lot"
        )
    }
    lines = intake_of(event).lines
    if sorted(kept) != list(range(1, len(lines) + 1)):
        yield f"intake {id_}: the till counted {len(lines)} lines, {len(kept)} are kept"
    for number, line in enumerate(lines, 1):
        if number in kept and _said(line) != _kept(kept[number]):
            yield (
                f"intake {id_}, line {number}: the till says {_words(_said(line))}, "
                f"the books say {_words(_kept(kept[number]))}"
            )


_Row = tuple[int, int, int, str]


def _said(line: IntakeLine) -> _Row:
    return line.variant, line.accepted, line.refused, line.label if line.accepted else ""


def _kept(found: IntakeCount) -> _Row:
    count = found.count
    lot = getattr(count, "lot", None)
    return count.line.variant_id, count.accepted, count.refused, lot.label if lot else ""


def _words(row: _Row) -> str:
    variant, accepted, refused, label = row
    return f"{accepted} accepted and {refused} refused of goods {variant} under «{label}»"


CHECKS = [
    Check(1, "every count at a till is in the books as both sides signed it",
          _counts_are_what_was_signed),
    by_query(
        10,
        "every joint count of a till is booked once, or waits, or was set aside",
        "SELECT e.id FROM shop_tillevent e "
        "LEFT JOIN shop_application a ON a.event_id = e.id "
        "LEFT JOIN shop_intake i ON i.event_id = e.id "
        "LEFT JOIN shop_intakesetaside s ON s.event_id = e.id "
        "WHERE e.kind = 'intake' AND ((a.event_id IS NULL) <> (i.event_id IS NULL) "
        "OR (s.event_id IS NOT NULL AND i.event_id IS NOT NULL))",
        "intake {0} is applied without its goods, or the other way round",
    ),
]  # fmt: skip
