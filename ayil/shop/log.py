"""The till's log at the server: stored raw first, applied second, acknowledged after commit."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from ayil.consignment.models import Lot
from ayil.kit import rows
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.ledger.models import Fund
from ayil.members.models import Party, Shop
from ayil.members.rights import Right, require
from ayil.shop.drafts import CHUNK, Fault, Stored
from ayil.shop.drawer import closed_shifts, post_drawer_event, put_right
from ayil.shop.events import Event, Unreadable, read_event
from ayil.shop.fiscal.numbers import post_numbers
from ayil.shop.fiscal.queue import queue_sales
from ayil.shop.intake.booking import post_intakes
from ayil.shop.models import (
    Application,
    Device,
    EventException,
    ExceptionClearing,
    LabelMeant,
    Sale,
    TillEvent,
)
from ayil.shop.payloads import IntakePayload, RefundPayload, SalePayload
from ayil.shop.posting import post_sales

log = logging.getLogger(__name__)
CLASH = "number-clash"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One event of a batch that a person must look at; its place in the batch from 0."""

    index: int
    fingerprint: str
    code: str
    words: str


@dataclass(slots=True)
class Answer:
    """Acknowledged: stored for good, by hash, new or known. Exceptions are kept here as well.

    `new_epoch`: in the epoch that the till writes in, a number was used twice. Somewhere a copy
    of it writes on, so it must ask for an epoch of its own.
    """

    acknowledged: list[str] = field(default_factory=list)
    exceptions: list[Refusal] = field(default_factory=list)
    new: int = 0
    new_epoch: bool = False


def ingest(*, device: Device, raw: Sequence[bytes], at: datetime) -> Answer:
    """Takes a batch of a till's events: every one is stored once, in an event or an exception.

    One event that cannot be read or applied never holds up the others. Sending the same again
    is answered the same and changes nothing (invariant 10).
    """
    answer = Answer()
    events: dict[str, tuple[int, Event, bytes]] = {}
    with transaction.atomic():
        # One batch a shop at a time: the order of posting is the order of commits.
        Fund.objects.select_for_update().get(pk=device.shop.fund_id)
        for index, body in enumerate(raw):
            try:
                event = _for(device, read_event(body))
            except Unreadable as fault:
                _keep_unreadable(device, index, body, fault, answer, at)
                continue
            events.setdefault(event.hash, (index, event, body))
            answer.acknowledged.append(event.hash)
        stored, clashes = _store(device, list(events.values()), at)
        answer.new = len(stored)
        hashes = {item.id: item.event.hash for item in stored}
        for found in clashes + apply(device.shop, stored, at=at):
            hash_ = hashes[found.event_id]
            answer.exceptions.append(Refusal(events[hash_][0], hash_, found.code, found.words))
        if stored:
            _apply_waiting(device.shop, at=at)
        answer.new_epoch = _is_shared(device, [event for _index, event, _body in events.values()])
    return answer


def _is_shared(device: Device, events: Sequence[Event]) -> bool:
    """Whether the newest of these epochs has a clash of numbers, now or at any time before."""
    newest = max((event.epoch for event in events), default=0)
    clashes = EventException.objects.filter(device=device, code=CLASH, event__epoch=newest)
    return clashes.exists()


def _for(device: Device, event: Event) -> Event:
    if event.device != device.code or event.shop != device.shop.code:
        raise Unreadable(
            "other-till",
            f"The event is of till {event.device} in shop {event.shop}, but {device.code} of "
            f"{device.shop.code} sent it.",
        )
    return event


def _keep_unreadable(
    device: Device, index: int, body: bytes, fault: Unreadable, answer: Answer, at: datetime
) -> None:
    fingerprint = hashlib.sha256(body).digest()
    EventException.objects.get_or_create(
        fingerprint=fingerprint,
        code=fault.code,
        defaults={"device": device, "raw": body, "words": str(fault)[:500], "raised_at": at},
    )
    answer.exceptions.append(Refusal(index, fingerprint.hex(), fault.code, str(fault)))


