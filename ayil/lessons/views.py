"""The maker's page."""

import uuid
from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ayil.consignment.models import ConsignorAccount
from ayil.consignment.queries import accounts_visible_to, own_accounts
from ayil.kit.clock import local_date, now
from ayil.lessons import my_sales as reads


def _with_names(accounts: QuerySet[ConsignorAccount]) -> list[ConsignorAccount]:
    return list(accounts.select_related("account", "shop", "consignor__village"))


@login_required
@require_safe
def my_sales(request: HttpRequest) -> HttpResponse:
    """The reader's own; who sells for a community too, or in two shops, chooses by a link."""
    own = _with_names(own_accounts(request.user, _today()))
    if not own:
        if getattr(request.user, "party", None) is None:
            raise PermissionDenied(_("This page is for makers. Sign in as one."))
        return render(request, "lessons/no_agreement.html")
    return _page(request, own[0], own)


@login_required
@require_safe
def sales_of(request: HttpRequest, shop: str, uid: uuid.UUID) -> HttpResponse:
    """One consignor's page: their own, their community's, or that of a shop whose books one keeps.

    Another's page is as if it were not there.
    """
    visible = accounts_visible_to(request.user, _today())
    found = _with_names(visible.filter(shop__code=shop, consignor__uid=uid))
    if not found:
        raise Http404(_("There is no such page among those you may see."))
    return _page(request, found[0], _with_names(own_accounts(request.user, _today())))


def _today() -> date:
    return local_date(now())


def _page(
    request: HttpRequest, account: ConsignorAccount, own: list[ConsignorAccount]
) -> HttpResponse:
    context = {"sales": reads.my_sales(account), "own": own}
    return render(request, "lessons/my_sales.html", context)
