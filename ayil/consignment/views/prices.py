"""The shop's pages of its owners' prices: it may ask for another one, and never sets it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ayil.consignment.ageing import evidence_of
from ayil.consignment.models import ConsignorAccount
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.kit.search import matching
from ayil.members.choosing import Chosen, chosen_shop
from ayil.members.models import Party, Shop
from ayil.members.reader import acting
from ayil.members.rights import Right, may
from ayil.products.actions import ask_price, set_price
from ayil.products.forms import AskPrice, PriceOnPaper
from ayil.products.models import PriceAsk, Product, Variant
from ayil.products.priced import Priced, priced
from ayil.products.queries import first_free_day, voices_of
from ayil.products.views.prices import sheet_answer

A_PAGE = 25
LONGEST_QUERY = 100


def goods_of(shop: Shop) -> QuerySet[Variant]:
    """What the owners who have an account with the shop make."""
    owners = ConsignorAccount.objects.filter(shop=shop).values("consignor")
    return (
        Variant.objects.filter(product__owner__in=owners)
        .select_related("product__owner__village")
        .order_by("product__owner__sort_key", "product__owner_id", "product_id", "id")
    )


@may(Right.RECEIVE_GOODS)
@require_safe
def prices(request: HttpRequest) -> HttpResponse:
    """`?q=` narrows by words of the goods' or the owner's name."""
    today = local_date(now())
    chosen = chosen_shop(request, Right.RECEIVE_GOODS)
    text = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    goods = goods_of(chosen.shop)
    if text:
        goods = goods.filter(product__in=matching(Product, text)) | goods.filter(
            product__owner__in=matching(Party, text)
        )
    page = Paginator(goods, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "text": text,
        "asked": f"{urlencode({'shop': chosen.shop.code, 'q': text})}&",
        "page": page,
        "rows": priced(list(page), today),
    }
    return render(request, "consignment/prices.html", context)


@may(Right.RECEIVE_GOODS)
@require_http_methods(["GET", "HEAD", "POST"])
def price(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing: its prices with who typed them; the shop asks, or types from signed paper."""
    chosen, variant = _variant(request, pk)
    today = local_date(now())
    found = priced([variant], today)[0]
    forms = _forms(request, found, chosen.shop)
    if request.method == "POST" and _done(request, found, chosen.shop, forms):
        return redirect(f"{reverse('price', args=[pk])}?shop={chosen.shop.code}")
    context = {
        "shop": chosen.shop,
        "found": found,
        "owner": variant.product.owner,
        "evidence": evidence_of([variant], chosen.shop, today).get(pk),
        "asks": _asks(chosen.shop).filter(variant=pk)[:A_PAGE],
    } | forms
    return render(request, "consignment/price.html", context)


def _variant(request: HttpRequest, pk: int) -> tuple[Chosen, Variant]:
    """To a shop with which the owner has no account it is as if it were not there."""
    chosen = chosen_shop(request, Right.RECEIVE_GOODS)
    asked = bool(request.GET.get("shop") or request.POST.get("shop"))
    for shop in [chosen.shop] if asked else chosen.shops:
        variant = goods_of(shop).filter(pk=pk).first()
        if variant is not None:
            return Chosen(shop, chosen.shops), variant
    raise Http404(_("There are no such goods in your shop."))


def _forms(request: HttpRequest, found: Priced, shop: Shop) -> dict[str, Any]:
    """Both forms of the page; what was sent belongs to the one that `do` names."""
    today = local_date(now())
    last = found.coming[-1] if found.coming else found.now
    sent = request.POST if request.method == "POST" else None
    does = request.POST.get("do", "")
    currency = last.currency if last else shop.currency
    return {
        "ask_form": AskPrice(sent if does == "ask" else None, currency=currency, auto_id="ask_%s"),
        "paper_form": PriceOnPaper(
            sent if does == "paper" else None,
            last=last,
            currency=currency,
            first_day=first_free_day(found.variant, today),
            speakers=voices_of(found.variant.product.owner, today),
            auto_id="paper_%s",
        ),
    }


def _done(request: HttpRequest, found: Priced, shop: Shop, forms: Mapping[str, Any]) -> bool:
    """Does what was sent; False where the page has to say what is wrong with it."""
    does = request.POST.get("do", "")
    form = forms.get(f"{does}_form")
    if form is None or not form.is_valid():
        return False
    try:
        if does == "ask":
            _ask(request, found.variant, shop, form)
        else:
            _type(request, found.variant, shop, form)
    except AyilError as error:
        form.add_error(None, str(error))
        return False
    return True


def _ask(request: HttpRequest, variant: Variant, shop: Shop, form: AskPrice) -> None:
    at = now()
    on = local_date(at)
    ask_price(
        shop=shop,
        variant=variant,
        amount_minor=form.cleaned_data["amount"],
        reason=form.cleaned_data["reason"],
        by=acting(request),
        on=on,
        at=at,
        evidence=evidence_of([variant], shop, on).get(variant.pk),
    )
    messages.success(request, _("The owner is asked. Nothing changes before they say yes."))


def _type(request: HttpRequest, variant: Variant, shop: Shop, form: PriceOnPaper) -> None:
    said = form.cleaned_data
    set_price(
        variant=variant,
        amount_minor=said["amount"],
        floor_minor=said["floor"],
        currency=form.last.currency if form.last else shop.currency,
        valid_from=said["valid_from"],
        set_by=form.speaker,
        typed_by=acting(request),
        on=local_date(now()),
        paper=said["paper"],
    )
    messages.success(request, _("The price is written down, with your name and the paper."))


@login_required
@require_safe
def price_asks(request: HttpRequest) -> HttpResponse:
    """What the shop asked of prices, and what the owners said; open ones first."""
    chosen = chosen_shop(request, Right.RECEIVE_GOODS, Right.KEEP_BOOKS)
    asks = _asks(chosen.shop)
    page = Paginator(asks.filter(answer__isnull=False), A_PAGE)
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "asked": f"shop={chosen.shop.code}&",
        "open": asks.filter(answer__isnull=True).order_by("on", "id"),
        "page": page.get_page(request.GET.get("page")),
    }
    return render(request, "consignment/price_asks.html", context)


def _asks(shop: Shop) -> QuerySet[PriceAsk]:
    asks = PriceAsk.objects.filter(shop=shop).order_by("-id")
    return asks.select_related(
        "variant__product__owner", "by", "answer__by", "answer__typed_by", "answer__price"
    )


@may(Right.RECEIVE_GOODS)
@require_safe
def price_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The price sheet of the owner of these goods, to be signed by them."""
    _chosen, variant = _variant(request, pk)
    return sheet_answer(variant.product.owner, local_date(now()))
