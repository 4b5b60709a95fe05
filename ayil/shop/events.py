"""The events of a till's log: what a till may say, and how what it says is identified.

Decoding is strict: unknown fields, loose types ("5", 5.0, true as a quantity), naive times and
absurd sizes are refused, one event at a time. The hash is taken over the JSON object as it was
sent, so that a till in any language computes the same.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from ayil.kit.canonical import digest
from ayil.kit.errors import AyilError

GENESIS = "0" * 64
MAX_EVENT_BYTES = 512 * 1024
_DOMAIN = "ayil/event/1"

Hex32 = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$")]
Hex64 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, Meta(min_length=1, max_length=40)]
Label = Annotated[str, Meta(min_length=1, max_length=60)]
Words = Annotated[str, Meta(max_length=200)]
Count = Annotated[int, Meta(ge=1, le=10**9)]
Minor = Annotated[int, Meta(ge=0, le=10**14)]
SignedMinor = Annotated[int, Meta(ge=-(10**14), le=10**14)]
Number = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class Strict(Struct, forbid_unknown_fields=True):
    pass


class LineSold(Strict):
    label: Label
    quantity: Count
    unit_price: Minor
    gross: Minor


class LineRefunded(Strict):
    """`sale` and `line` name the sale's event and its line (from 1), where they are known."""

    label: Label
    quantity: Count
    unit_price: Minor
    gross: Minor
    sale: Hex64 | None
    line: Annotated[int, Meta(ge=1, le=2000)] | None


class TenderGiven(Strict):
    kind: Literal["cash", "qr", "card", "bank", "other"]
    amount: Minor


class Visitor(Strict):
    origin: Annotated[str, Meta(max_length=20)]
    language: Annotated[str, Meta(max_length=10)]


class SalePayload(Strict, tag="sale", tag_field="kind"):
    receipt: Label
    lines: Annotated[list[LineSold], Meta(min_length=1, max_length=2000)]
    tenders: Annotated[list[TenderGiven], Meta(max_length=10)]
    rounding: SignedMinor
    visitor: Visitor | None


class RefundPayload(Strict, tag="refund", tag_field="kind"):
    receipt: Label
    lines: Annotated[list[LineRefunded], Meta(min_length=1, max_length=2000)]
    tenders: Annotated[list[TenderGiven], Meta(max_length=10)]
    rounding: SignedMinor
    reason: Words


class ShiftOpenedPayload(Strict, tag="shift_opened", tag_field="kind"):
    float: Minor


class ShiftClosedPayload(Strict, tag="shift_closed", tag_field="kind"):
    """`counted`: how many of each note and coin, by its value in minor units."""

    counted: Annotated[
        dict[Annotated[str, Meta(pattern=r"^[1-9][0-9]{0,8}$")], Number], Meta(max_length=40)
    ]


class CashMovedPayload(Strict, tag="cash_moved", tag_field="kind"):
    """Above zero: put into the drawer; below: taken out."""

    amount: SignedMinor
    reason: Annotated[str, Meta(min_length=1, max_length=200)]


class WishPayload(Strict, tag="wish", tag_field="kind"):
    words: Annotated[str, Meta(min_length=1, max_length=200)]


Payload = (
    SalePayload
    | RefundPayload
    | ShiftOpenedPayload
    | ShiftClosedPayload
    | CashMovedPayload
    | WishPayload
)


class Event(Strict):
    v: Literal[1]
    nonce: Hex32
    device: Name
    epoch: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    seq: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    prev: Hex64
    hash: Hex64
    shop: Name
    shift: Name
    business_date: date
    cashier: Annotated[str, Meta(max_length=40)]
    prices: Number
    wall: Annotated[datetime, Meta(tz=True)]
    mono: Number
    payload: Payload


class Unreadable(AyilError):
    """What came is not an event. `code` says why in one word, the message in a sentence."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


_event = msgspec.json.Decoder(Event)
_object = msgspec.json.Decoder(dict[str, Any])


def event_hash(content: dict[str, Any]) -> str:
    """SHA-256 over every field but `hash`, 64 hex digits. TypeError where a float hides."""
    return digest(_DOMAIN, {k: v for k, v in content.items() if k != "hash"}).hex()


def seal(content: dict[str, Any]) -> bytes:
    """The event with its hash, as JSON, ready to be sent."""
    return msgspec.json.encode({**content, "hash": event_hash(content)})


def read_event(raw: bytes) -> Event:
    """One event, checked in form and hash; raises Unreadable."""
    if len(raw) > MAX_EVENT_BYTES:
        raise Unreadable("too-large", f"An event of {len(raw)} bytes is larger than any till's.")
    try:
        event = _event.decode(raw)
        found = event_hash(_object.decode(raw))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable("malformed", f"This is not an event of a till: {error}.") from error
    except (TypeError, RecursionError, OverflowError) as error:
        raise Unreadable("malformed", f"This event cannot be hashed: {error}.") from error
    if found != event.hash:
        raise Unreadable(
            "forged-hash",
            f"The event says its hash is {event.hash[:12]}…, but it is {found[:12]}….",
        )
    return event


def names_sale(event: Event) -> bool:
    payload = event.payload
    return isinstance(payload, RefundPayload) and any(line.sale for line in payload.lines)


def sale_of(event: Event) -> SalePayload | RefundPayload:
    if not isinstance(event.payload, SalePayload | RefundPayload):
        raise TypeError(f"event {event.hash} is neither a sale nor a refund")
    return event.payload


def arithmetic_fault(payload: Payload) -> str | None:
    """What does not add up in a sale or refund, in words; None where all does."""
    if not isinstance(payload, SalePayload | RefundPayload):
        return None
    gross = sum(line.gross for line in payload.lines)
    paid = sum(tender.amount for tender in payload.tenders)
    if paid != gross + payload.rounding:
        return (
            f"Receipt {payload.receipt}: the lines come to {gross}, rounded by "
            f"{payload.rounding}, but {paid} was paid (minor units)."
        )
    return None
