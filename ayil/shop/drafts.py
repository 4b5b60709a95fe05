"""From an event to what is to be written for it: what it points to, its lines, its transfers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.db.models import Sum

from ayil.consignment.accounts import (
    CLEARING,
    COMMISSION,
    FEES,
    LOSSES,
    ROUNDING,
    ShopAccounts,
    tender_code,
)
from ayil.consignment.models import ConsignorAccount, Lot
from ayil.ledger.actions import ref
from ayil.ledger.rules import AccountRef, TransferRequest
from ayil.members.models import Shop
from ayil.shop.events import Event, arithmetic_fault, sale_of
from ayil.shop.models import Device, LabelMeant, Sale, SaleKind, SaleLine
from ayil.shop.payloads import LineRefunded, LineSold, RefundPayload
from ayil.shop.rules import Original, Split, split_refund, split_sale

CHUNK = 5000
_T = TypeVar("_T")


class Stored(NamedTuple):
    """An event with the row that holds it."""

    id: int
    device: Device
    event: Event


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an event needs a person. `applied`: it was posted all the same, and is odd."""

    event_id: int
    code: str
    words: str
    applied: bool = False
    waits_for: str | None = None
    waits_for_label: str = ""


class Terms(NamedTuple):
    label: str
    lot_id: int
    variant_id: int
    consignor_id: int
    commission_bp: int
    fees_bp: int
    payable: AccountRef


_Key = tuple[str, int]


@dataclass(slots=True)
class Known:
    """What a batch points to, read in as many queries as there are tables."""

    terms: dict[str, Terms]
    meant: dict[tuple[int, str], Terms]  # by event, where a person said what its label means
    originals: dict[_Key, Original]
    posted: frozenset[str]  # the events among them that are posted

    def terms_of(self, item: Stored, label: str) -> Terms | None:
        return self.terms.get(label) or self.meant.get((item.id, label))


def read_known(shop: Shop, stored: Sequence[Stored]) -> Known:
    named = {
        line.sale
        for s in stored
        for line in sale_of(s.event).lines
        if isinstance(line, LineRefunded) and line.sale
    }
    posted = frozenset(
        bytes(hash_).hex()
        for chunk in chunks(sorted(named))
        for hash_ in Sale.objects.filter(
            event__hash__in=[bytes.fromhex(name) for name in chunk]
        ).values_list("event__hash", flat=True)
    )
    labels = {line.label for s in stored for line in sale_of(s.event).lines}
    by_label = _lots(shop, "label", sorted(labels))
    meant = _meant(stored) if labels - by_label.keys() else {}
    by_id = _lots(shop, "id", sorted(set(meant.values())))
    payable = _payable(shop, {lot[3] for lot in [*by_label.values(), *by_id.values()]})
    return Known(
        terms={label: Terms(*lot, payable[lot[3]]) for label, lot in by_label.items()},
        meant={key: Terms(*by_id[lot], payable[by_id[lot][3]]) for key, lot in meant.items()},
        originals=_originals(posted),
        posted=posted,
    )


_Lot = tuple[str, int, int, int, int, int]


def _lots(shop: Shop, by: str, keys: Sequence[str] | Sequence[int]) -> dict[Any, _Lot]:
    """Label, id, variant, consignor, commission and fees of the shop's lots, by label or id."""
    columns = ("label", "id", "variant_id", "consignor_id", "commission_bp", "fees_bp")
    return {
        lot[columns.index(by)]: lot
        for chunk in chunks(keys)
        for lot in Lot.objects.filter(shop=shop, **{f"{by}__in": chunk}).values_list(*columns)
    }


def _meant(stored: Sequence[Stored]) -> dict[tuple[int, str], int]:
    """The lots that a person said these events meant, by event and label."""
    return {
        (event_id, label): lot_id
        for chunk in chunks([item.id for item in stored])
        for event_id, label, lot_id in LabelMeant.objects.filter(event__in=chunk).values_list(
            "event_id", "label", "lot_id"
        )
    }


def _payable(shop: Shop, consignors: Collection[int]) -> dict[int, AccountRef]:
    return {
        found.consignor_id: ref(found.account)
        for chunk in chunks(sorted(consignors))
        for found in ConsignorAccount.objects.filter(
            shop=shop, consignor_id__in=chunk
        ).select_related("account__fund")
    }


def _originals(wanted: Collection[str]) -> dict[_Key, Original]:
    found: dict[_Key, Original] = {}
    for chunk in chunks(sorted(wanted)):
        lines = (
            SaleLine.objects.filter(
                sale__event__hash__in=[bytes.fromhex(hash_) for hash_ in chunk],
                sale__kind=SaleKind.SALE,
            )
            .annotate(back_units=Sum("refunds__quantity"), back_minor=Sum("refunds__gross_minor"))
            .select_related("sale__event", "lot")
        )
        for line in lines:
            key = (bytes(line.sale.event.hash).hex(), line.number)
            found[key] = Original(
                line_id=line.pk,
                label=line.lot.label,
                quantity=line.quantity,
                gross_minor=line.gross_minor,
                share_minor=line.share_minor,
                refunded_units=-(line.back_units or 0),
                refunded_minor=-(line.back_minor or 0),
                fees_minor=line.fees_minor,
            )
    return found


