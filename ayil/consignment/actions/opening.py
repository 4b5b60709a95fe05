"""The stock of a shop that joins: many joint counts on one list, taken in by a few statements.

Each is what `declare_note` and `count_jointly` write for one delivery: a note, a line, a count by
two people, a lot whose commission and fees are frozen, and the movement that puts it on the shelf.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ayil.consignment.models import (
    Agreement,
    ConsignmentNote,
    CountSigning,
    JointCount,
    Lot,
    LotBalance,
    Movement,
    MovementKind,
    NoteLine,
)
from ayil.consignment.rules import ean13
from ayil.members.models import Party, Shop
from ayil.products.models import Variant

_AT_ONCE = 500


@dataclass(frozen=True)
class CountedGoods:
    """Goods that two people counted on the list `paper`; an empty `label`: they get a new one."""

    agreement: Agreement
    variant: Variant
    pieces: int
    label: str
    batch: str
    best_before: date | None
    on: date
    for_shop: Party
    for_owner: Party
    paper: str
    commission_bp: int
    fees_bp: int


def take_in(*, shop: Shop, goods: Sequence[CountedGoods], by: Party, at: datetime) -> None:
    """The goods as lots of the shop; what may stand in the way was looked at before.

    One note for each owner, list, day and person who counted: the list's number is its number.
    """
    with transaction.atomic():
        notes = _notes(goods, by, at)
        lines = [
            NoteLine(
                note=notes[_note_key(one)],
                variant=one.variant,
                declared=one.pieces,
                batch=one.batch,
                best_before=one.best_before,
            )
            for one in goods
        ]
        NoteLine.objects.bulk_create(lines, batch_size=_AT_ONCE)
        counts = [
            JointCount(
                line=line,
                accepted=one.pieces,
                refused=0,
                for_shop=one.for_shop,
                for_consignor=one.for_owner,
                counted_on=one.on,
                recorded_at=at,
            )
            for line, one in zip(lines, goods, strict=True)
        ]
        JointCount.objects.bulk_create(counts, batch_size=_AT_ONCE)
        _shelve(shop, goods, counts)


def _note_key(one: CountedGoods) -> tuple[int, str, date, int]:
    return one.agreement.pk, one.paper, one.on, one.for_owner.pk


def _notes(
    goods: Sequence[CountedGoods], by: Party, at: datetime
) -> dict[tuple[int, str, date, int], ConsignmentNote]:
    first = {_note_key(one): one for one in reversed(goods)}
    notes = {
        key: ConsignmentNote(
            agreement=one.agreement,
            number=one.paper,
            declared_on=one.on,
            declared_by=one.for_owner,
            typed_by=by,
        )
        for key, one in first.items()
    }
    ConsignmentNote.objects.bulk_create(notes.values(), batch_size=_AT_ONCE)
    CountSigning.objects.bulk_create(
        [
            CountSigning(
                note=note,
                party=first[key].for_owner,
                way=CountSigning.Way.PAPER,
                paper=note.number,
                by=by,
                at=at,
            )
            for key, note in notes.items()
        ],
        batch_size=_AT_ONCE,
    )
    return notes


def _shelve(shop: Shop, goods: Sequence[CountedGoods], counts: Sequence[JointCount]) -> None:
    lots = [
        Lot(
            shop=shop,
            label=one.label or ean13(count.pk),
            variant=one.variant,
            consignor_id=one.agreement.consignor_id,
            count=count,
            commission_bp=one.commission_bp,
            fees_bp=one.fees_bp,
            batch=one.batch,
            best_before=one.best_before,
            accepted_on=one.on,
        )
        for one, count in zip(goods, counts, strict=True)
    ]
    Lot.objects.bulk_create(lots, batch_size=_AT_ONCE)
    LotBalance.objects.bulk_create(
        [
            LotBalance(lot=lot, accepted=one.pieces, on_shelf=one.pieces)
            for lot, one in zip(lots, goods, strict=True)
        ],
        batch_size=_AT_ONCE,
    )
    Movement.objects.bulk_create(
        [
            Movement(
                lot=lot,
                kind=MovementKind.ACCEPTED,
                quantity=one.pieces,
                date=one.on,
                document=f"count:{count.pk}",
            )
            for lot, one, count in zip(lots, goods, counts, strict=True)
        ],
        batch_size=_AT_ONCE,
    )
