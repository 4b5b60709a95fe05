"""The events of a till's log: what a till may say, and how what it says is identified.

Decoding is strict: unknown fields, loose types ("5", 5.0, true as a quantity), naive times and
absurd sizes are refused, one event at a time. The hash is taken over the JSON object as it was
sent, so that a till in any language computes the same.
"""

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from ayil.kit.canonical import digest
from ayil.kit.errors import AyilError
from ayil.shop.payloads import (
    Hex32,
    Hex64,
    Name,
    Number,
    Payload,
    RefundPayload,
    SalePayload,
    Strict,
)

GENESIS = "0" * 64
MAX_EVENT_BYTES = 512 * 1024
_DOMAIN = "ayil/event/1"


class Event(Strict):
    """`wall` is the till's clock as it stood; `offset_ms` what the server's was ahead of it when
    the two last spoke, and None where they never did."""

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
    offset_ms: Annotated[int, Meta(ge=-(10**13), le=10**13)] | None = None

    @property
    def happened_at(self) -> datetime:
        """The till's time, put right by what it knew of the server's clock."""
        try:
            return self.wall + timedelta(milliseconds=self.offset_ms or 0)
        except OverflowError:
            return self.wall


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


def visitor_of(event: Event) -> tuple[str, str]:
    """Where the buyer is from and what they speak, as the clerk tapped it; empty where not."""
    payload = event.payload
    if not isinstance(payload, SalePayload) or payload.visitor is None:
        return "", ""
    return payload.visitor.origin, payload.visitor.language


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
