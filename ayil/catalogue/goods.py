"""Reads for the pages of goods: what is made, by which village, at what price, and where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet, Sum

from ayil.consignment.models import Lot
from ayil.consignment.stock_queries import STOCK_IS_KNOWN
from ayil.kit.names import Told, reading_order
from ayil.members.consents import named_in_public, public_names
from ayil.members.models import Party, PartyPhoto
from ayil.members.photos import public_photos
from ayil.places.models import Place
from ayil.products.models import Price, Product, Variant
from ayil.products.photos import public_photos as goods_photos

PAGE_SIZE = 24


@dataclass(frozen=True)
class Form:
    """One variant: its price of the day, and how many stand on the shelf (None: not known)."""

    name: str
    price_minor: int | None
    currency: str
    on_shelf: int | None


@dataclass(frozen=True)
class Good:
    """A product with its forms, of a maker who agreed to be named."""

    pk: int
    told: Told
    kind: str
    village: Place | None
    maker: str
    forms: tuple[Form, ...]
    photo: PartyPhoto | None = None

    @property
    def name(self) -> str:
        return self.told.text

    @property
    def cheapest(self) -> Form | None:
        priced = [form for form in self.forms if form.price_minor is not None]
        return min(priced, key=lambda form: form.price_minor or 0, default=None)

    @property
    def has_one_price(self) -> bool:
        return len({form.price_minor for form in self.forms}) == 1

    @property
    def on_shelf(self) -> int | None:
        known = [form.on_shelf for form in self.forms if form.on_shelf is not None]
        return sum(known) if known else None


def public_products() -> QuerySet[Product]:
    """Goods of makers who let them stand on public pages; what is withdrawn is gone at once."""
    return Product.objects.filter(owner__in=named_in_public())


def products_of(village: Place | None) -> QuerySet[Product]:
    products = public_products().order_by(reading_order(), "id")
    return products.filter(owner__village=village) if village else products


def _prices(variants: Iterable[int], on: date) -> dict[int, Price]:
    """The price that holds on the day, by variant; the later one overwrites the earlier."""
    rows = Price.objects.filter(variant_id__in=variants, valid_from__lte=on)
    return {price.variant_id: price for price in rows.order_by("valid_from")}


def _stock(variants: Iterable[int]) -> dict[int, int]:
    """Pieces on the shelf by variant, of lots whose delivery was counted."""
    lots = Lot.objects.filter(STOCK_IS_KNOWN, variant_id__in=variants)
    sums = lots.values_list("variant_id").annotate(pieces=Sum("balance__on_shelf"))
    return {variant: pieces or 0 for variant, pieces in sums}


def told(products: Iterable[Product], on: date) -> Sequence[Good]:
    """The goods with price, stock and maker: three queries, however many they are."""
    products = list(products)
    variants = [variant for product in products for variant in product.variants.all()]
    ids = [variant.pk for variant in variants]
    prices, stock = _prices(ids, on), _stock(ids)
    names = public_names(product.owner_id for product in products)

    def form(variant: Variant) -> Form:
        price = prices.get(variant.pk)
        return Form(
            name=variant.form or variant.code,
            price_minor=price.amount_minor if price else None,
            currency=price.currency if price else "",
            on_shelf=stock.get(variant.pk),
        )

    return [
        Good(
            pk=product.pk,
            told=product.told,
            kind=product.get_kind_display(),
            village=product.owner.village,
            maker=names.get(product.owner_id, ""),
            forms=tuple(form(variant) for variant in product.variants.all()),
        )
        for product in products
    ]


def with_forms(products: QuerySet[Product]) -> QuerySet[Product]:
    forms = Prefetch("variants", Variant.objects.order_by("id"))
    return products.select_related("owner__village").prefetch_related(forms)


def goods_page(
    village: Place | None, number: str, on: date
) -> tuple[Page[Product], Sequence[Good]]:
    """One page of goods; a page number that is none, or too high, is the nearest there is."""
    page = Paginator(with_forms(products_of(village)), PAGE_SIZE).get_page(number)
    return page, told(page.object_list, on)


def good(pk: int, on: date) -> Good:
    """Raises Product.DoesNotExist."""
    product = with_forms(public_products()).get(pk=pk)
    photo = goods_photos([product.pk]).get(product.pk)
    photo = photo or public_photos([product.owner_id]).get(product.owner_id)
    return replace(told([product], on)[0], photo=photo)


def makers_of(village: Place) -> QuerySet[Party]:
    """Those who make something there and let their name stand in public."""
    return named_in_public().filter(village=village, products__isnull=False).distinct()
