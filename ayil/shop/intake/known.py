"""What an intake's event names, read from the tables in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ayil.consignment.models import Agreement, ConsignmentNote, Lot, NoteLine
from ayil.consignment.queries import standing_agreements
from ayil.members.models import Party, Shop
from ayil.products.models import Variant
from ayil.shop.events import Event
from ayil.shop.payloads import IntakeLine, IntakePayload
from ayil.shop.proofs import party_of


@dataclass(frozen=True, slots=True)
class Known:
    """`agreement` is the declared note's own, or the one by which the goods are taken: the one
    that was named, or the consignor's next where that one had ended. `declared` are the note's
    lines that the event names, by their key; `counted` those of them that were counted before.
    `covered` are the products that the agreement is about; empty where it is about all."""

    shop: Shop
    payload: IntakePayload
    on: date
    named: Agreement | None
    agreement: Agreement | None
    note: ConsignmentNote | None
    declared: Mapping[int, NoteLine]
    counted: frozenset[int]
    variants: Mapping[int, Variant]
    kinds: frozenset[str]
    covered: frozenset[int]
    labels: frozenset[str]
    for_shop: Party | None
    for_consignor: Party | None

    def variant_of(self, line: IntakeLine) -> Variant | None:
        return self.variants.get(line.variant)

    def batch_of(self, line: IntakeLine) -> str:
        declared = self.declared.get(line.line or 0)
        return line.batch.strip() or (declared.batch if declared else "")

    def best_before_of(self, line: IntakeLine) -> date | None:
        declared = self.declared.get(line.line or 0)
        return line.best_before or (declared.best_before if declared else None)


def intake_of(event: Event) -> IntakePayload:
    if not isinstance(event.payload, IntakePayload):
        raise TypeError(f"event {event.hash} is no intake")
    return event.payload


def read_known(shop: Shop, event: Event) -> Known:
    payload, on = intake_of(event), event.business_date
    named = (
        Agreement.objects.filter(shop=shop, number=payload.agreement)
        .select_related("consignor", "shop")
        .first()
    )
    keys = [line.line for line in payload.lines if line.line is not None]
    declared = {
        line.pk: line
        for line in NoteLine.objects.filter(
            pk__in=keys, note__number=payload.note, note__agreement=named
        ).select_related("note__agreement__consignor", "note__agreement__shop")
    }
    note = next((line.note for line in declared.values()), None)
    agreement = note.agreement if note else _standing(shop, named, on)
    if note is None and agreement is not None:
        note = agreement.notes.filter(number=payload.note).first()
    labels = [line.label for line in payload.lines if line.label]
    return Known(
        shop=shop,
        payload=payload,
        on=on,
        named=named,
        agreement=agreement,
        note=note,
        declared=declared,
        counted=frozenset(
            NoteLine.objects.filter(pk__in=declared, count__isnull=False).values_list(
                "pk", flat=True
            )
        ),
        variants=Variant.objects.select_related("product__owner").in_bulk(
            {line.variant for line in payload.lines}
        ),
        covered=frozenset(agreement.covered.values_list("product", flat=True) if agreement else ()),
        kinds=frozenset(agreement.terms.values_list("kind", flat=True) if agreement else ()),
        labels=frozenset(
            Lot.objects.filter(shop=shop, label__in=labels).values_list("label", flat=True)
        ),
        for_shop=party_of(payload.for_shop.by),
        for_consignor=party_of(payload.for_consignor.by),
    )


def _standing(shop: Shop, named: Agreement | None, on: date) -> Agreement | None:
    if named is None:
        return None
    theirs = standing_agreements(shop, on).filter(consignor=named.consignor_id)
    found = theirs.select_related("consignor", "shop")
    return found.filter(pk=named.pk).first() or found.order_by("-since", "-id").first()
