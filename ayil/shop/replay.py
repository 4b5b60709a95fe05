"""Rebuilds from the raw log alone what its events must have come to, in any order."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ayil.consignment.accounts import CLEARING, COMMISSION, FEES, LOSSES, ROUNDING, tender_code
from ayil.kit.money import part_of
from ayil.shop.events import Event
from ayil.shop.payloads import LineRefunded, LineSold, RefundPayload, SalePayload
from ayil.shop.rules import Split, split_sale


class LotTerms(NamedTuple):
    """What the log does not say and the lot has frozen."""

    lot_id: int
    payable: str
    commission_bp: int
    fees_bp: int = 0


class _Sold(NamedTuple):
    lot_id: int
    gross_minor: int
    share_minor: int
    fees_minor: int


class _Back(NamedTuple):
    gross_minor: int
    terms: LotTerms


_Key = tuple[str, int]


@dataclass
class Rebuilt:
    """Sums over the log: units sold by lot (net), money by account code (credits less debits of
    sales alone), receipts and gross by day."""

    units: Counter[int] = field(default_factory=Counter)
    money: Counter[str] = field(default_factory=Counter)
    receipts: Counter[str] = field(default_factory=Counter)
    gross: Counter[str] = field(default_factory=Counter)


def rebuild(
    events: Iterable[Event],
    lots: Mapping[str, LotTerms],
    meant: Mapping[tuple[str, str], LotTerms] | None = None,
) -> Rebuilt:
    """`events` are the applied ones, in whatever order; every label must be in `lots`, or under
    its event's hash in `meant`, where a person said which lot it is."""
    meant = meant or {}
    sums = Rebuilt()
    sold: dict[_Key, _Sold] = {}
    back: dict[_Key, list[_Back]] = defaultdict(list)
    for event in events:
        payload = event.payload
        if not isinstance(payload, SalePayload | RefundPayload):
            continue
        sign = -1 if isinstance(payload, RefundPayload) else 1
        day = event.business_date.isoformat()
        sums.receipts[day] += sign > 0
        lines: Sequence[LineSold | LineRefunded] = payload.lines
        for number, line in enumerate(lines, 1):
            terms = meant.get((event.hash, line.label)) or lots[line.label]
            sums.units[terms.lot_id] += sign * line.quantity
            sums.gross[day] += sign * line.gross
            sums.money[ROUNDING] -= sign * line.gross
            if isinstance(line, LineRefunded):
                key = (line.sale or "", line.line or 0)
                back[key].append(_Back(line.gross, terms))
                continue
            split = _add(sums, line.gross, terms)
            sold[event.hash, number] = _Sold(
                terms.lot_id, split.gross_minor, split.share_minor, split.fees_minor
            )
        for tender in payload.tenders:
            sums.money[ROUNDING] += sign * tender.amount
            sums.money[tender_code(tender.kind, event.device)] -= sign * tender.amount
    for key, refunds in back.items():
        _take_back(sums, sold.get(key), refunds)
    sums.money[CLEARING] = 0
    return sums


def _add(sums: Rebuilt, gross_minor: int, terms: LotTerms) -> Split:
    split = split_sale(gross_minor, terms.commission_bp, terms.fees_bp)
    sums.money[terms.payable] += split.share_minor
    sums.money[COMMISSION] += split.commission_minor
    sums.money[FEES] += split.fees_minor
    return split


def _take_back(sums: Rebuilt, sold: _Sold | None, refunds: Iterable[_Back]) -> None:
    """All refunds of a line at once: what is cut cumulatively ends the same in any order.

    Refunds of no line that was sold, or of other goods than it was, go by their lot's terms.
    """
    total = 0
    for back in refunds:
        if sold is None or back.terms.lot_id != sold.lot_id:
            _add(sums, -back.gross_minor, back.terms)
            continue
        within = min(total + back.gross_minor, sold.gross_minor) - min(total, sold.gross_minor)
        share, fees = (
            _upto(whole, sold, total + back.gross_minor) - _upto(whole, sold, total)
            for whole in (sold.share_minor, sold.fees_minor)
        )
        total += back.gross_minor
        sums.money[back.terms.payable] -= share
        sums.money[FEES] -= fees
        sums.money[COMMISSION] -= within - share - fees
        sums.money[LOSSES] -= back.gross_minor - within


def _upto(whole_minor: int, sold: _Sold, gross_minor: int) -> int:
    if not sold.gross_minor:
        return 0
    return part_of(whole_minor, min(gross_minor, sold.gross_minor), sold.gross_minor)
