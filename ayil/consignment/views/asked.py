"""What the shop asks an owner: another price, or what becomes of goods that stand too long."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ayil.consignment.actions.ageing import choose
from ayil.consignment.ageing import at_hand, looks
from ayil.consignment.asked import asked_of
from ayil.consignment.forms.ageing import Choose
from ayil.consignment.models import AgeingAsk, Lot
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.own import own_parties
from ayil.members.reader import acting
from ayil.products.queries import prices_on, voice_of

CHOSEN_SHOWN = 30


@login_required
@require_safe
def my_asked(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's answer, and what came of their earlier choices."""
    acting(request)
    today = local_date(now())
    asked = asked_of(request.user, today)
    prices = prices_on({ask.variant for ask in asked.prices}, today)
    own = own_parties(request.user, today)
    chosen = (
        at_hand(Lot.objects.filter(consignor__in=own, ageing_asks__choice__isnull=False))
        .order_by("-id")
        .distinct()
    )
    context = {
        "asked": asked,
        "prices": [(ask, prices.get(ask.variant_id)) for ask in asked.prices],
        "chosen": [look for look in looks(chosen[:CHOSEN_SHOWN], today) if look.choice],
        "today": today,
    }
    return render(request, "consignment/my_asked.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_ageing(request: HttpRequest, pk: int) -> HttpResponse:
    """One lot of the reader's own that stands too long: they choose what becomes of it."""
    at = now()
    today = local_date(at)
    ask = own_ask(request, pk)
    voice = voice_of(acting(request), ask.lot.consignor, today) or acting(request)
    look = looks([ask.lot], today)[0]
    currency = look.price.currency if look.price else ask.lot.shop.currency
    form = Choose(request.POST if request.method == "POST" else None, currency=currency)
    if request.method == "POST" and form.is_valid():
        try:
            choose(ask=ask, answer=form.answer(), by=voice, typed_by=voice, on=today, at=at)
        except AyilError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Good. The shop does as you say."))
            return redirect("my-asked")
    context = {"ask": ask, "look": look, "form": form, "is_open": look.choice is None}
    return render(request, "consignment/my_ageing.html", context)


def own_ask(request: HttpRequest, pk: int) -> AgeingAsk:
    """To others it is as if it were not there."""
    own = own_parties(request.user, local_date(now()))
    asks = AgeingAsk.objects.filter(pk=pk, lot__consignor__in=own)
    found = asks.select_related(
        "by", "lot__shop", "lot__variant__product", "lot__consignor__village", "lot__balance"
    ).first()
    if found is None:
        raise Http404(_("Nobody asked you this."))
    return found
