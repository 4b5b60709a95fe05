"""Rebuilds from the raw log alone what its events must have come to, in any order."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ayil.consignment.accounts import CLEARING, COMMISSION, LOSSES, ROUNDING, tender_code
from ayil.kit.money import part_of
from ayil.shop.events import Event, LineRefunded, LineSold, RefundPayload, SalePayload
from ayil.shop.rules import split_sale


class LotTerms(NamedTuple):
    """What the log does not say and the lot has frozen."""

    lot_id: int
    payable: str
    commission_bp: int


@dataclass
class Rebuilt:
    """Sums over the log: units sold by lot (net), money by account code (credits less debits of
    sales alone), receipts and gross by day."""

    units: Counter[int] = field(default_factory=Counter)
    money: Counter[str] = field(default_factory=Counter)
    receipts: Counter[str] = field(default_factory=Counter)
    gross: Counter[str] = field(default_factory=Counter)


def rebuild(events: Iterable[Event], lots: dict[str, LotTerms]) -> Rebuilt:
    """`events` are the applied ones, in whatever order; every label must be in `lots`."""
    sums = Rebuilt()
    sold: dict[tuple[str, int], tuple[int, int]] = {}
    back: dict[tuple[str, int], list[int]] = defaultdict(list)
    payable: dict[tuple[str, int], str] = {}
    for event in events:
        payload = event.payload
        if not isinstance(payload, SalePayload | RefundPayload):
            continue
        sign = -1 if isinstance(payload, RefundPayload) else 1
        day = event.business_date.isoformat()
        sums.receipts[day] += sign > 0
        lines: Sequence[LineSold | LineRefunded] = payload.lines
        for number, line in enumerate(lines, 1):
            terms = lots[line.label]
            sums.units[terms.lot_id] += sign * line.quantity
            sums.gross[day] += sign * line.gross
            if isinstance(line, LineRefunded) and line.sale is not None:
                key = (line.sale, line.line or 0)
                back[key].append(line.gross)
                payable[key] = terms.payable
                continue
            split = split_sale(sign * line.gross, terms.commission_bp)
            sums.money[terms.payable] += split.share_minor
            sums.money[COMMISSION] += split.commission_minor
            if sign > 0:
                sold[event.hash, number] = (split.gross_minor, split.share_minor)
        sums.money[ROUNDING] += sign * payload.rounding
        for tender in payload.tenders:
            sums.money[tender_code(tender.kind, event.device)] -= sign * tender.amount
    _take_back(sums, sold, back, payable)
    sums.money[CLEARING] = 0
    return sums


def _take_back(
    sums: Rebuilt,
    sold: dict[tuple[str, int], tuple[int, int]],
    back: dict[tuple[str, int], list[int]],
    payable: dict[tuple[str, int], str],
) -> None:
    """All refunds of a line at once: what is cut cumulatively ends the same in any order."""
    for key, amounts in back.items():
        gross, share = sold[key]
        total = sum(amounts)
        within = min(total, gross)
        share_back = part_of(share, within, gross) if gross else 0
        sums.money[payable[key]] -= share_back
        sums.money[COMMISSION] -= within - share_back
        sums.money[LOSSES] -= total - within
