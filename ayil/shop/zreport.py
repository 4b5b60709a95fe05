"""The Z-report of a closed shift: as the till sealed it, and whether the log here agrees.

A shift is bounded by numbers, never by time: from its opening's up to its closing's, along the
chain of hashes that ends in the closing. What comes late is counted into it when it comes; the
closing itself and its report stay as they are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime

import msgspec

from ayil.shop.events import Event, Unreadable, read_event
from ayil.shop.models import Sale, ShiftClosing, TillEvent
from ayil.shop.payloads import (
    CashMovedPayload,
    RefundPayload,
    Report,
    SalePayload,
    ShiftOpenedPayload,
)


@dataclass(frozen=True)
class Totals:
    """What a shift's events come to; amounts in minor units, `paid` by means, refunds taken off."""

    sales: int
    refunds: int
    sold: int
    returned: int
    rounding: int
    paid: Mapping[str, int]
    float: int
    moved: int
    expected: int


def totals_of(events: Iterable[Event]) -> Totals:
    """In whatever order; events of other kinds are of no account."""
    count: Counter[str] = Counter()
    paid: Counter[str] = Counter()
    for event in events:
        payload = event.payload
        if isinstance(payload, SalePayload | RefundPayload):
            sign = 1 if isinstance(payload, SalePayload) else -1
            count["sales" if sign > 0 else "refunds"] += 1
            count["sold" if sign > 0 else "returned"] += sum(line.gross for line in payload.lines)
            count["rounding"] += sign * payload.rounding
            for tender in payload.tenders:
                paid[tender.kind] += sign * tender.amount
        elif isinstance(payload, ShiftOpenedPayload):
            count["float"] += payload.float
        elif isinstance(payload, CashMovedPayload):
            count["moved"] += payload.amount
    count["expected"] = count["float"] + count["moved"] + paid["cash"]
    amounts = {field.name: count[field.name] for field in fields(Totals) if field.name != "paid"}
    return Totals(paid={kind: sum_ for kind, sum_ in paid.items() if sum_}, **amounts)


def report_of(events: Sequence[Event]) -> Report:
    """What a till seals over a shift's events, in their order, when it closes."""
    totals = totals_of(events)
    amounts = {field.name: getattr(totals, field.name) for field in fields(Totals)}
    return Report(first=events[0].seq, events=len(events), **amounts)


@dataclass(frozen=True)
class Difference:
    """One figure of the report that the log does not come to; `name` is the report's field, and
    where it is by means of payment, "paid" with `means`."""

    name: str
    sealed: int
    log: int
    means: str = ""


@dataclass(frozen=True)
class Standing:
    """What of a closed shift is here. `missing`: how many of its events have not come;
    `late`: how many came after the closing did; `after`: sales that bear the shift's name and
    were written when it was closed."""

    closing: ShiftClosing
    report: Report | None
    here: int
    missing: int
    late: int
    last_came_at: datetime | None
    after: int
    differences: Sequence[Difference]

    @property
    def is_whole(self) -> bool:
        return self.missing == 0

    @property
    def agrees(self) -> bool:
        return self.is_whole and not self.differences


def standing_of(closing: ShiftClosing) -> Standing:
    """Reads the shift's events from the raw log, in a constant number of queries."""
    report = sealed_report(closing)
    rows = _chain(closing, report)
    late = [row.received_at for row in rows if row.received_at > closing.event.received_at]
    events = list(_readable(rows))
    expected = report.events if report else len(rows)
    whole = len(events) == expected
    return Standing(
        closing=closing,
        report=report,
        here=len(events),
        missing=max(0, expected - len(events)),
        late=len(late),
        last_came_at=max(late, default=None),
        after=_sold_after(closing),
        differences=list(differences(report, totals_of(events))) if report and whole else [],
    )


def _readable(rows: Iterable[TillEvent]) -> Iterator[Event]:
    """Those that are what was sent; whichever is not is named by `ayil verify`."""
    for row in rows:
        with suppress(Unreadable):
            yield read_event(bytes(row.body))


def sealed_report(closing: ShiftClosing) -> Report | None:
    """The report as the till wrote it into the closing's event; older tills wrote none."""
    return None if closing.report is None else msgspec.convert(closing.report, Report)


def differences(report: Report, log: Totals) -> Iterable[Difference]:
    for field in fields(Totals):
        if field.name == "paid":
            continue
        sealed, found = getattr(report, field.name), getattr(log, field.name)
        if sealed != found:
            yield Difference(field.name, sealed, found)
    for means in sorted({*report.paid, *log.paid}):
        sealed, found = report.paid.get(means, 0), log.paid.get(means, 0)
        if sealed != found:
            yield Difference("paid", sealed, found, means)


def _chain(closing: ShiftClosing, report: Report | None) -> list[TillEvent]:
    """The shift's events that are here, last first, along the chain of hashes.

    Where a link has not come, the next one below goes by its number. A number that a clone of
    the till used as well counts for the one that the chain names.
    """
    end = closing.event
    first = report.first if report else _opened_at(closing)
    by_number: dict[int, list[TillEvent]] = defaultdict(list)
    for row in TillEvent.objects.filter(
        device=closing.device_id, epoch=end.epoch, seq__gte=first, seq__lt=end.seq
    ):
        by_number[row.seq].append(row)
    found: list[TillEvent] = []
    above, named = end.seq, bytes(end.prev_hash)
    for seq in sorted(by_number, reverse=True):
        link = _link(by_number[seq], named if above == seq + 1 else None)
        if link is not None:
            found.append(link)
            above, named = seq, bytes(link.prev_hash)
    return found


def _link(rows: Sequence[TillEvent], named: bytes | None) -> TillEvent | None:
    if named is None:
        return rows[0]
    return next((row for row in rows if bytes(row.hash) == named), None)


def _opened_at(closing: ShiftClosing) -> int:
    """The number of the shift's opening, where the closing does not say it itself."""
    opening = (
        closing.device.openings.filter(
            shift=closing.shift, event__epoch=closing.event.epoch, event__seq__lt=closing.event.seq
        )
        .order_by("-event__seq")
        .values_list("event__seq", flat=True)
        .first()
    )
    return closing.event.seq if opening is None else opening


def _sold_after(closing: ShiftClosing) -> int:
    return Sale.objects.filter(
        shift=closing.shift,
        event__device=closing.device_id,
        event__epoch=closing.event.epoch,
        event__seq__gt=closing.event.seq,
    ).count()


def breaches() -> Iterable[str]:
    """Closed shifts whose events are all here and do not come to what the till sealed."""
    closings = ShiftClosing.objects.exclude(report=None).select_related("event", "device")
    for closing in closings.order_by("pk").iterator(chunk_size=200):
        for found in standing_of(closing).differences:
            what = f"{found.name} {found.means}".strip()
            yield (
                f"shift {closing.shift} of {closing.device}: its Z-report says {what} "
                f"{found.sealed}, but its log comes to {found.log}"
            )
