"""From the till's events to sales, stock and money: one transaction, one statement a table.

`post_sales` takes what is stored already and returns what could not be posted; it never refuses
a sale for its content, only for what it points to and cannot be found.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection

from ayil.consignment.accounts import ShopAccounts
from ayil.consignment.models import LotBalance, Movement, MovementKind
from ayil.kit import rows
from ayil.ledger.actions import post
from ayil.members.models import Shop
from ayil.shop.drafts import (
    Draft,
    Fault,
    Stored,
    draft_of,
    read_known,
    unpostable,
)
from ayil.shop.events import names_sale, sale_of, visitor_of
from ayil.shop.limits import beyond_limits
from ayil.shop.models import Sale, SaleKind, SaleLine, Tender


class LinePosted(NamedTuple):
    """What followers of the posting are told of each line; refunds are negative."""

    date: date
    variant_id: int
    consignor_id: int
    quantity: int
    gross_minor: int
    share_minor: int
    commission_minor: int


Follower = Callable[[Shop, Sequence[LinePosted], dict[date, int]], None]
followers: list[Follower] = []
"""Called in the posting transaction with the shop, its new lines and receipts by day.

Figures stand above the shop and keep their rollups here, in the same transaction.
"""


def post_sales(shop: Shop, stored: Sequence[Stored], *, at: datetime) -> list[Fault]:
    """Posts sales and refunds in their order; call inside a transaction that holds the fund.

    Refunds that name a sale are posted after the sales of the same batch.
    """
    linked = [s for s in stored if names_sale(s.event)]
    plain = [s for s in stored if not names_sale(s.event)]
    faults = _post(shop, plain, at=at) if plain else []
    return faults + (_post(shop, linked, at=at) if linked else [])


def _post(shop: Shop, stored: Sequence[Stored], *, at: datetime) -> list[Fault]:
    known = read_known(shop, stored)
    accounts = ShopAccounts(shop)
    faults: list[Fault] = []
    drafts: list[Draft] = []
    for item in stored:
        fault = unpostable(item, known)
        if fault is not None:
            faults.append(fault)
            continue
        draft = draft_of(item, known, accounts)
        drafts.append(draft)
        faults.extend(draft.faults)
    if drafts:
        _write(shop, drafts, at=at)
        faults += beyond_limits(shop, [draft.item for draft in drafts], at=at)
    return faults


def _write(shop: Shop, drafts: Sequence[Draft], *, at: datetime) -> None:
    posted = post([request for draft in drafts for request in draft.requests], at=at)
    shop.fund.refresh_from_db(fields=["last_seq", "head_hash"])
    seqs = _seqs(drafts, [p.seq for p in posted], shop.fund.last_seq)
    sale_ids = rows.reserve_ids(Sale, len(drafts))
    rows.insert(
        Sale,
        (
            "id", "event_id", "shop_id", "kind", "receipt", "date", "sold_at", "shift",
            "gross_minor", "rounding_minor", "visitor_origin", "visitor_language", "seq",
        ),
        [
            (
                sale_id, draft.item.id, shop.pk, draft.kind.value, sale_of(event).receipt,
                event.business_date, event.happened_at, event.shift, draft.gross_minor,
                draft.rounding_minor, *visitor_of(event), seq,
            )
            for sale_id, draft, seq in zip(sale_ids, drafts, seqs, strict=True)
            for event in (draft.item.event,)
        ],
    )  # fmt: skip
    _write_lines(sale_ids, drafts)
    _write_tenders(sale_ids, drafts)
    _move_lots(drafts)
    told = [
        LinePosted(
            draft.item.event.business_date,
            line.terms.variant_id,
            line.terms.consignor_id,
            line.quantity,
            line.split.gross_minor,
            line.split.share_minor,
            line.split.commission_minor,
        )
        for draft in drafts
        for line in draft.lines
    ]
    receipts: dict[date, int] = defaultdict(int)
    for draft in drafts:
        receipts[draft.item.event.business_date] += draft.kind == SaleKind.SALE
    for follower in followers:
        follower(shop, told, receipts)


def _seqs(drafts: Sequence[Draft], posted: Sequence[int], end: int) -> list[int]:
    """Each sale's place in the posting order: its last transfer's, or the next one's where it
    moved no money."""
    seqs, done = [], 0
    last = (posted[0] if posted else end + 1) - 1
    for draft in drafts:
        if draft.requests:
            done += len(draft.requests)
            last = posted[done - 1]
            seqs.append(last)
        else:
            seqs.append(last + 1)
    return seqs


def _write_lines(sale_ids: Sequence[int], drafts: Sequence[Draft]) -> None:
    pairs = [(i, line) for i, draft in zip(sale_ids, drafts, strict=True) for line in draft.lines]
    ids = rows.reserve_ids(SaleLine, len(pairs))
    rows.insert(
        SaleLine,
        (
            "id", "sale_id", "number", "lot_id", "quantity", "unit_price_minor", "gross_minor",
            "share_minor", "commission_minor", "fees_minor", "loss_minor", "refund_of_id",
        ),
        [
            (
                id_, sale_id, line.number, line.terms.lot_id, line.quantity,
                line.unit_price_minor, line.split.gross_minor, line.split.share_minor,
                line.split.commission_minor, line.split.fees_minor, line.split.loss_minor,
                line.refund_of,
            )
            for id_, (sale_id, line) in zip(ids, pairs, strict=True)
        ],
    )  # fmt: skip


def _write_tenders(sale_ids: Sequence[int], drafts: Sequence[Draft]) -> None:
    table = [
        (sale_id, kind, amount)
        for sale_id, draft in zip(sale_ids, drafts, strict=True)
        for kind, amount in draft.tenders
    ]
    rows.insert(Tender, ("sale_id", "kind", "amount_minor"), table)


def _move_lots(drafts: Sequence[Draft]) -> None:
    sold: dict[int, int] = defaultdict(int)
    movements = []
    for draft in drafts:
        kind = MovementKind.SOLD if draft.kind == SaleKind.SALE else MovementKind.REFUNDED
        document = f"event:{draft.item.event.hash}"
        for line in draft.lines:
            sold[line.terms.lot_id] += line.quantity
            movements.append(
                (
                    line.terms.lot_id,
                    kind.value,
                    -line.quantity,
                    draft.item.event.business_date,
                    document,
                )
            )
    rows.insert(Movement, ("lot_id", "kind", "quantity", "date", "document"), movements)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {LotBalance._meta.db_table} "  # noqa: S608 - our own name
            "SET sold = sold + %s, on_shelf = on_shelf - %s WHERE lot_id = %s",
            [(units, units, lot_id) for lot_id, units in sorted(sold.items()) if units],
        )
