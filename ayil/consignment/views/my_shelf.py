"""What became of one's own goods beside sales: returns, write-offs with their reason, transfers."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ayil.consignment.models import ActLine, GoodsReturn, Lot, TransferLine
from ayil.consignment.views.shelf_pages import user_of
from ayil.kit.clock import local_date, now
from ayil.members.own import own_parties
from ayil.members.reader import acting

SHOWN = 50


@login_required
@require_safe
def my_shelf(request: HttpRequest) -> HttpResponse:
    """The reader's own, and those of the communities that they speak for; the latest first."""
    acting(request)
    own = own_parties(user_of(request), local_date(now())).values("pk")
    lots = Lot.objects.filter(consignor__in=own)
    standing = lots.exclude(balance__on_shelf=0).filter(balance__on_shelf__gt=0)
    context = {
        "standing": standing.select_related("variant__product", "shop", "balance", "consignor")
        .order_by("shop", "label")[:SHOWN],
        "returns": GoodsReturn.objects.filter(consignor__in=own)
        .select_related("shop", "consignor", "handover__taken_by")
        .order_by("-id")[:SHOWN],
        "lost": ActLine.objects.filter(lot__consignor__in=own, act__signing__isnull=False)
        .select_related("act__shop", "act__signing", "lot__variant__product", "write_off")
        .order_by("-act", "id")[:SHOWN],
        "sent": TransferLine.objects.filter(movement__lot__consignor__in=own)
        .select_related(
            "movement__lot__variant__product", "transfer__sender", "transfer__receiver",
            "transfer__arrival", "arrived",
        )
        .order_by("-transfer", "id")[:SHOWN],
    }  # fmt: skip
    return render(request, "consignment/my_shelf.html", context)
