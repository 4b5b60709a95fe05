"""Pages of lots: what is and was on a shop's shelves, and all that became of one label."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ayil.consignment.models import Lot
from ayil.consignment.notes import answers_of
from ayil.consignment.queries import lots_visible_to
from ayil.consignment.views.agreements import asked_again, asked_text
from ayil.consignment.wording import in_readers_words
from ayil.kit.clock import local_date, now
from ayil.kit.search import Asked, matching
from ayil.members.choosing import chosen_shop
from ayil.members.looks import Seen, record_look
from ayil.members.models import Party, User
from ayil.members.own import own_parties
from ayil.members.reader import reader
from ayil.members.rights import Right, has_right
from ayil.products.models import Product
from ayil.products.queries import price_on

A_PAGE = 30
MOVEMENTS_A_PAGE = 50


@login_required
@require_safe
def lots(request: HttpRequest) -> HttpResponse:
    """`?q=` a label, a note's number, or words of the goods' or maker's name; what is on the
    shelf, or `?all=1` everything."""
    chosen = chosen_shop(request, Right.RECEIVE_GOODS, Right.KEEP_BOOKS)
    text, shows_all = asked_text(request), bool(request.GET.get("all"))
    found = Lot.objects.filter(shop=chosen.shop)
    if text:
        numbers = Asked(text).numbers
        found = found.filter(
            Q(label__in=numbers)
            | Q(count__line__note__number__in=numbers)
            | Q(variant__product__in=matching(Product, text))
            | Q(consignor__in=matching(Party, text))
        )
    if not shows_all:
        found = found.exclude(balance__on_shelf=0)
    named = ("variant__product", "consignor__village", "balance")
    page = Paginator(found.select_related(*named).order_by("-accepted_on", "-id"), A_PAGE)
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "page": page.get_page(request.GET.get("page")),
        "asked": asked_again(request),
        "text": text,
        "shows_all": shows_all,
    }
    return render(request, "consignment/lots.html", context)


@login_required
@require_safe
def lot(request: HttpRequest, pk: int) -> HttpResponse:
    """One label: by which agreement and note it came, what it was like, what became of it."""
    at = now()
    one = _visible(request, pk)
    is_own = own_parties(request.user, local_date(at)).filter(pk=one.consignor_id).exists()
    by = reader(request)
    if by is not None and not is_own:
        record_look(party=one.consignor, by=by, what=Seen.SALES, at=at)
    count = one.count
    assessment = getattr(count, "assessment", None)
    movements = Paginator(one.movements.order_by("-date", "-id"), MOVEMENTS_A_PAGE)
    context = {
        "lot": one,
        "count": count,
        "reason": in_readers_words(count.reason) if count else "",
        "assessment": assessment,
        "answers": answers_of(assessment, one.variant.product.kind) if assessment else (),
        "price": price_on(one.variant, local_date(at)),
        "page": movements.get_page(request.GET.get("page")),
        "is_own": is_own,
        "receives": has_right(request.user, Right.RECEIVE_GOODS, day=local_date(at), shop=one.shop),
    }
    return render(request, "consignment/lot.html", context)


def _visible(request: HttpRequest, pk: int) -> Lot:
    found = (
        lots_visible_to(cast(User, request.user), local_date(now()))
        .filter(pk=pk)
        .select_related(
            "shop", "variant__product", "consignor__village", "balance",
            "count__line__note__agreement", "count__for_shop", "count__for_consignor",
            "count__assessment__by",
        )
        .first()
    )  # fmt: skip
    if found is None:
        raise Http404(_("There is no such lot among those that you may see."))
    return found