def unpostable(item: Stored, known: Known) -> Fault | None:
    """Only what points to a lot or a sale that is not there yet waits; all else is posted."""
    payload = sale_of(item.event)
    for line in payload.lines:
        if known.terms_of(item, line.label) is None:
            return Fault(
                item.id,
                "unknown-label",
                f"Receipt {payload.receipt}: no lot has the label {line.label}. "
                "It is applied as soon as the goods are taken in under it.",
                waits_for_label=line.label,
            )
        if isinstance(line, LineRefunded) and line.sale and line.sale not in known.posted:
            return Fault(
                item.id,
                "waits-for-sale",
                f"Refund {payload.receipt} names a sale that has not come yet. "
                "It is applied as soon as that sale comes.",
                waits_for=line.sale,
            )
    return None


@dataclass(slots=True)
class DraftLine:
    number: int
    terms: Terms
    quantity: int
    unit_price_minor: int
    split: Split
    refund_of: int | None


@dataclass(slots=True)
class Draft:
    """One sale, worked out and not yet written."""

    item: Stored
    kind: SaleKind
    lines: list[DraftLine]
    tenders: list[tuple[str, int]]
    rounding_minor: int
    requests: list[TransferRequest]
    faults: list[Fault]

    @property
    def gross_minor(self) -> int:
        return sum(line.split.gross_minor for line in self.lines)


def draft_of(item: Stored, known: Known, accounts: ShopAccounts) -> Draft:
    payload = sale_of(item.event)
    refund = isinstance(payload, RefundPayload)
    sign = -1 if refund else 1
    words = arithmetic_fault(payload)
    faults = [Fault(item.id, "does-not-add-up", words, applied=True)] if words else []
    given: Sequence[LineSold | LineRefunded] = payload.lines
    lines = [_line(item, number, line, known, faults) for number, line in enumerate(given, 1)]
    totals: dict[str, int] = defaultdict(int)
    for tender in payload.tenders:
        totals[tender.kind] += sign * tender.amount
    draft = Draft(
        item=item,
        kind=SaleKind.REFUND if refund else SaleKind.SALE,
        lines=lines,
        tenders=sorted(totals.items()),
        # What was paid is a fact; where it is not what the lines say, the shop bears or keeps it.
        rounding_minor=sum(totals.values()) - sum(line.split.gross_minor for line in lines),
        requests=[],
        faults=faults,
    )
    draft.requests = list(_requests(draft, accounts))
    return draft


def _line(
    item: Stored,
    number: int,
    line: LineSold | LineRefunded,
    known: Known,
    faults: list[Fault],
) -> DraftLine:
    terms = known.terms_of(item, line.label)
    if terms is None:
        raise TypeError(f"event {item.event.hash} was not looked at before it was drafted")
    if not isinstance(line, LineRefunded):
        split = split_sale(line.gross, terms.commission_bp, terms.fees_bp)
        return DraftLine(number, terms, line.quantity, line.unit_price, split, None)
    key = (line.sale or "", line.line or 0)
    original = known.originals.get(key)
    if original is None or original.label != terms.label:
        if line.sale:
            words = (
                f"Receipt {sale_of(item.event).receipt} brings back {line.label}, but line "
                f"{line.line} of the sale that it names is something else. It was taken back at "
                "the lot's own commission. Look at both receipts."
            )
            faults.append(Fault(item.id, "other-goods", words, applied=True))
        split = split_sale(-line.gross, terms.commission_bp, terms.fees_bp)
        return DraftLine(number, terms, -line.quantity, line.unit_price, split, None)
    split = split_refund(original, line.gross)
    known.originals[key] = after = original.less(line.quantity, line.gross)
    if after.over:
        faults.append(
            Fault(
                item.id,
                "over-refund",
                f"More came back than line {line.line} of the sale was: {after.refunded_units} of "
                f"{after.quantity}. The shop bears what is above. Ask both tills' clerks.",
                applied=True,
            )
        )
    return DraftLine(number, terms, -line.quantity, line.unit_price, split, original.line_id)


def _requests(draft: Draft, accounts: ShopAccounts) -> Iterable[TransferRequest]:
    """Each line's share to its owner, one transfer each for commission, fees, loss and rounding,
    and one for each tender; the clearing account ends where it began."""
    event, device = draft.item.event, draft.item.device
    stem = f"{device.code}.{event.epoch}.{event.seq:010d}.{event.hash[:12]}"
    document, actor, clearing = f"event:{event.hash}", f"till:{device.code}", accounts[CLEARING]

    def move(name: str, kind: str, account: AccountRef, amount: int) -> TransferRequest:
        """Above zero: from clearing into the account's credit; below: back."""
        debit, credit = (clearing, account) if amount > 0 else (account, clearing)
        return TransferRequest(
            key=f"{stem}/{name}",
            debit=debit,
            credit=credit,
            amount_minor=abs(amount),
            date=event.business_date,
            kind=kind,
            document=document,
            actor=actor,
        )

    for line in draft.lines:
        if line.split.share_minor:
            yield move(
                f"{line.number:04d}", "sale-share", line.terms.payable, line.split.share_minor
            )
    commission = sum(line.split.commission_minor for line in draft.lines)
    if commission:
        yield move("commission", "sale-commission", accounts[COMMISSION], commission)
    fees = sum(line.split.fees_minor for line in draft.lines)
    if fees:
        yield move("fees", "sale-fees", accounts[FEES], fees)
    loss = sum(line.split.loss_minor for line in draft.lines)
    if loss:
        yield move("loss", "over-refund", accounts[LOSSES], loss)
    if draft.rounding_minor:
        yield move("rounding", "rounding", accounts[ROUNDING], draft.rounding_minor)
    for kind, amount in draft.tenders:
        if amount:
            yield move(
                f"tender-{kind}", "tender", accounts[tender_code(kind, device.code)], -amount
            )


def chunks(items: Sequence[_T]) -> Iterable[Sequence[_T]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
