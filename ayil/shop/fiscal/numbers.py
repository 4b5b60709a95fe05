"""The numbers themselves: from the till's log, from the network, from a person.

Every number that came is kept. What is odd about it (given twice, given to nothing) is told to a
person; nothing of the sale changes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from ayil.members.models import Party, Shop
from ayil.shop.drafts import Fault, Stored
from ayil.shop.models import FiscalNumber, TillEvent
from ayil.shop.payloads import FiscalPayload


def post_numbers(stored: Sequence[Stored], *, at: datetime) -> list[Fault]:
    """Keeps the numbers that came with a till's log; what is odd about them as faults that were
    applied."""
    faults: list[Fault] = []
    for item in stored:
        payload = item.event.payload
        if not isinstance(payload, FiscalPayload):
            continue
        sale = bytes.fromhex(payload.sale)
        shop = item.device.shop
        faults += (
            Fault(item.id, code, words, applied=True)
            for code, words in oddities(shop, sale, item.device.code, payload.number)
        )
        FiscalNumber.objects.create(
            shop=shop,
            sale=sale,
            register=item.device.code,
            number=payload.number,
            event_id=item.id,
            at=at,
        )
    return faults


def oddities(shop: Shop, sale: bytes, register: str, number: str) -> Iterable[tuple[str, str]]:
    """Code and words for each thing that does not fit, before the number is kept."""
    events = TillEvent.objects.filter(hash=sale, kind__in=["sale", "refund"], device__shop=shop)
    if not events.exists():
        yield (
            "fiscal-no-sale",
            (
                f"The fiscal number {number} names a sale that is not here. It is kept; compare it "
                "with the receipts of the register."
            ),
        )
    kept = FiscalNumber.objects.filter(shop=shop)
    for other in kept.filter(sale=sale).exclude(number=number)[:1]:
        yield (
            "fiscal-two-numbers",
            (
                f"One receipt has two fiscal numbers: {other.number} and {number}. One of the two "
                "may have to be cancelled at the register."
            ),
        )
    if kept.filter(register=register, number=number).exclude(sale=sale).exists():
        yield (
            "fiscal-number-twice",
            (
                f"The fiscal number {number} was given to two receipts. Look which of them it is, "
                "and give the other its own."
            ),
        )


def number_of(sale: bytes) -> str:
    """The number by which a sale's event is known at the register; empty where it has none."""
    found = FiscalNumber.objects.filter(sale=sale).order_by("-id").values_list("number", flat=True)
    return found.first() or ""


def keep_number(
    *, shop: Shop, sale: bytes, register: str, number: str, by: Party | None, at: datetime
) -> FiscalNumber:
    """A number from the network, or (`by`) from a person; the same said twice is one."""
    known = FiscalNumber.objects.filter(shop=shop, sale=sale, register=register, number=number)
    return known.first() or FiscalNumber.objects.create(
        shop=shop, sale=sale, register=register, number=number, by=by, at=at
    )
