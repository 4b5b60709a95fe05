"""Lists of goods, prices and lots: one page that leads to each, and each list's own page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ayil.consignment.lists import KINDS
from ayil.kit.clock import now
from ayil.kit.lists.writing import TYPES
from ayil.members.choosing import Chosen, chosen_shop
from ayil.members.lists import PEOPLE, Errand, ListKind
from ayil.members.reader import acting
from ayil.members.rights import Right, may, rights_of
from ayil.members.views.lists import Around, Link, empty_list, list_page, whole_list


@may(Right.IMPORT_GOODS)
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Every kind of list that the reader may bring and take out, for the chosen shop."""
    chosen = chosen_shop(request, Right.IMPORT_GOODS)
    found = [(kind, f"{_address(kind)}?shop={chosen.shop.code}") for kind in KINDS.values()]
    if Right.IMPORT_PEOPLE in rights_of(request.user, day=_errand(request, chosen).today):
        found.insert(0, (PEOPLE, reverse("people-import")))
    return render(
        request,
        "consignment/lists.html",
        {"lists": found, "shop": chosen.shop, "shops": chosen.shops},
    )


@may(Right.IMPORT_GOODS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def list_of(request: HttpRequest, kind: str) -> HttpResponse:
    """A file is read and its plan is shown; the digest of that plan carries it out."""
    found, chosen = _kind(kind), chosen_shop(request, Right.IMPORT_GOODS)
    return list_page(request, found, _errand(request, chosen), _around(found, chosen))


@may(Right.IMPORT_GOODS)
@require_safe
def list_empty(request: HttpRequest, kind: str, language: str, form: str) -> HttpResponse:
    """A list to fill in, in one of the three languages."""
    return empty_list(_kind(kind), language, form)


@may(Right.IMPORT_GOODS)
@require_safe
@never_cache
def list_whole(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """The list as it is, of the chosen shop."""
    chosen = chosen_shop(request, Right.IMPORT_GOODS)
    return whole_list(_kind(kind), _errand(request, chosen), form)


def _kind(code: str) -> ListKind:
    if code not in KINDS:
        raise Http404(_("There is no such list."))
    return KINDS[code]


def _errand(request: HttpRequest, chosen: Chosen) -> Errand:
    return Errand(acting(request), now(), chosen.shop)


def _address(kind: ListKind) -> str:
    return reverse("list", kwargs={"kind": kind.code})


def _around(kind: ListKind, chosen: Chosen) -> Around:
    shop = f"?shop={chosen.shop.code}"
    return Around(
        back=Link(reverse("lists") + shop, _("Lists")),
        as_it_is=[
            Link(
                reverse("list-whole", kwargs={"kind": kind.code, "form": form}) + shop,
                form.upper(),
            )
            for form in TYPES
        ],
        to_fill_in=[
            Link(
                reverse("list-empty", kwargs={"kind": kind.code, "language": code, "form": form}),
                f"{name}, {form.upper()}",
            )
            for code, name in settings.LANGUAGES
            for form in TYPES
        ],
        shops=chosen.shops,
    )
