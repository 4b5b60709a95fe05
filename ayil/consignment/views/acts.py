"""Write-off acts: the list, a draft, the second signature, the paper."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.consignment.actions import Lost, draft_act, sign_act, withdraw_act
from ayil.consignment.forms.stock import (
    LONGEST_WORDS,
    bearer_of,
    cause_of,
    choices,
    posted,
    quantities_of,
    text_of,
)
from ayil.consignment.models import ActLine, Bearer, Cause, Lot, WriteOffAct
from ayil.consignment.papers.stock import owed_by_line, write_off_act
from ayil.consignment.stock_queries import (
    KEEPERS,
    act_lines_visible_to,
    acts_visible_to,
    lots_standing,
    shops_of_papers,
)
from ayil.consignment.views.shelf_pages import tried, user_of
from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.members.choosing import Chosen, chosen_shop
from ayil.members.looks import Seen, record_looks
from ayil.members.own import is_one_of
from ayil.members.reader import acting
from ayil.members.rights import Right, shops_with

A_PAGE = 30
SIGNERS = (Right.RECEIVE_GOODS, Right.SIGN_WRITE_OFF)


@login_required
@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """Drafts that wait for a second signature, and acts that have it."""
    chosen = chosen_shop(request, *KEEPERS)
    found = WriteOffAct.objects.filter(shop=chosen.shop).select_related("by", "signing__by")
    drafts = found.filter(signing__isnull=True, withdrawal__isnull=True)
    done = found.filter(pk__in=found.exclude(pk__in=drafts.values("pk")).values("pk"))
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "drafts": drafts,
        "may_draft": _has(request, chosen, Right.RECEIVE_GOODS),
        "page": Paginator(done.select_related("withdrawal").order_by("-id"), A_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "consignment/acts.html", context)


def _has(request: HttpRequest, chosen: Chosen, right: Right) -> bool:
    shops = shops_with(user_of(request), right, day=local_date(now()))
    return shops.filter(pk=chosen.shop.pk).exists()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act_new(request: HttpRequest) -> HttpResponse:
    """Which pieces are lost, why, and who bears it."""
    chosen = chosen_shop(request, Right.RECEIVE_GOODS)
    typed = posted(request)
    counts = quantities_of(typed)
    if request.method == "POST":
        at = now()
        wanted = Lot.objects.filter(pk__in=counts, shop=chosen.shop).select_related(
            "consignor", "variant"
        )
        try:
            act = draft_act(
                shop=chosen.shop,
                lines=[
                    Lost(lot, counts[lot.pk], cause_of(typed, lot.pk), bearer_of(typed, lot.pk))
                    for lot in wanted.order_by("id")
                ],
                by=acting(request),
                on=local_date(at),
                at=at,
                note=text_of(request.POST, "note", LONGEST_WORDS),
            )
        except AyilError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The act is drafted. Somebody else must sign it."))
            return redirect("act", uid=act.uid)
    text = text_of(request.POST if request.method == "POST" else request.GET)
    lots = lots_standing(chosen.shop, text).filter(balance__on_shelf__gt=0)
    page = Paginator(lots, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "text": text,
        "page": page,
        "rows": [
            (lot, counts.get(lot.pk, 0), cause_of(typed, lot.pk), bearer_of(typed, lot.pk))
            for lot in page
        ],
        "causes": choices(Cause),
        "bearers": choices(Bearer),
    }
    return render(request, "consignment/act_new.html", context)


def _found(request: HttpRequest, uid: uuid.UUID) -> tuple[WriteOffAct, list[ActLine]]:
    """The act and those of its lines that the reader may see."""
    user, day = user_of(request), local_date(now())
    act = (
        acts_visible_to(user, day)
        .select_related("shop", "by", "signing__by", "withdrawal__by")
        .filter(uid=uid)
        .first()
    )
    if act is None:
        raise Http404(_("There is no such act among those you may see."))
    lines = act_lines_visible_to(user, act, day).select_related(
        "act", "lot__variant__product", "lot__consignor", "write_off"
    )
    found = list(lines)
    if act.shop_id in shops_of_papers(user, day):
        owners = {line.lot.consignor_id: line.lot.consignor for line in found}
        record_looks(parties=owners.values(), by=acting(request), what=Seen.OWED, at=now())
    return act, found


@login_required
@require_safe
def one_act(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    act, lines = _found(request, uid)
    is_draft = not hasattr(act, "signing") and not hasattr(act, "withdrawal")
    may_decide = is_draft and _may_decide(request).filter(pk=act.pk).exists()
    context = {
        "act": act,
        "is_staff": act.shop_id in shops_of_papers(user_of(request), local_date(now())),
        "lines": [(line, owed_by_line(line)) for line in lines],
        "may_decide": may_decide,
        "may_sign": may_decide and not is_one_of(acting(request), act.by),
        "signing": getattr(act, "signing", None),
        "withdrawal": getattr(act, "withdrawal", None),
    }
    return render(request, "consignment/act.html", context)


@login_required
@require_safe
def act_paper(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    act, lines = _found(request, uid)
    return pdf_answer(document_pdf([write_off_act(act, lines)], at=now()), f"act-{act.number}")


def _may_decide(request: HttpRequest) -> QuerySet[WriteOffAct]:
    user, day = user_of(request), local_date(now())
    shops = {
        pk
        for right in SIGNERS
        for pk in shops_with(user, right, day=day).values_list("pk", flat=True)
    }
    return WriteOffAct.objects.filter(shop__in=shops)


def _to_decide(request: HttpRequest, uid: uuid.UUID) -> WriteOffAct:
    act = _may_decide(request).select_related("shop", "by").filter(uid=uid).first()
    if act is None:
        raise Http404(_("There is no such act in the shops you work for."))
    return act


@login_required
@require_POST
def act_sign(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The second signature books the act."""
    act, at, by = _to_decide(request, uid), now(), acting(request)
    tried(
        request,
        lambda: sign_act(act=act, by=by, on=local_date(at), at=at),
        _("The act is signed and booked."),
    )
    return redirect("act", uid=uid)


@login_required
@require_POST
def act_withdraw(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The draft is not to be signed."""
    act, at, by = _to_decide(request, uid), now(), acting(request)
    reason = text_of(request.POST, "reason", LONGEST_WORDS)
    tried(
        request,
        lambda: withdraw_act(act=act, by=by, reason=reason, on=local_date(at), at=at),
        _("The draft is withdrawn."),
    )
    return redirect("act", uid=uid)
