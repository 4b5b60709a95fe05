"""What a till may say: one shape a kind of event. Unknown fields and loose types are refused.

A field with a default came later than the others: a till of an older version does not send it.
"""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

Hex32 = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$")]
Hex64 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, Meta(min_length=1, max_length=40)]
Label = Annotated[str, Meta(min_length=1, max_length=60)]
Words = Annotated[str, Meta(max_length=200)]
Count = Annotated[int, Meta(ge=1, le=10**9)]
Minor = Annotated[int, Meta(ge=0, le=10**14)]
SignedMinor = Annotated[int, Meta(ge=-(10**14), le=10**14)]
Number = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Worth = Annotated[str, Meta(pattern=r"^[1-9][0-9]{0,8}$")]
Pieces = Annotated[dict[Worth, Number], Meta(max_length=40)]
SignedPieces = Annotated[
    dict[Worth, Annotated[int, Meta(ge=-(10**6), le=10**6)]], Meta(max_length=40)
]


class Strict(Struct, forbid_unknown_fields=True):
    pass


class Proof(Strict):
    """That a person stood behind an event: `by` is their party's uid.

    `sealed` is base64 of RSA-OAEP over "PIN\\nuid\\nnonce of the event" (way "pin"); `strokes` are
    lines drawn by hand (way "drawn"), each x, y, x, y … in thousandths of the box's width.
    """

    by: Name
    way: Literal["pin", "drawn"]
    sealed: Annotated[str, Meta(max_length=1000)] = ""
    strokes: Annotated[
        list[Annotated[list[Annotated[int, Meta(ge=-100, le=2000)]], Meta(max_length=2000)]],
        Meta(max_length=100),
    ] = []


class LineSold(Strict):
    """`unit_price` is the owner's; `gross` is what was asked for, after `discount`."""

    label: Label
    quantity: Count
    unit_price: Minor
    gross: Minor
    discount: Minor = 0


class LineRefunded(Strict):
    """`sale` and `line` name the sale's event and its line (from 1), where they are known."""

    label: Label
    quantity: Count
    unit_price: Minor
    gross: Minor
    sale: Hex64 | None
    line: Annotated[int, Meta(ge=1, le=2000)] | None


class TenderGiven(Strict):
    """`notes`: by the worth of a note or coin in minor units, how many came into the drawer
    (above zero) or went out of it as change (below). `reference`: a terminal's slip."""

    kind: Literal["cash", "qr", "card", "bank", "other"]
    amount: Minor
    notes: SignedPieces | None = None
    reference: Annotated[str, Meta(max_length=60)] = ""


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
    approved: Proof | None = None


class ShiftOpenedPayload(Strict, tag="shift_opened", tag_field="kind"):
    """`counted`: the float by note and coin; `till`: the version of the till's programme."""

    float: Minor
    counted: Pieces | None = None
    till: Annotated[str, Meta(max_length=40)] = ""
    proof: Proof | None = None


class Report(Strict):
    """The Z-report as the till's own log gives it, from the shift's first event to the closing.

    `first` is the number of the shift's opening, `events` how many there are from it up to the
    closing, which is not among them. `paid` is by means of payment, refunds taken off.
    """

    first: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    events: Number
    sales: Number
    refunds: Number
    sold: Minor
    returned: Minor
    rounding: SignedMinor
    paid: Annotated[dict[Name, SignedMinor], Meta(max_length=10)]
    float: Minor
    moved: SignedMinor
    expected: SignedMinor


class ShiftClosedPayload(Strict, tag="shift_closed", tag_field="kind"):
    """`counted`: how many of each note and coin, by its value in minor units."""

    counted: Pieces
    report: Report | None = None


class CashMovedPayload(Strict, tag="cash_moved", tag_field="kind"):
    """Above zero: put into the drawer; below: taken out."""

    amount: SignedMinor
    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    notes: SignedPieces | None = None


class WishPayload(Strict, tag="wish", tag_field="kind"):
    words: Annotated[str, Meta(min_length=1, max_length=200)]


class IntakeLine(Strict):
    """One line of a joint count. `line` names the declared line, where there is one; `label` is
    the till's own, for what was accepted. Food has `batch` and `best_before` (invariant 11)."""

    line: Annotated[int, Meta(ge=1, le=2**53 - 1)] | None
    variant: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    declared: Count
    accepted: Number
    refused: Number
    reason: Words = ""
    label: Annotated[str, Meta(max_length=60)] = ""
    batch: Annotated[str, Meta(max_length=40)] = ""
    best_before: date | None = None


class IntakePayload(Strict, tag="intake", tag_field="kind"):
    """A joint count at the counter. `note` is the consignment note's number; where nothing was
    declared before, the till gives it one."""

    agreement: Name
    consignor: Name
    note: Name
    lines: Annotated[list[IntakeLine], Meta(min_length=1, max_length=500)]
    for_shop: Proof
    for_consignor: Proof


class FiscalPayload(Strict, tag="fiscal", tag_field="kind"):
    """The number that a fiscal register of its own gave to a sale or refund of this till."""

    sale: Hex64
    number: Annotated[str, Meta(min_length=1, max_length=60)]


Payload = (
    SalePayload
    | RefundPayload
    | ShiftOpenedPayload
    | ShiftClosedPayload
    | CashMovedPayload
    | WishPayload
    | IntakePayload
    | FiscalPayload
)
