"""The shop's own devices: the browser in which a manager says so."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ayil.kit.clock import local_date, now
from ayil.members.models import Party
from ayil.members.rights import Right, may, shops_with
from ayil.shop.devices import end_device, enrol_device, enrolled_device, remember
from ayil.shop.models import Device


@may(Right.ENROL_DEVICE)
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """The shop's devices; a POST makes this browser one of them (`shop` is the shop's code)."""
    shops = shops_with(request.user, Right.ENROL_DEVICE, day=local_date(now()))
    if request.method != "POST":
        standing = Device.objects.filter(shop__in=shops, end__isnull=True)
        context = {
            "shops": shops.order_by("name"),
            "devices": standing.select_related("shop").order_by("shop__name", "code"),
            "here": enrolled_device(request),
        }
        return render(request, "site/doors/devices.html", context)
    shop = get_object_or_404(shops, code=request.POST.get("shop", ""))
    device, token = enrol_device(
        shop=shop,
        code=f"{shop.code}-{secrets.token_hex(3)}",
        by=get_object_or_404(Party, user=request.user),
        at=now(),
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
    shops = shops_with(request.user, Right.ENROL_DEVICE, day=local_date(now()))
    device = get_object_or_404(Device, code=code, shop__in=shops, end__isnull=True)
    end_device(device=device, by=get_object_or_404(Party, user=request.user), at=now())
    messages.success(request, _("%(code)s opens nothing any more.") % {"code": code})
    return redirect("devices")
