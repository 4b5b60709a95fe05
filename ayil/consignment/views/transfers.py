"""Goods between shops: the list, sending, counting what came, the paper."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.consignment.actions import count_arrival, draft_missing, send_goods
from ayil.consignment.forms.stock import LONGEST_WORDS, posted, quantities_of, text_of
from ayil.consignment.models import ArrivedLine, Lot, ShopTransfer, TransferLine, WriteOffAct
from ayil.consignment.papers.stock import transfer_note
from ayil.consignment.stock_queries import (
    KEEPERS,
    is_missing_of,
    lots_standing,
    shops_of_papers,
    transfer_lines_visible_to,
    transfers_visible_to,
)
from ayil.consignment.views.shelf_pages import tried, user_of
from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.members.choosing import chosen_shop
from ayil.members.models import Shop
from ayil.members.reader import acting
from ayil.members.rights import Right, has_right, shops_with

A_PAGE = 30


@dataclass(frozen=True)
class Sent:
    """A line as the page shows it; `came` None while it is on the way, `lacks` without an act."""

    line: TransferLine
    came: int | None
    lacks: int


@login_required
@require_safe
def transfers(request: HttpRequest) -> HttpResponse:
    """What is on the way from here and to here, and what has arrived."""
    chosen = chosen_shop(request, *KEEPERS)
    found = ShopTransfer.objects.filter(Q(sender=chosen.shop) | Q(receiver=chosen.shop))
    found = found.select_related("sender", "receiver", "arrival").order_by("-id")
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "receives": has_right(
            request.user, Right.RECEIVE_GOODS, day=local_date(now()), shop=chosen.shop
        ),
        "under_way": found.filter(arrival__isnull=True),
        "page": Paginator(found.filter(arrival__isnull=False), A_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "consignment/transfers.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def transfer_new(request: HttpRequest) -> HttpResponse:
    """Which pieces go to which shop."""
    chosen = chosen_shop(request, Right.RECEIVE_GOODS)
    counts = quantities_of(posted(request))
    others = Shop.objects.exclude(pk=chosen.shop.pk).order_by("name", "id")
    if request.method == "POST":
        receiver = others.filter(code=text_of(request.POST, "receiver")).first()
        at = now()
        wanted = Lot.objects.filter(pk__in=counts, shop=chosen.shop).order_by("id")
        try:
            if receiver is None:
                raise AyilError(_("Say to which shop the goods go."))
            transfer = send_goods(
                sender=chosen.shop,
                receiver=receiver,
                lines=[(lot, counts[lot.pk]) for lot in wanted.select_related("variant")],
                by=acting(request),
                on=local_date(at),
                at=at,
                note=text_of(request.POST, "note", LONGEST_WORDS),
            )
        except AyilError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The goods are on the way. Print the paper for the car."))
            return redirect("transfer", uid=transfer.uid)
    text = text_of(request.POST if request.method == "POST" else request.GET)
    lots = lots_standing(chosen.shop, text).filter(balance__on_shelf__gt=0)
    page = Paginator(lots, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "others": others,
        "text": text,
        "page": page,
        "rows": [(lot, counts.get(lot.pk, 0)) for lot in page],
    }
    return render(request, "consignment/transfer_new.html", context)


def _found(request: HttpRequest, uid: uuid.UUID) -> tuple[ShopTransfer, list[TransferLine]]:
    user, day = user_of(request), local_date(now())
    visible = transfers_visible_to(user, day)
    transfer = (
        visible.select_related("sender", "receiver", "by", "arrival__by").filter(uid=uid).first()
    )
    if transfer is None:
        raise Http404(_("There is no such transfer among those you may see."))
    lines = transfer_lines_visible_to(user, transfer, day).select_related(
        "movement__lot__variant__product", "movement__lot__consignor"
    )
    return transfer, list(lines)


def _sent(lines: Sequence[TransferLine]) -> list[Sent]:
    came = dict(ArrivedLine.objects.filter(line__in=lines).values_list("line", "quantity"))
    return [
        Sent(
            line,
            came.get(line.pk),
            is_missing_of(line, with_drafts=True)
            if came.get(line.pk, line.quantity) < line.quantity
            else 0,
        )
        for line in lines
    ]


@login_required
@require_safe
def one_transfer(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    transfer, lines = _found(request, uid)
    user, day = user_of(request), local_date(now())
    receives = frozenset(
        shops_with(user, Right.RECEIVE_GOODS, day=day).values_list("pk", flat=True)
    )
    sent = _sent(lines)
    shops = shops_of_papers(user, day)
    acts = WriteOffAct.objects.filter(lines__missing_of__in=lines, shop__in=shops)
    context = {
        "transfer": transfer,
        "arrival": getattr(transfer, "arrival", None),
        "lines": sent,
        "is_staff": bool({transfer.sender_id, transfer.receiver_id} & shops),
        "acts": acts.distinct(),
        "may_count": not hasattr(transfer, "arrival") and transfer.receiver_id in receives,
        "may_draft": transfer.sender_id in receives and any(one.lacks for one in sent),
    }
    return render(request, "consignment/transfer.html", context)


@login_required
@require_safe
def transfer_paper(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    transfer, lines = _found(request, uid)
    paper = transfer_note(transfer, lines)
    return pdf_answer(document_pdf([paper], at=now()), f"transfer-{transfer.number}")


def _of_shops(request: HttpRequest, uid: uuid.UUID, side: str) -> ShopTransfer:
    shops = shops_with(user_of(request), Right.RECEIVE_GOODS, day=local_date(now()))
    found = ShopTransfer.objects.filter(**{f"{side}__in": shops}, uid=uid)
    transfer = found.select_related("sender", "receiver", "by").first()
    if transfer is None:
        raise Http404(_("There is no such transfer in the shops you work for."))
    return transfer


@login_required
@require_POST
def transfer_count(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The receiver's people count what came."""
    transfer, at, by = _of_shops(request, uid, "receiver"), now(), acting(request)
    counted = quantities_of(posted(request), "line-", with_noughts=True)
    tried(
        request,
        lambda: count_arrival(transfer=transfer, counted=counted, by=by, on=local_date(at), at=at),
        _("What came is on the shelf here. Print its labels."),
    )
    return redirect("transfer", uid=uid)


@login_required
@require_POST
def transfer_missing(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What did not arrive goes into an act of the shop that sent it."""
    transfer, at, by = _of_shops(request, uid, "sender"), now(), acting(request)
    try:
        act = draft_missing(transfer=transfer, by=by, on=local_date(at), at=at)
    except AyilError as error:
        messages.error(request, str(error))
        return redirect("transfer", uid=uid)
    messages.success(request, _("The act is drafted. Somebody else must sign it."))
    return redirect("act", uid=act.uid)
