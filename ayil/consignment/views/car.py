"""The list for the next car, the trips that were made with one, and their papers."""

from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ayil.consignment.actions import plan_trip, tick_off
from ayil.consignment.car import items_for, route
from ayil.consignment.forms.agreements import DayField
from ayil.consignment.models import CarTrip
from ayil.consignment.papers.car import trip_pdf
from ayil.kit.clock import local_date, now
from ayil.kit.document import pdf_answer
from ayil.kit.errors import AyilError
from ayil.members.choosing import chosen_shop
from ayil.members.models import Shop, User
from ayil.members.reader import acting
from ayil.members.rights import Right, may, shops_with

TRIPS_SHOWN = 10


class TripForm(forms.Form):
    """On which day the car goes."""

    on = DayField(label=gettext_lazy("The car goes on"))


@may(Right.RECEIVE_GOODS)
@require_http_methods(["GET", "HEAD", "POST"])
def car(request: HttpRequest) -> HttpResponse:
    """What waits for the next car, village by village; posted: it is taken along as it is."""
    chosen = chosen_shop(request, Right.RECEIVE_GOODS)
    today = local_date(now())
    form = TripForm(request.POST or None, initial={"on": today})
    if form.is_valid():
        trip = _planned(request, form, chosen.shop)
        if trip is not None:
            return redirect("car-trip", pk=trip.pk)
    trips = CarTrip.objects.filter(shop=chosen.shop).select_related("by")
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "stops": route(items_for(chosen.shop, today)),
        "form": form,
        "trips": trips[:TRIPS_SHOWN],
    }
    return render(request, "consignment/car.html", context)


def _planned(request: HttpRequest, form: TripForm, shop: Shop) -> CarTrip | None:
    at = now()
    today = local_date(at)
    try:
        return plan_trip(
            shop=shop, items=items_for(shop, today), on=form.cleaned_data["on"],
            by=acting(request), today=today, at=at,
        )  # fmt: skip
    except AyilError as error:
        form.add_error(None, ValidationError(str(error)))
    return None


def _trip(request: HttpRequest, pk: int) -> CarTrip:
    shops = shops_with(cast(User, request.user), Right.RECEIVE_GOODS, day=local_date(now()))
    found = CarTrip.objects.filter(pk=pk, shop__in=shops).select_related("shop", "by").first()
    if found is None:
        raise Http404(_("There is no such trip among those that you may see."))
    return found


@may(Right.RECEIVE_GOODS)
@require_http_methods(["GET", "HEAD", "POST"])
def trip(request: HttpRequest, pk: int) -> HttpResponse:
    """One trip as it was taken along; what was done is ticked off."""
    one, at = _trip(request, pk), now()
    if request.method == "POST":
        typed = request.POST.getlist("done")
        keys = [int(key) for key in typed if key.isdecimal() and len(key) < 19]
        try:
            tick_off(trip=one, lines=keys, by=acting(request), on=local_date(at), at=at)
        except AyilError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Written down."))
        return redirect("car-trip", pk=pk)
    lines = one.lines.select_related("party__village__parent", "done__by")
    stops = route(lines)
    is_done = all(hasattr(line, "done") for line in lines)
    context = {"trip": one, "stops": stops, "is_done": is_done}
    return render(request, "consignment/car_trip.html", context)


@may(Right.RECEIVE_GOODS)
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The trip's list to print."""
    one = _trip(request, pk)
    code = request.build_absolute_uri(reverse("car-trip", args=[pk]))
    return pdf_answer(trip_pdf(one, code=code, at=now()), f"car-{one.on}")
