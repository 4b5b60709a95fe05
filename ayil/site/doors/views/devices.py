"""The shop's own devices: the browser in which a manager says so, and what its tills may do."""

import secrets

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.models import Party, Shop
from ayil.members.rights import Right, may, shops_with
from ayil.shop.devices import end_device, enrol_device, enrolled_device, remember
from ayil.shop.forms import TakeInForm, TermsForm
from ayil.shop.models import Device
from ayil.shop.programme import programme
from ayil.shop.taking_in import take_in
from ayil.shop.terms import set_terms, terms_by_shop, terms_of
from ayil.shop.tills import tills_of


def _shops(request: HttpRequest) -> QuerySet[Shop]:
    return shops_with(request.user, Right.ENROL_DEVICE, day=local_date(now()))


def _party(request: HttpRequest) -> Party:
    return get_object_or_404(Party, user=request.user)


@may(Right.ENROL_DEVICE)
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """The shop's devices; a POST makes this browser one of them (`shop` is the shop's code)."""
    shops = _shops(request)
    if request.method != "POST":
        context = {
            "shops": terms_by_shop(shops.order_by("name")),
            "tills": tills_of(shops, newest=programme().version, at=now()),
            "here": enrolled_device(request),
        }
        return render(request, "site/doors/devices.html", context)
    shop = get_object_or_404(shops, code=request.POST.get("shop", ""))
    device, token = enrol_device(
        shop=shop, code=f"{shop.code}-{secrets.token_hex(3)}", by=_party(request), at=now()
    )
    words = _("This browser is now the shop's: %(code)s. A clerk's card and PIN open it.")
    messages.success(request, words % {"code": device.code})
    response = redirect("devices")
    remember(response, token)
    return response


@may(Right.ENROL_DEVICE)
@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """A device that was sold, lost or broken opens nothing any more."""
    device = get_object_or_404(Device, code=code, shop__in=_shops(request), end__isnull=True)
    end_device(device=device, by=_party(request), at=now())
    messages.success(request, _("%(code)s opens nothing any more.") % {"code": code})
    return redirect("devices")


@may(Right.ENROL_DEVICE)
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, shop: str) -> HttpResponse:
    """What this shop's tills may do from now on."""
    where = get_object_or_404(_shops(request), code=shop)
    typed = request.POST if request.method == "POST" else None
    form = TermsForm(typed, currency=where.currency, held=terms_of(where))
    if typed is None or not form.is_valid():
        return render(request, "site/doors/till_terms.html", {"form": form, "shop": where})
    try:
        set_terms(
            shop=where,
            refund_limit_minor=form.cleaned_data["refund_limit"],
            fiscal=form.cleaned_data["fiscal"],
            by=_party(request),
            at=now(),
        )
    except AyilError as error:
        form.add_error(None, str(error))
        return render(request, "site/doors/till_terms.html", {"form": form, "shop": where})
    messages.success(request, _("Kept. Each till hears of it when it next speaks."))
    return redirect("devices")


@may(Right.ENROL_DEVICE)
@require_http_methods(["GET", "HEAD", "POST"])
def take_in_file(request: HttpRequest) -> HttpResponse:
    """A manager brings a till's file, where the till has no network."""
    form = TakeInForm(request.POST, request.FILES) if request.method == "POST" else TakeInForm()
    if not form.is_valid():
        return render(request, "site/doors/take_in.html", {"form": form})
    try:
        taken = take_in(raw=form.cleaned_data["file"].read(), by=_party(request), at=now())
    except AyilError as error:
        form.add_error("file", str(error))
        return render(request, "site/doors/take_in.html", {"form": form})
    return render(request, "site/doors/take_in.html", {"form": TakeInForm(), "taken": taken})
