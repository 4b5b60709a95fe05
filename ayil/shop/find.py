"""Receipts by the number that is printed on them."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ayil.kit.search import SHOWN, Asked, Found, Hit
from ayil.members.queries import AnyUser
from ayil.members.rights import Right, shops_with
from ayil.shop.models import Sale


def find_receipts(asked: Asked, user: AnyUser, day: date) -> Found:
    """For whoever may see the shop's day; it leads to the day of the sale."""
    if not asked.has_digit:
        return Found()
    sales = (
        Sale.objects.filter(
            shop__in=shops_with(user, Right.SEE_TODAY, day=day), receipt__in=asked.numbers
        )
        .select_related("shop")
        .order_by("-id")
    )
    return Found([_hit(sale) for sale in sales[:SHOWN]])


def _hit(sale: Sale) -> Hit:
    return Hit(
        title=_("Receipt %(number)s") % {"number": sale.receipt},
        note=f"{sale.get_kind_display()} · {sale.date:%d.%m.%Y} · {sale.shop}",
        address=f"{reverse('today')}?shop={sale.shop.code}&day={sale.date:%Y-%m-%d}",
        is_exact=True,
    )
