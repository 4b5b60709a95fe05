"""An owner's goods and prices: what holds, what comes, what was; and a new price from a day on."""

import uuid
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.kit.written import day as in_words
from ayil.kit.written import money
from ayil.members.models import Party
from ayil.members.own import own_parties
from ayil.members.reader import acting
from ayil.products.actions import refuse_price_ask, set_price, take_asked_price
from ayil.products.forms import NewPrice, NoToAsk
from ayil.products.models import Price, PriceAsk, Variant
from ayil.products.papers import price_sheet
from ayil.products.priced import Priced, priced
from ayil.products.queries import first_free_day, own_variants, voice_of


@login_required
@require_safe
def my_goods(request: HttpRequest) -> HttpResponse:
    """What the reader makes, and the communities for which they speak."""
    acting(request)
    today = local_date(now())
    goods = priced(list(own_variants(request.user, today)), today)
    owners: dict[Party, list[Priced]] = {}
    for one in goods:
        owners.setdefault(one.variant.product.owner, []).append(one)
    return render(request, "products/my_goods.html", {"owners": list(owners.items())})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_price(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing of the reader's own: its price now, and a new one from a day on."""
    today = local_date(now())
    variant = own_variants(request.user, today).filter(pk=pk).first()
    if variant is None:
        raise Http404(_("There are no such goods of yours."))
    found = priced([variant], today)[0]
    last = found.coming[-1] if found.coming else found.now
    form = NewPrice(
        request.POST if request.method == "POST" else None,
        last=last,
        currency=last.currency if last else "KGS",
        first_day=first_free_day(variant, today),
    )
    if request.method == "POST" and form.is_valid():
        try:
            price = _set(request, variant, form, today)
        except AyilError as error:
            form.add_error(None, str(error))
        else:
            words = _("%(goods)s costs %(price)s from %(day)s on. The tills get it by themselves.")
            told = {
                "goods": variant,
                "price": money(price.amount_minor, price.currency),
                "day": in_words(price.valid_from),
            }
            messages.success(request, words % told)
            return redirect("my-goods")
    return render(request, "products/my_price.html", {"found": found, "form": form, "today": today})


def _set(request: HttpRequest, variant: Variant, form: NewPrice, today: date) -> Price:
    voice = _voice(request, variant, today)
    said = form.cleaned_data
    return set_price(
        variant=variant,
        amount_minor=said["amount"],
        floor_minor=said["floor"],
        currency=form.last.currency if form.last else "KGS",
        valid_from=said["valid_from"],
        set_by=voice,
        typed_by=voice,
        on=today,
    )


def _voice(request: HttpRequest, variant: Variant, today: date) -> Party:
    """The record under which the reader speaks for the goods; themselves where under none, which
    the actions refuse in words."""
    person = acting(request)
    return voice_of(person, variant.product.owner, today) or person


@login_required
@require_POST
def my_price_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap: `say` is yes or no; another price is set on the page of the goods."""
    today = local_date(now())
    own = own_variants(request.user, today).order_by().values("pk")
    ask = PriceAsk.objects.filter(pk=pk, variant__in=own).select_related("variant__product").first()
    if ask is None:
        raise Http404(_("Nobody asked you this."))
    voice = _voice(request, ask.variant, today)
    form = NoToAsk(request.POST)
    try:
        if request.POST.get("say") == "yes":
            price = take_asked_price(ask=ask, by=voice, typed_by=voice, on=today)
            words = _("%(goods)s costs %(price)s from %(day)s on. The tills get it by themselves.")
            told = {
                "goods": ask.variant,
                "price": money(price.amount_minor, price.currency),
                "day": in_words(price.valid_from),
            }
            messages.success(request, words % told)
        elif form.is_valid():
            refuse_price_ask(
                ask=ask, by=voice, typed_by=voice, on=today, words=form.cleaned_data["words"]
            )
            messages.success(request, _("Your price stays as it is. The shop reads what you say."))
        else:
            messages.error(request, _("Write it in at most 300 letters."))
    except AyilError as error:
        messages.error(request, str(error))
    return redirect("my-asked")


@login_required
@require_safe
def my_price_sheet(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One's own prices on paper, to sign: for oneself, or a community for which one speaks."""
    today = local_date(now())
    owner = own_parties(request.user, today).filter(uid=uid).select_related("village").first()
    if owner is None:
        raise Http404(_("There are no such goods of yours."))
    return sheet_answer(owner, today)


def sheet_answer(owner: Party, on: date) -> HttpResponse:
    """The price sheet in the owner's own language."""
    variants = Variant.objects.filter(product__owner=owner).select_related("product")
    with translation.override(owner.language or translation.get_language()):
        paper = price_sheet(owner, priced(list(variants.order_by("product_id", "id")), on), on)
        pdf = document_pdf([paper], at=now())
    return pdf_answer(pdf, f"prices-{on}")
