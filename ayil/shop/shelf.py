"""What a till needs to sell: lots by label with name, owner, village and the owner's prices."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Max, Q
from msgspec import Struct

from ayil.consignment.models import Lot, Movement
from ayil.members.consents import public_names
from ayil.members.models import Party, Shop
from ayil.products.models import Price
from ayil.products.photos import public_photos

# At 64 kbit/s a page takes some seconds; a fetch that was cut goes on after its last page.
PAGE = 500


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
    """`owner` is for the shop's people; `maker` is the name that may stand on receipts and labels,
    empty where its owner does not want that. `price` and `floor` hold on the day of asking.
    `later`: prices named for days to come, for a till that will be out of reach then. `on_shelf`
    is None where stock is not known (imported trade); `photo` is an address of this site, or
    empty."""

    label: str
    variant: int
    names: dict[str, str]
    form: str
    kind: str
    owner: str
    maker: str
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
    """A delta in pages: `more` is what to pass as `after` for the next page, None on the last.

    `upto`, `price_list` and `moves` of the first page are what to pass as `since`, `prices` and
    `moves` next time: what comes while pages are fetched is told twice, never left out.
    """

    since: int
    upto: int
    price_list: int
    moves: int
    more: int | None
    lots: list[ShelfLot]


class _Told(NamedTuple):
    """What is told of lots beside themselves: by variant, consignor and product id."""

    prices: dict[int, list[Price]]
    makers: dict[int, str]
    photos: dict[int, str]


def shelf_since(
    shop: Shop,
    since: int,
    prices_since: int,
    day: date,
    moves_since: int | None = None,
    *,
    after: int = 0,
    most: int = PAGE,
) -> Shelf:
    """Lots above `since`, lots of variants priced anew after the price list `prices_since`, and
    lots that moved after the movement `moves_since`, where that is given; those above `after`,
    at most `most` of them, in the order they came.

    `price_list` is the number of the newest price; a till writes it into each event.
    """
    upto = Lot.objects.filter(shop=shop).aggregate(newest=Max("id"))["newest"]
    newest = Price.objects.aggregate(newest=Max("id"))["newest"]
    moves = Movement.objects.filter(lot__shop=shop).aggregate(newest=Max("id"))["newest"]
    newer = _newer(shop, since, prices_since, moves_since)
    named = ("shop", "variant__product", "consignor__village", "balance")
    found = Lot.objects.filter(newer, shop=shop, id__gt=after).select_related(*named)
    lots = list(found.order_by("id")[: most + 1])
    page = lots[:most]
    told = _told(page)
    return Shelf(
        since=since,
        upto=max(since, upto or 0),
        price_list=newest or 0,
        moves=moves or 0,
        more=page[-1].pk if len(lots) > most else None,
        lots=[_shelf_lot(lot, told, day) for lot in page],
    )


def _newer(shop: Shop, since: int, prices_since: int, moves_since: int | None) -> Q:
    priced = Price.objects.filter(id__gt=prices_since).values("variant_id")
    newer = Q(id__gt=since) | Q(variant__in=priced)
    if moves_since is None:
        return newer
    moved = Movement.objects.filter(id__gt=moves_since, lot__shop=shop)
    return newer | Q(id__in=moved.values("lot_id"))


def _told(lots: Sequence[Lot]) -> _Told:
    prices: dict[int, list[Price]] = defaultdict(list)
    variants = {lot.variant_id for lot in lots}
    for price in Price.objects.filter(variant__in=variants).order_by("valid_from", "id"):
        prices[price.variant_id].append(price)
    photos = public_photos({lot.variant.product_id for lot in lots})
    return _Told(
        prices=prices,
        makers=public_names({lot.consignor_id for lot in lots}),
        # The address is written out, since routes belong to the site, which stands above.
        photos={good: f"/photos/{photo.uid}.jpg" for good, photo in photos.items()},
    )


def _shelf_lot(lot: Lot, told: _Told, day: date) -> ShelfLot:
    product = lot.variant.product
    now, later = prices_from(told.prices[lot.variant_id], day)
    balance = getattr(lot, "balance", None)
    return ShelfLot(
        label=lot.label,
        variant=lot.variant_id,
        names={"en": product.name_en, "ru": product.name_ru, "ky": product.name_ky},
        form=lot.variant.form,
        kind=product.kind,
        owner=lot.consignor.name,
        maker=told.makers.get(lot.consignor_id, ""),
        village=village_of(lot.consignor),
        price=now.amount_minor if now else None,
        floor=now.floor_minor if now else None,
        later=later,
        currency=now.currency if now else lot.shop.currency,
        batch=lot.batch,
        best_before=lot.best_before.isoformat() if lot.best_before else None,
        on_shelf=balance.on_shelf if balance and lot.is_stock_known else None,
        photo=told.photos.get(product.pk, ""),
    )


def prices_from(prices: Sequence[Price], day: date) -> tuple[Price | None, list[ShelfPrice]]:
    """The price that holds on that day, and those to come; `prices` in the order of their days."""
    now = next((price for price in reversed(prices) if price.valid_from <= day), None)
    later = [
        ShelfPrice(price.valid_from.isoformat(), price.amount_minor, price.floor_minor)
        for price in prices
        if price.valid_from > day
    ]
    return now, later


def village_of(owner: Party) -> ShelfVillage | None:
    village = owner.village
    if village is None:
        return None
    names = {"en": village.name_en, "ru": village.name_ru, "ky": village.name_ky}
    return ShelfVillage(village.code, village.pk, names)