def _store(
    device: Device, events: Sequence[tuple[int, Event, bytes]], at: datetime
) -> tuple[list[Stored], list[Fault]]:
    known: set[bytes] = set()
    hashes = [bytes.fromhex(event.hash) for _index, event, _body in events]
    for start in range(0, len(hashes), CHUNK):
        known.update(
            bytes(hash_)
            for hash_ in TillEvent.objects.filter(
                hash__in=hashes[start : start + CHUNK]
            ).values_list("hash", flat=True)
        )
    fresh = [(e, body) for _index, e, body in events if bytes.fromhex(e.hash) not in known]
    if not fresh:
        return [], []
    fresh.sort(key=lambda pair: (pair[0].epoch, pair[0].seq))
    taken = _numbers_taken(device, [event for event, _body in fresh])
    ids = rows.reserve_ids(TillEvent, len(fresh))
    rows.insert(
        TillEvent,
        (
            "id", "device_id", "epoch", "seq", "nonce", "prev_hash", "hash", "kind",
            "business_date", "body", "received_at",
        ),
        [
            (
                id_, device.pk, e.epoch, e.seq, bytes.fromhex(e.nonce), bytes.fromhex(e.prev),
                bytes.fromhex(e.hash), e.payload.__struct_config__.tag, e.business_date, body, at,
            )
            for id_, (e, body) in zip(ids, fresh, strict=True)
        ],
    )  # fmt: skip
    stored = [Stored(id_, device, event) for id_, (event, _b) in zip(ids, fresh, strict=True)]
    return stored, _flag_clashes(stored, taken, at)


def _numbers_taken(device: Device, events: Sequence[Event]) -> set[tuple[int, int]]:
    """Which (epoch, seq) of these another event of the device holds already."""
    spans: dict[int, list[int]] = {}
    for event in events:
        spans.setdefault(event.epoch, []).append(event.seq)
    return {
        number
        for epoch, seqs in spans.items()
        for number in TillEvent.objects.filter(
            device=device, epoch=epoch, seq__gte=min(seqs), seq__lte=max(seqs)
        ).values_list("epoch", "seq")
    }


def _flag_clashes(
    stored: Sequence[Stored], taken: set[tuple[int, int]], at: datetime
) -> list[Fault]:
    seen = set(taken)
    clashes = []
    for item in stored:
        number = (item.event.epoch, item.event.seq)
        if number in seen:
            words = (
                f"Till {item.event.device} used the number {number[0]}-{number[1]} twice: a cloned "
                "profile or a restored disk. Both are kept; the till begins a new epoch by itself."
            )
            clashes.append(Fault(item.id, CLASH, words, applied=True))
            _raise(item, clashes[-1], at)
        seen.add(number)
    return clashes


def _raise(item: Stored, fault: Fault, at: datetime) -> None:
    EventException.objects.get_or_create(
        fingerprint=bytes.fromhex(item.event.hash),
        code=fault.code,
        defaults={
            "event_id": item.id,
            "device": item.device,
            "words": fault.words[:500],
            "waits_for": bytes.fromhex(fault.waits_for) if fault.waits_for else None,
            "waits_for_label": fault.waits_for_label,
            "applied": fault.applied,
            "raised_at": at,
        },
    )


def apply(
    shop: Shop, stored: Sequence[Stored], *, at: datetime, by: Party | None = None
) -> list[Fault]:
    """Applies events in one go; where one of them breaks the go, by halves until it is found.

    `by`: the person who has what had waited applied.
    """
    if not stored:
        return []
    try:
        # What is stored of a fault is in one language, whoever sends or looks.
        with transaction.atomic(), override("en"):
            faults = _apply_all(shop, stored, at=at, by=by)
    except Exception as error:  # a completed sale is a fact: whatever breaks, it is kept
        shop.fund.refresh_from_db()
        if len(stored) > 1:
            middle = len(stored) // 2
            halves = stored[:middle], stored[middle:]
            return [fault for half in halves for fault in apply(shop, half, at=at, by=by)]
        if not isinstance(error, AyilError):
            log.exception("event %s could not be applied", stored[0].event.hash)
        faults = [Fault(stored[0].id, "not-applied", f"It could not be applied: {error}")]
    by_id = {item.id: item for item in stored}
    for fault in faults:
        _raise(by_id[fault.event_id], fault, at)
    return faults


