"""Photos of goods: sent by their owner, shown while the owner stands in public."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ayil.kit.clock import local_date
from ayil.members.consents import speaks_for
from ayil.members.models import Party, PartyPhoto, User
from ayil.members.photos import send_photo, take_away
from ayil.members.queries import AnyUser, public_parties
from ayil.members.rights import Right, has_right
from ayil.products.models import Product, ProductPhoto


def send_goods_photo(
    *, product: Product, data: bytes, by: Party, at: datetime, words: str = ""
) -> PartyPhoto:
    """The photo of the goods from now on, by their owner, who speaks for a community that owns
    them, or who may change records; the one before it is taken away."""
    with transaction.atomic():
        Product.objects.select_for_update().get(pk=product.pk)
        earlier = list(standing_photos([product.pk]).values())
        photo = send_photo(
            party=product.owner, data=data, by=by, at=at, words=words,
            subject=PartyPhoto.Subject.GOODS,
        )  # fmt: skip
        ProductPhoto.objects.create(product=product, photo=photo)
        for one in earlier:
            take_away(photo=one, by=by, at=at)
    return photo


def may_send(user: AnyUser, product_id: int, at: datetime) -> bool:
    """Whether the reader may send or take away a photo of the goods; no query for a stranger."""
    if not isinstance(user, User) or user.party is None:
        return False
    own = speaks_for(user.party, Party.objects.get(products=product_id), at)
    return own or has_right(user, Right.CHANGE_PEOPLE, day=local_date(at))


def standing_photos(product_ids: Iterable[int]) -> dict[int, PartyPhoto]:
    """The photo of each of the goods, by the product's key. One query."""
    rows = ProductPhoto.objects.filter(product__in=list(product_ids), photo__end__isnull=True)
    return {row.product_id: row.photo for row in rows.select_related("photo").order_by("id")}


def public_photos(product_ids: Iterable[int]) -> dict[int, PartyPhoto]:
    """Those that may stand on public pages: their owner agreed, and has not withdrawn it."""
    photos = standing_photos(product_ids)
    owners = {photo.party_id for photo in photos.values()}
    agreed = set(public_parties().filter(pk__in=owners).values_list("pk", flat=True))
    return {product: photo for product, photo in photos.items() if photo.party_id in agreed}
