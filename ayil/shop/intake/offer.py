"""What a till needs to count goods jointly, offline as well: who brings what, by which agreement,
who may sign for them, what was declared."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Max
from msgspec import Struct

from ayil.consignment.models import Agreement, CommissionTerm, CoveredProduct, Lot, NoteLine
from ayil.consignment.queries import standing_agreements
from ayil.consignment.rules import commission_bp
from ayil.members.consents import public_names
from ayil.members.models import Party, Pin, Shop
from ayil.members.own import speakers_for
from ayil.members.queries import members_among
from ayil.products.models import Price, Product, Variant
from ayil.products.photos import public_photos
from ayil.shop.shelf import ShelfPrice, ShelfVillage, prices_from, village_of


class Signer(Struct):
    """Who may sign for an owner; `pin`: they have one."""

    uid: str
    name: str
    pin: bool


class Consignor(Struct):
    """`name` is for the shop's people, `maker` what may stand on labels."""

    uid: str
    name: str
    maker: str
    village: ShelfVillage | None
    signers: list[Signer]


class OfferedAgreement(Struct):
    """`commission`: what the shop keeps, in basis points by kind of goods, as frozen today."""

    number: str
    consignor: Consignor
    commission: dict[str, int]


class OfferedVariant(Struct):
    """Names, form and prices as on the shelf. `keeps_days`: how long the last lot had when it
    was accepted; None where that is not known."""

    id: int
    owner: str
    names: dict[str, str]
    form: str
    kind: str
    price: int | None
    floor: int | None
    later: list[ShelfPrice]
    currency: str
    photo: str
    keeps_days: int | None


class OpenLine(Struct):
    id: int
    variant: int
    declared: int
    batch: str
    best_before: str | None


class OpenNote(Struct):
    """A declared note with the lines that are not counted yet."""

    number: str
    agreement: str
    on: str
    lines: list[OpenLine]


class Offer(Struct):
    agreements: list[OfferedAgreement]
    variants: list[OfferedVariant]
    notes: list[OpenNote]


def offer_of(shop: Shop, day: date) -> Offer:
    """Everything in a fixed number of queries. An agreement that ended stays with its open notes,
    so that what was declared under it can be counted."""
    notes = _open_notes(shop)
    named = {note.agreement for note in notes}
    agreements = list(
        (standing_agreements(shop, day) | Agreement.objects.filter(shop=shop, number__in=named))
        .select_related("consignor__village")
        .order_by("consignor__name", "number")
    )
    consignors = {agreement.consignor_id: agreement.consignor for agreement in agreements}
    return Offer(
        agreements=_agreements(agreements, consignors, day),
        variants=_variants(shop, consignors, _out_of_all(agreements), day),
        notes=notes,
    )


def _open_notes(shop: Shop) -> list[OpenNote]:
    lines = NoteLine.objects.filter(
        note__agreement__shop=shop, note__withdrawal__isnull=True, count__isnull=True
    )
    notes: dict[int, OpenNote] = {}
    for line in lines.select_related("note__agreement").order_by("note__declared_on", "id"):
        note = line.note
        kept = notes.setdefault(
            note.pk,
            OpenNote(note.number, note.agreement.number, note.declared_on.isoformat(), []),
        )
        best_before = line.best_before.isoformat() if line.best_before else None
        kept.lines.append(
            OpenLine(line.pk, line.variant_id, line.declared, line.batch, best_before)
        )
    return list(notes.values())


def _agreements(
    agreements: Iterable[Agreement], consignors: Mapping[int, Party], day: date
) -> list[OfferedAgreement]:
    members = members_among(consignors, day)
    terms: dict[int, dict[str, int]] = defaultdict(dict)
    for term in CommissionTerm.objects.filter(agreement__consignor__in=consignors).select_related(
        "agreement"
    ):
        is_member = term.agreement.consignor_id in members
        rate = commission_bp(term.rate_bp, member=is_member)
        terms[term.agreement_id][term.kind] = rate
    told = _consignors(consignors, day)
    return [
        OfferedAgreement(agreement.number, told[agreement.consignor_id], terms[agreement.pk])
        for agreement in agreements
    ]


def _consignors(consignors: Mapping[int, Party], day: date) -> dict[int, Consignor]:
    speakers = speakers_for(list(consignors.values()), day)
    people = {person.pk for signers in speakers.values() for person in signers}
    with_pin = set(Pin.objects.filter(party__in=people).values_list("party_id", flat=True))
    makers = public_names(set(consignors))
    return {
        pk: Consignor(
            uid=str(party.uid),
            name=party.name,
            maker=makers.get(pk, ""),
            village=village_of(party),
            signers=[
                Signer(str(person.uid), person.name, person.pk in with_pin)
                for person in speakers[pk]
            ],
        )
        for pk, party in consignors.items()
    }


def _out_of_all(agreements: Collection[Agreement]) -> frozenset[int]:
    """Products that none of their owner's offered agreements is about."""
    about: dict[int, set[int]] = {one.pk: set() for one in agreements}
    for agreement, product in CoveredProduct.objects.filter(agreement__in=about).values_list(
        "agreement", "product"
    ):
        about[agreement].add(product)
    takes_all = {one.consignor_id for one in agreements if not about[one.pk]}
    owners = {one.consignor_id for one in agreements} - takes_all
    inside = set().union(*about.values())
    found = Product.objects.filter(owner__in=owners).exclude(pk__in=inside)
    return frozenset(found.values_list("pk", flat=True)) if owners else frozenset()


def _variants(
    shop: Shop, consignors: Collection[int], left_out: Collection[int], day: date
) -> list[OfferedVariant]:
    variants = list(
        Variant.objects.filter(product__owner__in=consignors)
        .exclude(product__in=left_out)
        .select_related("product__owner")
        .order_by("product_id", "id")
    )
    prices: dict[int, list[Price]] = defaultdict(list)
    for price in Price.objects.filter(variant__in=variants).order_by("valid_from", "id"):
        prices[price.variant_id].append(price)
    photos = public_photos({variant.product_id for variant in variants})
    keeps = _keeps_days(variants)
    return [
        _variant(variant, shop, prices[variant.pk], keeps.get(variant.pk), day,
                 f"/photos/{photos[variant.product_id].uid}.jpg"
                 if variant.product_id in photos else "")
        for variant in variants
    ]  # fmt: skip


def _variant(
    variant: Variant, shop: Shop, prices: list[Price], keeps_days: int | None, day: date, photo: str
) -> OfferedVariant:
    product = variant.product
    now, later = prices_from(prices, day)
    return OfferedVariant(
        id=variant.pk,
        owner=str(product.owner.uid),
        names={"en": product.name_en, "ru": product.name_ru, "ky": product.name_ky},
        form=variant.form,
        kind=product.kind,
        price=now.amount_minor if now else None,
        floor=now.floor_minor if now else None,
        later=later,
        currency=now.currency if now else shop.currency,
        photo=photo,
        keeps_days=keeps_days,
    )


def _keeps_days(variants: Collection[Variant]) -> dict[int, int]:
    dated = Lot.objects.filter(variant__in=variants, best_before__isnull=False).order_by()
    newest = dated.values("variant_id").annotate(newest=Max("id")).values("newest")
    return {
        variant: (best_before - accepted_on).days
        for variant, best_before, accepted_on in Lot.objects.filter(pk__in=newest).values_list(
            "variant_id", "best_before", "accepted_on"
        )
        if best_before is not None and best_before > accepted_on
    }
