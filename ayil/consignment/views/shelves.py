"""The shop's shelves, and what stands on which."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ayil.consignment.actions import end_shelf, name_shelf, put_on_shelf
from ayil.consignment.forms.stock import text_of
from ayil.consignment.models import Lot, Shelf
from ayil.consignment.stock_queries import lots_standing, places_of, shelves_of
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.choosing import Chosen, chosen_shop
from ayil.members.reader import acting
from ayil.members.rights import Right, may

A_PAGE = 30


@may(Right.RECEIVE_GOODS)
@require_http_methods(["GET", "HEAD", "POST"])
def shelves(request: HttpRequest) -> HttpResponse:
    """`do`: name a shelf, end one, or put the chosen lots on one."""
    chosen = chosen_shop(request, Right.RECEIVE_GOODS)
    text = text_of(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST":
        try:
            messages.success(request, _done(request, chosen))
        except AyilError as error:
            messages.error(request, str(error))
        query = f"?shop={chosen.shop.code}" + (f"&q={text}" if text else "")
        return redirect(reverse("shelves") + query)
    page = Paginator(lots_standing(chosen.shop, text), A_PAGE).get_page(request.GET.get("page"))
    places = places_of(page)
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "shelves": shelves_of(chosen.shop),
        "text": text,
        "page": page,
        "rows": [(lot, places.get(lot.pk)) for lot in page],
    }
    return render(request, "consignment/shelves.html", context)


def _done(request: HttpRequest, chosen: Chosen) -> str:
    by, on = acting(request), local_date(now())
    what = text_of(request.POST, "do")
    if what == "name":
        shelf = name_shelf(shop=chosen.shop, name=text_of(request.POST, "name", 60), by=by, on=on)
        return _("There is a shelf called %(name)s now.") % {"name": shelf.name}
    picked = _shelf(chosen, text_of(request.POST, "shelf"))
    if what == "end":
        if picked is None:
            raise AyilError(_("There is no such shelf in this shop."))
        end_shelf(shelf=picked, by=by, on=on)
        return _("The shelf %(name)s is gone.") % {"name": picked.name}
    keys = [key for key in request.POST.getlist("lot") if key.isascii() and key.isdecimal()]
    lots = Lot.objects.filter(shop=chosen.shop, pk__in=[int(key[:18]) for key in keys])
    moved = put_on_shelf(lots=lots.select_related("shop"), shelf=picked, by=by, on=on)
    return ngettext(
        "%(count)s lot has another place now.", "%(count)s lots have another place now.", moved
    ) % {"count": moved}


def _shelf(chosen: Chosen, key: str) -> Shelf | None:
    is_key = key.isascii() and key.isdecimal() and len(key) <= 18
    return shelves_of(chosen.shop).filter(pk=int(key)).first() if is_key else None
