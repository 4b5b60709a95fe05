"""Goods that go back to their owner: the list, a new note, one note with its paper."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.consignment.actions import hand_over_return, return_to_owner
from ayil.consignment.forms.stock import LONGEST_WORDS, posted, quantities_of, text_of
from ayil.consignment.models import GoodsReturn
from ayil.consignment.papers.stock import return_note
from ayil.consignment.stock_queries import (
    KEEPERS,
    lots_standing,
    returns_visible_to,
    returns_waiting,
    shops_of_papers,
)
from ayil.consignment.views.shelf_pages import tried, user_of
from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.kit.search import matching
from ayil.members.choosing import Chosen, chosen_shop
from ayil.members.models import Party
from ayil.members.own import speakers_for
from ayil.members.reader import acting
from ayil.members.rights import Right, has_right, shops_with

A_PAGE = 30


@login_required
@require_safe
def returns(request: HttpRequest) -> HttpResponse:
    """What waits to be taken, and what was."""
    chosen = chosen_shop(request, *KEEPERS)
    done = GoodsReturn.objects.filter(shop=chosen.shop, handover__isnull=False)
    named = ("consignor", "handover__taken_by")
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "receives": has_right(
            request.user, Right.RECEIVE_GOODS, day=local_date(now()), shop=chosen.shop
        ),
        "waiting": returns_waiting(chosen.shop).select_related(*named),
        "page": Paginator(done.select_related(*named).order_by("-id"), A_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "consignment/returns.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def return_new(request: HttpRequest) -> HttpResponse:
    """First whose goods, then which pieces and who takes them."""
    chosen = chosen_shop(request, Right.RECEIVE_GOODS)
    asked = request.POST if request.method == "POST" else request.GET
    owner = _owner(asked.get("owner", ""))
    if owner is None:
        return _owners(request, chosen)
    on = local_date(now())
    lots = list(lots_standing(chosen.shop).filter(consignor=owner, balance__on_shelf__gt=0))
    speakers = speakers_for([owner], on)[owner.pk]
    typed = posted(request)
    counts = quantities_of(typed)
    if request.method == "POST":
        taken_by = next((one for one in speakers if str(one.uid) == typed.get("taken_by")), None)
        at = now()
        try:
            goods = return_to_owner(
                shop=chosen.shop,
                consignor=owner,
                lines=[(lot, counts[lot.pk]) for lot in lots if lot.pk in counts],
                by=acting(request),
                on=on,
                at=at,
                taken_by=taken_by,
                note=text_of(request.POST, "note", LONGEST_WORDS),
            )
        except AyilError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The return note is written. Print it and sign it both."))
            return redirect("return", uid=goods.uid)
    context = {
        "shop": chosen.shop,
        "owner": owner,
        "speakers": speakers,
        "rows": [(lot, counts.get(lot.pk, 0)) for lot in lots],
    }
    return render(request, "consignment/return_new.html", context)


def _owner(uid: str) -> Party | None:
    try:
        return Party.objects.filter(uid=uuid.UUID(uid)).select_related("village").first()
    except ValueError:
        return None


def _owners(request: HttpRequest, chosen: Chosen) -> HttpResponse:
    text = text_of(request.GET)
    owners = Party.objects.filter(
        lots__shop=chosen.shop, lots__balance__on_shelf__gt=0
    ).select_related("village")
    if text:
        owners = owners.filter(Q(pk__in=matching(Party, text)))
    owners = owners.annotate(standing=Count("lots")).order_by("sort_key", "id")
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "text": text,
        "page": Paginator(owners, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "consignment/return_owners.html", context)


def _found(request: HttpRequest, uid: uuid.UUID) -> GoodsReturn:
    visible = returns_visible_to(user_of(request), local_date(now()))
    goods = visible.select_related("shop", "consignor", "by").filter(uid=uid).first()
    if goods is None:
        raise Http404(_("There is no such return note among those you may see."))
    return goods


@login_required
@require_safe
def one_return(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    goods, day = _found(request, uid), local_date(now())
    may_hand = shops_with(user_of(request), Right.RECEIVE_GOODS, day=day)
    context = {
        "goods": goods,
        "is_staff": goods.shop_id in shops_of_papers(user_of(request), day),
        "lines": goods.lines.select_related("movement__lot__variant__product"),
        "handover": getattr(goods, "handover", None),
        "speakers": speakers_for([goods.consignor], day)[goods.consignor_id],
        "may_hand_over": may_hand.filter(pk=goods.shop_id).exists(),
    }
    return render(request, "consignment/return.html", context)


@login_required
@require_safe
def return_paper(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    goods = _found(request, uid)
    return pdf_answer(document_pdf([return_note(goods)], at=now()), f"return-{goods.number}")


@login_required
@require_POST
def return_hand_over(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Somebody who speaks for the owner has the goods."""
    at = now()
    shops = shops_with(user_of(request), Right.RECEIVE_GOODS, day=local_date(at))
    goods = GoodsReturn.objects.filter(uid=uid, shop__in=shops).select_related("shop").first()
    if goods is None:
        raise Http404(_("There is no such return note in the shops you work for."))
    taken_by = _owner(request.POST.get("taken_by", ""))
    if taken_by is None:
        messages.error(request, _("Say who took the goods."))
        return redirect("return", uid=uid)
    by = acting(request)
    tried(
        request,
        lambda: hand_over_return(
            goods_return=goods, taken_by=taken_by, by=by, on=local_date(at), at=at
        ),
        _("The goods are with their owner."),
    )
    return redirect("return", uid=uid)
