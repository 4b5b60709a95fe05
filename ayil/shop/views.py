"""The shop manager's page."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.models import Shop
from ayil.members.rights import Right, has_right, may
from ayil.shop import today as reads
from ayil.shop.fiscal.page import numbers_of_day
from ayil.shop.log import clear_as, clear_exception
from ayil.shop.money.queries import under_way
from ayil.shop.trust.below import below


def _chosen(shops: list[Shop], code: str) -> Shop:
    """The shop of that code, or the first one; another's shop is as if it were not there."""
    if shops and not code:
        return shops[0]
    for shop in shops:
        if shop.code == code:
            return shop
    raise Http404(_("You run no shop of that name."))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404(_("The day in the address is none. Write it like 2012-07-05.")) from None


@may(Right.SEE_TODAY)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The last open day, or with `?day=2012-07-05` that one; `?shop=CODE` where one runs more."""
    here = local_date(now())
    shops = list(reads.visible_shops(request.user, here))
    shop = _chosen(shops, request.GET.get("shop", ""))
    asked = request.GET.get("day", "")
    on = _day(asked) if asked else reads.last_open_day(shop, here)
    context = {
        "shop": shop,
        "shops": shops,
        "exceptions": reads.open_exceptions(shop)[: reads.SHOWN],
        "exceptions_total": reads.open_exceptions(shop).count(),
        "may_clear": has_right(request.user, Right.CLEAR_EXCEPTION, day=here, shop=shop),
    }
    if on is None:
        return render(request, "shop/not_open_yet.html", context)
    context |= {
        "may_see_owed": has_right(request.user, Right.SEE_PAYOUTS, day=here, shop=shop),
        "day": reads.day_of(shop, on),
        "numbers": numbers_of_day(shop, on),
        "trust": reads.trust(shop),
        "below": below(Shop.objects.filter(pk=shop.pk)),
        "under_way": under_way(shop),
        "below_nought": reads.below_nought(shop),
        "expiring": reads.expiring(shop, on),
        "standing": reads.standing_long(shop, on),
    }
    return render(request, "shop/today.html", context)


@may(Right.CLEAR_EXCEPTION)
@require_POST
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """A person says what became of an exception; what was not applied is applied now."""
    shops = reads.shops_run_by(request.user, local_date(now()))
    exception = reads.exceptions_of(shops).filter(pk=pk).first()
    party = getattr(request.user, "party", None)
    if exception is None or party is None:
        raise Http404(_("There is no such event among those that you may clear."))
    note = request.POST.get("note", "").strip()[:300]
    pairs = zip(request.POST.getlist("came"), request.POST.getlist("meant"), strict=False)
    meant = {came[:60]: label.strip()[:60] for came, label in pairs if label.strip()}
    said = {"exception": exception, "by": party, "note": note, "at": now()}
    try:
        clear_as(**said, meant=meant) if meant else clear_exception(**said)
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is cleared, with your name and note."))
    return redirect(f"{reverse('today')}?shop={exception.device.shop.code}")
