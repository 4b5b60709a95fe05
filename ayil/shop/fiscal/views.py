"""The register's page of a shop: what waits for a person, and what they say."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.models import Party, Shop
from ayil.members.rights import Right, has_right, may, shops_with
from ayil.shop.fiscal.page import for_a_person, numbers_of_day, waiting_count
from ayil.shop.fiscal.queue import leave, send_again, type_number
from ayil.shop.models import FiscalRequest
from ayil.shop.today import last_open_day, visible_shops


@may(Right.SEE_TODAY)
@require_safe
def fiscal(request: HttpRequest, shop: str) -> HttpResponse:
    """Of one shop; the numbers are those of its last open day."""
    here = local_date(now())
    found = get_object_or_404(visible_shops(request.user, here), code=shop)
    asked = for_a_person(Shop.objects.filter(pk=found.pk), now())
    context = {
        "shop": found,
        "asked": asked,
        "waiting": waiting_count(found) - len(asked),
        "numbers": numbers_of_day(found, last_open_day(found, here) or here),
        "has_address": bool(settings.AYIL_FISCAL_URL),
        "may_clear": has_right(request.user, Right.CLEAR_EXCEPTION, day=here, shop=found),
    }
    return render(request, "shop/fiscal.html", context)


@may(Right.CLEAR_EXCEPTION)
@require_POST
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """`what` is "again", "number" (then `words` is the number) or "left" (then the reason)."""
    shops = shops_with(request.user, Right.CLEAR_EXCEPTION, day=local_date(now()))
    asked = get_object_or_404(FiscalRequest.objects.select_related("shop"), pk=pk, shop__in=shops)
    by, words = get_object_or_404(Party, user=request.user), request.POST.get("words", "")
    what, at = request.POST.get("what", ""), now()
    try:
        if what == "again":
            send_again(request=asked, by=by, at=at)
        elif what == "number":
            type_number(request=asked, by=by, number=words, at=at)
        elif what == "left":
            leave(request=asked, by=by, words=words, at=at)
        else:
            raise Http404(_("Nothing is asked for here. Use the buttons of the page."))
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is kept, with your name."))
    return redirect(reverse("fiscal", args=[asked.shop.code]))
