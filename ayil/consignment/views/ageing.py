"""The shop's page of goods that stand too long or expire soon, and what their owners chose."""

import uuid
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.consignment.actions.ageing import ask_about, choose
from ayil.consignment.ageing import ageing_lots, at_hand, by_owner, looks, shelf_day
from ayil.consignment.forms.ageing import ChooseOnPaper
from ayil.consignment.models import AgeingAsk, AgeingChoice, Lot
from ayil.consignment.papers.ageing import ageing_list, list_number
from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.members.choosing import chosen_shop
from ayil.members.looks import Seen, record_looks
from ayil.members.models import Shop, User
from ayil.members.reader import acting
from ayil.members.rights import Right, has_right, may, shops_with
from ayil.products.queries import voices_of

OWNERS_A_PAGE = 20
CHOSEN_SHOWN = 50
SEE = (Right.RECEIVE_GOODS, Right.KEEP_BOOKS)


@login_required
@require_safe
def ageing(request: HttpRequest) -> HttpResponse:
    """By owner: what stands, since when, what sold; below it what became of earlier choices."""
    today = local_date(now())
    chosen = chosen_shop(request, *SEE)
    shop = chosen.shop
    on = shelf_day(shop, today)
    lots = at_hand(ageing_lots(Shop.objects.filter(pk=shop.pk), on)).order_by("id")
    pages = Paginator(by_owner(looks(lots, on)), OWNERS_A_PAGE)
    user = cast(User, request.user)
    context = {
        "shop": shop,
        "shops": chosen.shops,
        "asked": f"shop={shop.code}&",
        "page": pages.get_page(request.GET.get("page")),
        "total": sum(len(one.looks) for one in pages.object_list),
        "chosen": looks(_chosen(shop), on),
        "may_ask": has_right(user, Right.RECEIVE_GOODS, day=today, shop=shop),
    }
    return render(request, "consignment/ageing.html", context)


def _chosen(shop: Shop) -> list[Lot]:
    """Lots about which an owner chose, the latest choice first."""
    rows = AgeingChoice.objects.filter(ask__lot__shop=shop).order_by("-id")
    keys = list(dict.fromkeys(rows.values_list("ask__lot", flat=True)[: 2 * CHOSEN_SHOWN]))
    found = at_hand(Lot.objects.all()).in_bulk(keys[:CHOSEN_SHOWN])
    return [found[key] for key in keys[:CHOSEN_SHOWN]]


@may(Right.RECEIVE_GOODS)
@require_POST
def ageing_ask(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One tap: asks an owner about everything of theirs that stands too long in the shop."""
    at = now()
    today = local_date(at)
    shop = chosen_shop(request, Right.RECEIVE_GOODS).shop
    lots = ageing_lots(Shop.objects.filter(pk=shop.pk), today).filter(consignor__uid=uid)
    try:
        asked = ask_about(lots=list(at_hand(lots)), by=acting(request), on=today, at=at)
    except AyilError as error:
        messages.error(request, str(error))
    else:
        words = ngettext(
            "The owner is asked about %(count)s lot, and has until %(day)s to answer.",
            "The owner is asked about %(count)s lots, and has until %(day)s to answer.",
            len(asked),
        )
        day = f"{asked[0].answer_by:%d.%m.%Y}"
        messages.success(request, words % {"count": len(asked), "day": day})
    return redirect(f"{reverse('ageing')}?shop={shop.code}")


@may(Right.RECEIVE_GOODS)
@require_http_methods(["GET", "HEAD", "POST"])
def ageing_say(request: HttpRequest, pk: int) -> HttpResponse:
    """The staff writes down what an owner without a phone chose, from the paper they signed."""
    at = now()
    today = local_date(at)
    ask = _ask_of_ours(request, pk)
    look = looks([ask.lot], today)[0]
    form = ChooseOnPaper(
        request.POST if request.method == "POST" else None,
        currency=look.price.currency if look.price else ask.lot.shop.currency,
        speakers=voices_of(ask.lot.consignor, today),
    )
    if request.method == "POST" and form.is_valid():
        try:
            choose(
                ask=ask, answer=form.answer(), by=form.speaker, typed_by=acting(request),
                on=today, at=at, paper=form.cleaned_data["paper"],
            )  # fmt: skip
        except AyilError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The owner's choice is written down."))
            return redirect(f"{reverse('ageing')}?shop={ask.lot.shop.code}")
    context = {"ask": ask, "look": look, "form": form, "is_open": look.choice is None}
    return render(request, "consignment/ageing_say.html", context)


def _ask_of_ours(request: HttpRequest, pk: int) -> AgeingAsk:
    shops = shops_with(request.user, Right.RECEIVE_GOODS, day=local_date(now()))
    asks = AgeingAsk.objects.filter(pk=pk, lot__shop__in=shops)
    found = asks.select_related(
        "by", "lot__shop", "lot__variant__product", "lot__consignor__village", "lot__balance"
    ).first()
    if found is None:
        raise Http404(_("There is no such question in your shop."))
    return found


@login_required
@require_safe
def ageing_paper(request: HttpRequest) -> HttpResponse:
    """For the next car, or a round of calls: by village, with room for what each owner says."""
    at = now()
    today = local_date(at)
    shop = chosen_shop(request, *SEE).shop
    on = shelf_day(shop, today)
    lots = at_hand(ageing_lots(Shop.objects.filter(pk=shop.pk), on)).order_by("id")
    owners = by_owner(
        look
        for look in looks(lots.select_related("consignor__village__parent"), on)
        if look.state in {"fresh", "asked", "late"}
    )
    user = cast(User, request.user)
    with_phones = has_right(user, Right.SEE_PERSONAL_DATA, day=today)
    if with_phones:
        seen = [one.owner for one in owners if one.owner.phone]
        record_looks(parties=seen, by=acting(request), what=Seen.RECORD, at=at)
    paper = ageing_list(shop, owners, on, with_phones=with_phones)
    return pdf_answer(document_pdf([paper], at=at), list_number(shop, today))
