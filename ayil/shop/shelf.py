"""What a till needs to sell: lots by label with name, owner, village and the owner's price."""

from datetime import date

from django.db.models import Q
from msgspec import Struct

from ayil.consignment.models import Lot
from ayil.members.models import Shop
from ayil.products.models import Price
from ayil.products.queries import prices_on


class ShelfLot(Struct):
    label: str
    names: dict[str, str]
    form: str
    owner: str
    village: str
    price: int | None
    currency: str
    best_before: str | None


class Shelf(Struct):
    """A delta: `upto` is what to pass as `since` next time."""

    since: int
    upto: int
    price_list: int
    lots: list[ShelfLot]


def shelf_since(shop: Shop, since: int, prices_since: int, day: date) -> Shelf:
    """Lots above `since`, and lots of variants priced anew after the price list `prices_since`.

    `price_list` is the number of the newest price; a till writes it into each event.
    """
    newer = Q(id__gt=since) | Q(variant__prices__id__gt=prices_since)
    lots = list(
        Lot.objects.filter(newer, shop=shop)
        .select_related("shop", "variant__product", "consignor__village")
        .order_by("id")
        .distinct()
    )
    prices = prices_on([lot.variant for lot in lots], day)
    newest = Price.objects.order_by("-id").values_list("id", flat=True).first()
    return Shelf(
        since=since,
        upto=max([since, *(lot.pk for lot in lots)]),
        price_list=newest or 0,
        lots=[_shelf_lot(lot, prices.get(lot.variant_id)) for lot in lots],
    )


def _shelf_lot(lot: Lot, price: Price | None) -> ShelfLot:
    product, village = lot.variant.product, lot.consignor.village
    return ShelfLot(
        label=lot.label,
        names={"en": product.name_en, "ru": product.name_ru, "ky": product.name_ky},
        form=lot.variant.form,
        owner=lot.consignor.name,
        village=village.name_ky if village else "",
        price=price.amount_minor if price else None,
        currency=price.currency if price else lot.shop.currency,
        best_before=lot.best_before.isoformat() if lot.best_before else None,
    )
