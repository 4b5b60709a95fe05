"""The desk, where the day of the association's staff begins, and the search box on it."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ayil.catalogue.waits import announcements_without_words, products_without_words
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.kit.search import Asked
from ayil.members.models import Party, User
from ayil.members.rights import Right, may, shops_with
from ayil.products.actions import give_name
from ayil.products.models import Product
from ayil.shop.trust.below import below
from ayil.site.desk.finding import LONGEST_QUERY, everything, own_page
from ayil.site.desk.office import office_of
from ayil.site.desk.waiting import desk_of
from ayil.site.ways import LANGUAGES

MOST_LISTED = 50


@may(Right.SEE_DESK)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for whom today."""
    today = local_date(now())
    user = cast(User, request.user)
    context = {
        "desk": desk_of(user, today),
        "below": below(shops_with(user, Right.SEE_TODAY, day=today)),
        "today": today,
        "office": office_of(user, today),
    }
    return render(request, "site/desk.html", context)


@may(Right.SEE_DESK)
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """`?q=`: a name, a number, or what a scanner read; the one thing that is meant opens."""
    text = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    if not text:
        return render(request, "site/find.html", {"text": ""})
    asked = Asked(text)
    page = own_page(asked)
    if page:
        return redirect(page)
    answer = everything(asked, cast(User, request.user), local_date(now()))
    address = answer.straight_to(asked)
    if address:
        return redirect(address)
    return render(request, "site/find.html", {"text": text, "answer": answer})


@may(Right.GIVE_WORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """What readers of one of the languages are told in another one; a product's name is given."""
    if request.method == "POST":
        _give_name(request)
        return redirect("words")
    products = products_without_words().select_related("owner__village")
    context = {
        "products": products[:MOST_LISTED],
        "announcements": announcements_without_words().prefetch_related("texts")[:MOST_LISTED],
        "languages": LANGUAGES,
    }
    return render(request, "site/words.html", context)


def _give_name(request: HttpRequest) -> None:
    number = request.POST.get("product", "")
    wanted = int(number) if number.isdecimal() and len(number) < 19 else 0
    product = Product.objects.filter(pk=wanted).first()
    try:
        if product is None:
            raise AyilError(_("There is no such product. Choose one of this list."))
        given = give_name(
            product=product,
            language=request.POST.get("language", ""),
            name=request.POST.get("name", ""),
            by=cast(Party, cast(User, request.user).party),
            on=local_date(now()),
        )
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(product)s has its name.") % {"product": given})
