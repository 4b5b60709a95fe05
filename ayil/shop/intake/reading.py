"""What a count at the counter came to, for whoever looks after the goods: the event as both sides
signed it, and what stands in its way where it is not booked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from ayil.members.models import Shop
from ayil.members.queries import AnyUser
from ayil.members.rights import Right, shops_with
from ayil.products.models import Variant
from ayil.shop.cashiers import names_of
from ayil.shop.events import Event, read_event
from ayil.shop.intake.known import intake_of, read_known
from ayil.shop.intake.obstacles import obstacles
from ayil.shop.models import Application, Signature, TillEvent
from ayil.shop.payloads import IntakePayload, Proof
from ayil.shop.proofs import Side

SHOWN = 50
# As high as the box that a till gives for signing (till/kit/strokes.js), in thousandths.
BOX_HIGH = 400
Kind = IntakePayload.__struct_config__.tag


@dataclass(frozen=True)
class Row:
    """One intake in a list. `state`: "booked", "waits" or "aside"."""

    pk: int
    note: str
    consignor: str
    on: date
    till: str
    accepted: int
    refused: int
    state: str


@dataclass(frozen=True)
class Line:
    goods: str
    declared: int
    accepted: int
    refused: int
    reason: str
    label: str
    batch: str
    best_before: date | None


@dataclass(frozen=True)
class Signed:
    """`paths` are the strokes of a hand, in a box 1000 wide; `verified` as in Signature."""

    side: str
    name: str
    way: str
    verified: bool | None
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    event: TillEvent
    shop: Shop
    row: Row
    happened_at: datetime
    lines: tuple[Line, ...]
    signatures: tuple[Signed, ...]
    obstacles: tuple[str, ...]


def intakes_visible_to(user: AnyUser, on: date) -> QuerySet[TillEvent]:
    """Counts at the counters of the shops in which the user receives goods, the newest first."""
    shops = shops_with(user, Right.RECEIVE_GOODS, day=on)
    booked = Application.objects.filter(event=OuterRef("pk"))
    return (
        TillEvent.objects.filter(kind=Kind, device__shop__in=shops)
        .annotate(is_booked=Exists(booked))
        .select_related("device__shop", "set_aside__by")
        .order_by("-id")
    )


def rows_of(events: Iterable[TillEvent]) -> list[Row]:
    """Of `intakes_visible_to`: what waits for a person first."""
    read = [(event, read_event(bytes(event.body))) for event in events]
    names = names_of({intake_of(said).consignor for _event, said in read})
    rows = [_row(event, said, names) for event, said in read]
    return sorted(rows, key=lambda row: row.state != "waits")


def shown(event: TillEvent) -> Shown:
    """One of `intakes_visible_to` with all that stands under it."""
    said = read_event(bytes(event.body))
    payload, shop = intake_of(said), event.device.shop
    row = _row(event, said, names_of([payload.consignor]))
    return Shown(
        event=event,
        shop=shop,
        row=row,
        happened_at=said.happened_at,
        lines=_lines(payload),
        signatures=_signatures(event, payload),
        obstacles=tuple(obstacles(read_known(shop, said))) if row.state == "waits" else (),
    )


def _row(event: TillEvent, said: Event, names: Mapping[str, str]) -> Row:
    payload = intake_of(said)
    if vars(event)["is_booked"]:
        state = "booked"
    else:
        state = "aside" if hasattr(event, "set_aside") else "waits"
    return Row(
        pk=event.pk,
        note=payload.note,
        consignor=names.get(payload.consignor, payload.consignor),
        on=event.business_date,
        till=event.device.code,
        accepted=sum(line.accepted for line in payload.lines),
        refused=sum(line.refused for line in payload.lines),
        state=state,
    )


def _lines(payload: IntakePayload) -> tuple[Line, ...]:
    wanted = {line.variant for line in payload.lines}
    variants = Variant.objects.select_related("product").in_bulk(wanted)
    return tuple(
        Line(
            goods=str(variants.get(line.variant, f"№ {line.variant}")),
            declared=line.declared,
            accepted=line.accepted,
            refused=line.refused,
            reason=line.reason,
            label=line.label if line.accepted else "",
            batch=line.batch,
            best_before=line.best_before,
        )
        for line in payload.lines
    )


def _signatures(event: TillEvent, payload: IntakePayload) -> tuple[Signed, ...]:
    proofs = {Side.SHOP: payload.for_shop, Side.CONSIGNOR: payload.for_consignor}
    kept = {one.side: one for one in event.signatures.select_related("party")}
    names = names_of([proof.by for proof in proofs.values()])
    return tuple(_signed(side, proof, kept.get(side), names) for side, proof in proofs.items())


def _signed(
    side: Signature.Side, proof: Proof, kept: Signature | None, names: Mapping[str, str]
) -> Signed:
    return Signed(
        side=str(side.label),
        name=names.get(proof.by, proof.by),
        way=proof.way,
        verified=kept.verified if kept else None,
        paths=tuple(path_of(stroke) for stroke in proof.strokes if len(stroke) > 1),
    )


def path_of(stroke: list[int]) -> str:
    """x, y, x, y … as the path of a picture; a dot is a short line."""
    points = [f"{x} {y}" for x, y in zip(stroke[::2], stroke[1::2], strict=False)]
    return f"M{'L'.join(points)}" + ("h1" if len(points) == 1 else "")
