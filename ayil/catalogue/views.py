"""The public pages."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ayil.catalogue import goods as shelf
from ayil.catalogue import queries
from ayil.catalogue.models import Announcement
from ayil.decisions.page import standing_by_village, village_page
from ayil.kit.clock import local_date, now
from ayil.places.models import Place
from ayil.products.models import Product
from ayil.products.photos import may_send


@require_safe
def announcements(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/announcements.html", {"notices": queries.notices()})


@require_safe
def announcement(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    try:
        line = queries.notice_in_line(uid)
    except Announcement.DoesNotExist:
        raise Http404(_("There is no such announcement.")) from None
    return render(request, "catalogue/announcement.html", {"line": line})


@require_safe
def villages(request: HttpRequest) -> HttpResponse:
    """All villages, each with the decision that stands there."""
    standing = standing_by_village(local_date(now()))
    listed = [(village, standing.get(village.pk)) for village in queries.villages_by_district()]
    return render(request, "catalogue/villages.html", {"villages": listed})


def _village(code: str) -> Place:
    try:
        return queries.village_by_code(code)
    except Place.DoesNotExist:
        raise Http404(_("There is no such village in the programme.")) from None


@require_safe
def village(request: HttpRequest, code: str) -> HttpResponse:
    found = _village(code)
    today = local_date(now())
    _page, listed = shelf.goods_page(found, "1", today)
    context = {
        "village": found,
        "page": village_page(found, today),
        "goods": listed,
        "makers": shelf.makers_of(found),
    }
    return render(request, "catalogue/village.html", context)


@require_safe
def goods(request: HttpRequest) -> HttpResponse:
    """All goods, or with `?village=CODE` those of one village."""
    code = request.GET.get("village", "")
    village = _village(code) if code else None
    page, listed = shelf.goods_page(village, request.GET.get("page", "1"), local_date(now()))
    context = {"village": village, "page": page, "goods": listed}
    return render(request, "catalogue/goods.html", context)


@require_safe
def good(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        found = shelf.good(pk, local_date(now()))
    except Product.DoesNotExist:
        raise Http404(_("There is no such product.")) from None
    context = {"good": found, "may_send_photo": may_send(request.user, pk, now())}
    return render(request, "catalogue/good.html", context)
