"""Which shop a page of the back office is about: `?shop=CODE`, or the first that one may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from ayil.kit.clock import local_date, now
from ayil.members.models import Shop
from ayil.members.rights import Right, shops_with


@dataclass(frozen=True)
class Chosen:
    """The shop, and all that the reader could choose from; `template` needs both."""

    shop: Shop
    shops: Sequence[Shop]


def chosen_shop(request: HttpRequest, *rights: Right, day: date | None = None) -> Chosen:
    """The shop of the address among those for which the reader holds any of the rights.

    Another's shop is as if it were not there: Http404. A page shows the choice by
    `{% include "shop/_shops.html" %}` with `shop` and `shops`.
    """
    on = day or local_date(now())
    found = {
        shop.pk: shop
        for right in rights
        for shop in shops_with(request.user, right, day=on).select_related("fund")
    }
    shops = [found[pk] for pk in sorted(found)]
    asked = request.GET.get("shop", "") or request.POST.get("shop", "")
    for shop in shops:
        if asked in ("", shop.code):
            return Chosen(shop, shops)
    raise Http404(_("There is no such shop among those you work for."))
