"""Products by name, in whichever language they have one."""

from datetime import date

from django.urls import reverse

from ayil.kit.names import reading_order
from ayil.kit.search import SHOWN, Asked, Found, Hit, found
from ayil.members.queries import AnyUser
from ayil.members.rights import Right, has_right
from ayil.products.models import Product


def find_products(asked: Asked, user: AnyUser, day: date) -> Found:
    """Whose they are is told to who may see names."""
    rows = Product.objects.select_related("owner__village").order_by(reading_order(), "id")
    first, has_more = found(rows, asked.text, most=SHOWN)
    names = bool(first) and has_right(user, Right.SEE_PEOPLE, day=day)
    return Found([_hit(product, names) for product in first], has_more)


def _hit(product: Product, names: bool) -> Hit:
    village = product.owner.village
    parts = (product.owner.name if names else "", village.name if village else "")
    return Hit(
        title=product.name,
        note=" · ".join(part for part in parts if part),
        address=reverse("catalogue:good", args=[product.pk]),
        language=product.told.language,
    )