def _apply_all(
    shop: Shop, stored: Sequence[Stored], *, at: datetime, by: Party | None
) -> list[Fault]:
    sales = [s for s in stored if isinstance(s.event.payload, SalePayload | RefundPayload)]
    intakes = [s for s in stored if isinstance(s.event.payload, IntakePayload)]
    closed = closed_shifts(stored)
    # First the goods, then their sale: the till sold under labels that it made itself.
    faults = post_intakes(shop, intakes, at=at, by=by)
    faults += post_sales(shop, sales, at=at)
    for item in stored:
        if not isinstance(item.event.payload, SalePayload | RefundPayload):
            faults += post_drawer_event(item, at=at)
    faults += post_numbers(stored, at=at)
    failed = {fault.event_id for fault in faults if not fault.applied}
    applied = [item for item in stored if item.id not in failed]
    queue_sales(shop, [item for item in sales if item.id not in failed], at=at)
    for item in applied if closed else ():
        put_right(item, closed, at=at)
    rows.insert(Application, ("event_id", "applied_at"), [(item.id, at) for item in applied])
    return faults


def _apply_waiting(shop: Shop, *, at: datetime) -> None:
    """Refunds that came before their sale, and sales before their goods were taken in, are applied
    when these come; what one of them brings may be what another waits for.

    An exception names the first sale or label that was missing; where several are, it is looked
    at again with every batch once that one has come, until the last of them is there.
    """
    sold = Sale.objects.filter(event__hash=OuterRef("waits_for"))
    booked = Lot.objects.filter(shop=shop, label=OuterRef("waits_for_label"))
    waiting = EventException.objects.filter(device__shop=shop, clearing__isnull=True).filter(
        (Q(waits_for__isnull=False) & Exists(sold)) | (~Q(waits_for_label="") & Exists(booked))
    )
    applied = True
    while applied:
        applied = False
        for exception in waiting.select_related("event", "device"):
            note = "The sale it waited for came." if exception.waits_for else "The goods came."
            cleared = _apply_again(exception, by=None, note=note, at=at)
            applied = applied or cleared is not None


def clear_exception(
    *, exception: EventException, by: Party, note: str, at: datetime
) -> ExceptionClearing:
    """A person says what became of it; an event that was not applied is applied now, or the
    clearing is refused with the reason that still stands."""
    if not note.strip():
        raise AyilError(_("Say in a few words what became of it."))
    shop = exception.device.shop
    require(by, Right.CLEAR_EXCEPTION, on=local_date(at, ZoneInfo(shop.time_zone)), shop=shop)
    with transaction.atomic():
        Fund.objects.select_for_update().get(pk=shop.fund_id)
        if exception.applied or exception.event is None:
            return ExceptionClearing.objects.create(exception=exception, by=by, note=note, at=at)
        clearing = _apply_again(exception, by=by, note=note, at=at)
        if clearing is None:
            raise AyilError(
                _("It still cannot be applied. %(why)s") % {"why": exception.explanation}
            )
        _apply_waiting(shop, at=at)
        return clearing


def clear_as(
    *, exception: EventException, meant: Mapping[str, str], by: Party, note: str, at: datetime
) -> ExceptionClearing:
    """A person says which labels were meant by those that no lot has, and the event is posted.

    `meant`: by the label that came the label of a lot of the shop, whose owner is paid for it.
    """
    shop, event = exception.device.shop, exception.event
    if event is None or not exception.waits_for_label:
        raise AyilError(_("This record waits for no label, so none can be said for it."))
    lots = {lot.label: lot for lot in Lot.objects.filter(shop=shop, label__in=meant.values())}
    for label in meant.values():
        if label not in lots:
            raise AyilError(_("No lot of this shop has the label %(label)s.") % {"label": label})
    with transaction.atomic():
        for came, label in meant.items():
            LabelMeant.objects.create(event=event, label=came, lot=lots[label], by=by, at=at)
        return clear_exception(exception=exception, by=by, note=note, at=at)


def _apply_again(
    exception: EventException, *, by: Party | None, note: str, at: datetime
) -> ExceptionClearing | None:
    if exception.event is None:
        return None
    if not Application.objects.filter(event=exception.event).exists():
        item = Stored(exception.event.pk, exception.device, read_event(bytes(exception.event.body)))
        faults = apply(exception.device.shop, [item], at=at, by=by)
        if any(not fault.applied for fault in faults):
            return None
    return ExceptionClearing.objects.create(exception=exception, by=by, note=note, at=at)
