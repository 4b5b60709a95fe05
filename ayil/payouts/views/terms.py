"""The association's terms of payouts and disputes: what holds, what held, and new ones."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.models import Shop
from ayil.members.reader import acting
from ayil.members.rights import Right, may
from ayil.payouts import queries
from ayil.payouts.actions import set_payout_terms
from ayil.payouts.queries.terms import SOM
from ayil.payouts.terms_form import PayoutTermsForm


@may(Right.SET_TERMS)
@require_http_methods(["GET", "HEAD", "POST"])
def payout_terms(request: HttpRequest) -> HttpResponse:
    """One form a currency that the shops keep, soms where there is no shop yet."""
    today = local_date(now())
    asked = request.POST.get("currency", "") or request.GET.get("currency", "")
    currencies = sorted(set(Shop.objects.values_list("currency", flat=True))) or [SOM]
    currency = asked if asked in currencies else _first(currencies)
    held = queries.terms_on(today, currency)
    form = PayoutTermsForm(request.POST or None, currency=currency, held=held, today=today)
    if request.method == "POST" and form.is_valid() and _set(request, form, currency):
        return redirect(f"{request.path}?currency={currency}")
    context = {
        "form": form,
        "held": held,
        "currency": currency,
        "currencies": currencies,
        "said": queries.terms_said(currency),
        "today": today,
    }
    status = 400 if form.is_bound else 200
    return render(request, "payouts/terms.html", context, status=status)


def _first(currencies: list[str]) -> str:
    return SOM if SOM in currencies else currencies[0]


def _set(request: HttpRequest, form: forms.Form, currency: str) -> bool:
    try:
        set_payout_terms(
            currency=currency,
            least_minor=form.cleaned_data["least"],
            answer_days=form.cleaned_data["answer_days"],
            since=form.cleaned_data["since"],
            by=acting(request),
            at=now(),
        )
    except AyilError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("The new terms hold from that day on."))
    return True
