"""What a till needs to sell: lots by label with name, owner, village and the owner's prices."""

from collections import defaultdict
from datetime import date

from django.db.models import Max, Q, QuerySet
from msgspec import Struct

from ayil.consignment.models import Lot, Movement
from ayil.members.models import Shop
from ayil.places.models import Place
from ayil.products.models import Price, ProductPhoto
from ayil.products.photos import public_photos


class ShelfVillage(Struct):
    """`number` chooses the village's medallion and colour, the same as on the site's pages."""

    code: str
    number: int
    names: dict[str, str]


class ShelfPrice(Struct):
    """What the owner asks from a day on; `floor`: how low one piece may go, None: no discount."""

    since: str
    price: int
    floor: int | None


class ShelfLot(Struct):
    """`price` and `floor` hold on the day of asking. `later`: prices named for days to come, for
    a till that will be out of reach then. `on_shelf` is None where stock is not known (imported
    trade); `photo` is an address of this site, or empty."""

    label: str
    variant: int
    names: dict[str, str]
    form: str
    kind: str
    owner: str
    village: ShelfVillage | None
    price: int | None
    floor: int | None
    later: list[ShelfPrice]
    currency: str
    batch: str
    best_before: str | None
    on_shelf: int | None
    photo: str


class Shelf(Struct):
    """A delta: `upto`, `price_list` and `moves` are what to pass as `since`, `prices` and `moves`
    next time."""

    since: int
    upto: int
    price_list: int
    moves: int
    lots: list[ShelfLot]


def shelf_since(
    shop: Shop, since: int, prices_since: int, day: date, moves_since: int | None = None
) -> Shelf:
    """Lots above `since`, lots of variants priced anew after the price list `prices_since`, and
    lots that moved after the movement `moves_since`, where that is given.

    `price_list` is the number of the newest price; a till writes it into each event.
    """
    newer = Q(id__gt=since) | Q(variant__in=_variants_priced_after(prices_since))
    if moves_since is not None:
        moved = Movement.objects.filter(id__gt=moves_since, lot__shop=shop)
        newer |= Q(id__in=moved.values("lot_id"))
    # Marks are read before the lots: what comes between is told twice, never left out.
    newest = Price.objects.aggregate(newest=Max("id"))["newest"]
    moves = Movement.objects.filter(lot__shop=shop).aggregate(newest=Max("id"))["newest"]
    found = Lot.objects.filter(newer, shop=shop)
    lots = list(
        found.select_related("shop", "variant__product", "consignor__village", "balance").order_by(
            "id"
        )
    )
    prices = _prices_of(found)
    photos = _photos_of(found)
    return Shelf(
        since=since,
        upto=max([since, *(lot.pk for lot in lots)]),
        price_list=newest or 0,
        moves=moves or 0,
        lots=[
            _shelf_lot(lot, prices[lot.variant_id], day, photos.get(lot.variant.product_id, ""))
            for lot in lots
        ],
    )


def _variants_priced_after(prices_since: int) -> QuerySet[Price, int]:
    return Price.objects.filter(id__gt=prices_since).values_list("variant_id", flat=True)


def _prices_of(lots: QuerySet[Lot]) -> dict[int, list[Price]]:
    """All prices by variant id, in the order of their days."""
    found: dict[int, list[Price]] = defaultdict(list)
    named = Price.objects.filter(variant__in=lots.values("variant_id"))
    for price in named.order_by("valid_from", "id"):
        found[price.variant_id].append(price)
    return found


def _photos_of(lots: QuerySet[Lot]) -> dict[int, str]:
    """The address of a photo that may stand in public, by product id."""
    shown = ProductPhoto.objects.filter(
        product__in=lots.values("variant__product_id"), photo__end__isnull=True
    )
    goods = set(shown.values_list("product_id", flat=True))
    # The address is written out, since routes belong to the site, which stands above.
    return {good: f"/photos/{photo.uid}.jpg" for good, photo in public_photos(goods).items()}


def _shelf_lot(lot: Lot, prices: list[Price], day: date, photo: str) -> ShelfLot:
    product = lot.variant.product
    now = next((price for price in reversed(prices) if price.valid_from <= day), None)
    balance = getattr(lot, "balance", None)
    return ShelfLot(
        label=lot.label,
        variant=lot.variant_id,
        names={"en": product.name_en, "ru": product.name_ru, "ky": product.name_ky},
        form=lot.variant.form,
        kind=product.kind,
        owner=lot.consignor.name,
        village=_village(lot.consignor.village),
        price=now.amount_minor if now else None,
        floor=now.floor_minor if now else None,
        later=[
            ShelfPrice(price.valid_from.isoformat(), price.amount_minor, price.floor_minor)
            for price in prices
            if price.valid_from > day
        ],
        currency=now.currency if now else lot.shop.currency,
        batch=lot.batch,
        best_before=lot.best_before.isoformat() if lot.best_before else None,
        on_shelf=balance.on_shelf if balance and lot.count_id else None,
        photo=photo,
    )


def _village(village: Place | None) -> ShelfVillage | None:
    if village is None:
        return None
    names = {"en": village.name_en, "ru": village.name_ru, "ky": village.name_ky}
    return ShelfVillage(village.code, village.pk, names)
