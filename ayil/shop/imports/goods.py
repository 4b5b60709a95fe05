"""What an import's sales point to: the shop, its consignors, their goods and lots.

Everything is found again by names that the file and its map give, so that a second run makes
nothing anew. The consignors' ids follow from the shop and their names: the codes of their
accounts go into the ledger's hashes.
"""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from ayil.consignment.actions import agree
from ayil.consignment.models import Agreement, Lot, LotBalance
from ayil.kit.errors import AyilError
from ayil.kit.search import remember_many
from ayil.kit.spelling import sort_key
from ayil.members.actions import open_shop
from ayil.members.models import Party, PartyKind, Shop
from ayil.products.models import Product, ProductKind, Variant
from ayil.shop.imports.maps import SalesMap
from ayil.shop.imports.trade import Item
from ayil.shop.models import Device

_PARTIES = uuid.uuid5(uuid.NAMESPACE_OID, "ayil/import/consignor")
_CHUNK = 5000


def consignor_uid(shop_code: str, owner: str) -> uuid.UUID:
    return uuid.uuid5(_PARTIES, f"{shop_code}\n{owner}")


def shop_of(sales_map: SalesMap) -> Shop:
    """The map's shop, opened if it is not there; its currency and zone never change."""
    wanted = sales_map.shop
    shop = open_shop(
        code=wanted.code,
        name=wanted.name,
        place=None,
        currency=wanted.currency,
        time_zone=sales_map.date.zone,
    )
    check_shop(shop, sales_map)
    return shop


def check_shop(shop: Shop, sales_map: SalesMap) -> None:
    if shop.currency != sales_map.shop.currency:
        raise AyilError(
            _(
                "The shop %(shop)s keeps its money in %(currency)s, the map says %(said)s. "
                "Correct [shop] currency, or name another [shop] code."
            )
            % {"shop": shop.code, "currency": shop.currency, "said": sales_map.shop.currency}
        )
    if shop.time_zone != sales_map.date.zone:
        raise AyilError(
            _(
                "The shop %(shop)s lives in %(zone)s, the map says %(said)s. Correct "
                "[date] zone, or name another [shop] code."
            )
            % {"shop": shop.code, "zone": shop.time_zone, "said": sales_map.date.zone}
        )


def device_code(shop_code: str) -> str:
    return f"import-{shop_code}"


def device_of(shop: Shop, at: datetime) -> Device:
    """The till that an import speaks as; nobody knows its token."""
    device, _made = Device.objects.get_or_create(
        code=device_code(shop.code),
        defaults={
            "shop": shop,
            "token_hash": sha256(secrets.token_bytes(32)).digest(),
            "enrolled_at": at,
        },
    )
    return device


def owners_of_lots(shop_code: str, codes: Sequence[str]) -> dict[str, uuid.UUID]:
    """Whose lot an item is already, by the item's code."""
    found: dict[str, uuid.UUID] = {}
    for start in range(0, len(codes), _CHUNK):
        found.update(
            Lot.objects.filter(
                shop__code=shop_code, label__in=codes[start : start + _CHUNK]
            ).values_list("label", "consignor__uid")
        )
    return found


def stock(shop: Shop, items: Sequence[Item], *, commission_bp: int, at: datetime) -> None:
    """Lots for items that have none yet, with their products and consignors."""
    have = owners_of_lots(shop.code, [item.code for item in items])
    fresh = [item for item in items if item.code not in have]
    if not fresh:
        return
    since = min(item.first_sold for item in fresh)
    owners = _consignors(
        shop, [item.owner for item in fresh], commission_bp=commission_bp, since=since, at=at
    )
    products = Product.objects.bulk_create(
        Product(owner=owners[item.owner], kind=ProductKind.OTHER, name_en=item.name[:120])
        for item in fresh
    )
    remember_many(Product, {product.pk: [product.name_en] for product in products})
    variants = Variant.objects.bulk_create(
        Variant(product=product, code=item.code)
        for product, item in zip(products, fresh, strict=True)
    )
    lots = Lot.objects.bulk_create(
        Lot(
            shop=shop,
            label=item.code,
            variant=variant,
            consignor=owners[item.owner],
            commission_bp=commission_bp,
            accepted_on=item.first_sold,
        )
        for variant, item in zip(variants, fresh, strict=True)
    )
    LotBalance.objects.bulk_create(LotBalance(lot=lot) for lot in lots)


def _consignors(
    shop: Shop, names: Sequence[str], *, commission_bp: int, since: date, at: datetime
) -> Mapping[str, Party]:
    """Parties by name, each with an agreement of the shop."""
    uids = {name: consignor_uid(shop.code, name) for name in names}
    parties = Party.objects.in_bulk(list(uids.values()), field_name="uid")
    made = Party.objects.bulk_create(
        Party(
            uid=uid,
            kind=PartyKind.ENTERPRISE,
            name=name[:160],
            sort_key=sort_key(name),
            language="en",
            entered_at=at,
        )
        for name, uid in uids.items()
        if uid not in parties
    )
    remember_many(Party, {party.pk: [party.name] for party in made})
    parties |= {party.uid: party for party in made}
    agreed = set(
        Agreement.objects.filter(shop=shop, consignor__in=parties.values()).values_list(
            "consignor_id", flat=True
        )
    )
    for party in parties.values():
        if party.pk not in agreed:
            agree(
                shop=shop,
                consignor=party,
                number=f"import-{party.uid.hex[:16]}",
                since=since,
                by=party,
                rates_bp={ProductKind.OTHER: commission_bp},
            )
    return {name: parties[uid] for name, uid in uids.items()}
