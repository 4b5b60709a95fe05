"""Pages of agreements: the shop's list, one, a new one, its renewal and its end, and the paper."""

import uuid
from datetime import date
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.consignment.actions import Terms, end_agreement, enter_agreement, renew
from ayil.consignment.forms.agreements import AgreementForm, EndForm
from ayil.consignment.models import Agreement
from ayil.consignment.papers.agreements import agreement_pdf
from ayil.consignment.queries import agreements_visible_to, notes_visible_to, standing_on
from ayil.consignment.rules import standing
from ayil.kit.clock import local_date, now
from ayil.kit.document import pdf_answer
from ayil.kit.errors import AyilError
from ayil.kit.names import LANGUAGES_IN_TURN
from ayil.kit.search import found, matching
from ayil.members.choosing import chosen_shop
from ayil.members.identities import kept_parties
from ayil.members.models import Party, Shop, User
from ayil.members.own import own_parties
from ayil.members.queries import is_member_on
from ayil.members.reader import acting
from ayil.members.rights import Right, has_right, may

A_PAGE = 30
LONGEST_QUERY = 100
PEOPLE_SHOWN = 10


def asked_text(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]


def asked_again(request: HttpRequest) -> str:
    """The query of this page for another page of the list: "shop=krs&q=…&" or nothing."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"{query.urlencode()}&" if query else ""


@login_required
@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """`?q=` a name or number; `?all=1` those that are over too."""
    today = local_date(now())
    chosen = chosen_shop(request, Right.AGREE, Right.RECEIVE_GOODS, Right.KEEP_BOOKS)
    text, shows_all = asked_text(request), bool(request.GET.get("all"))
    rows = _listed(chosen.shop, text, today, shows_all=shows_all)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "page": page,
        "asked": asked_again(request),
        "rows": [(one, standing(one.since, one.last_day, today)) for one in page],
        "text": text,
        "shows_all": shows_all,
        "may_agree": has_right(request.user, Right.AGREE, day=today, shop=chosen.shop),
    }
    return render(request, "consignment/agreements.html", context)


def _listed(shop: Shop, text: str, today: date, *, shows_all: bool) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(shop=shop)
    if not shows_all:
        rows = standing_on(rows, today) | rows.filter(since__gt=today, end__isnull=True)
    if text:
        rows = rows.filter(Q(number=text) | Q(consignor__in=matching(Party, text)))
    related = rows.select_related("consignor__village", "end", "renewal")
    return related.order_by("consignor__sort_key", "since", "id")


@login_required
@require_safe
def agreement(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    return _page(request, _visible(request, uid))


def _visible(request: HttpRequest, uid: uuid.UUID) -> Agreement:
    today = local_date(now())
    seen = agreements_visible_to(cast(User, request.user), today).filter(uid=uid)
    one = seen.select_related("shop__fund", "consignor__village", "end", "renewal", "follows")
    kept = one.prefetch_related("terms", "fees", "covered__product").first()
    if kept is None:
        raise Http404(_("There is no such agreement among those that you may see."))
    return kept


def _page(request: HttpRequest, one: Agreement, ending: EndForm | None = None) -> HttpResponse:
    today = local_date(now())
    context = {
        "one": one,
        "state": standing(one.since, one.last_day, today),
        "may_agree": has_right(request.user, Right.AGREE, day=today, shop=one.shop),
        "receives": has_right(request.user, Right.RECEIVE_GOODS, day=today, shop=one.shop),
        "is_own": own_parties(request.user, today).filter(pk=one.consignor_id).exists(),
        "is_member": is_member_on(one.consignor, today),
        "ending": ending or EndForm(initial={"on": today}),
        "languages": LANGUAGES_IN_TURN,
        "notes": notes_visible_to(request.user, today)
        .filter(agreement=one)
        .order_by("-declared_on", "-id")[:10],
    }
    return render(request, "consignment/agreement.html", context)


@may(Right.AGREE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`?consignor=` whom it is with; without it a name is asked for, and who is meant."""
    chosen = chosen_shop(request, Right.AGREE)
    consignor = _consignor(request.GET.get("consignor", ""))
    if consignor is None:
        return _whom(request, chosen.shop)
    today = local_date(now())
    form = AgreementForm(request.POST or None, consignor=consignor, today=today)
    if form.is_valid():
        made = _entered(request, form, chosen.shop, consignor)
        if made is not None:
            messages.success(request, _("Agreement %s is made. Print it, and let both sides "
                                        "sign.") % made)  # fmt: skip
            return redirect("agreement", uid=made.uid)
    context = {
        "form": form,
        "shop": chosen.shop,
        "consignor": consignor,
        "is_member": is_member_on(consignor, today),
        "standing": standing_on(consignor.agreements.filter(shop=chosen.shop), today).first(),
    }
    return render(request, "consignment/agreement_new.html", context)


def _consignor(typed: str) -> Party | None:
    try:
        return kept_parties().filter(uid=uuid.UUID(typed)).select_related("village").first()
    except ValueError:
        return None


def _whom(request: HttpRequest, shop: Shop) -> HttpResponse:
    text = asked_text(request)
    people, more = (
        found(kept_parties().select_related("village").order_by("sort_key", "id"), text,
              most=PEOPLE_SHOWN)
        if text
        else ([], False)
    )  # fmt: skip
    context = {"shop": shop, "text": text, "people": people, "more": more}
    return render(request, "consignment/agreement_whom.html", context)


def _entered(
    request: HttpRequest, form: AgreementForm, shop: Shop, consignor: Party
) -> Agreement | None:
    try:
        return enter_agreement(
            shop=shop, consignor=consignor, terms=form.terms(), by=acting(request),
            on=local_date(now()),
        )  # fmt: skip
    except AyilError as error:
        form.add_error(None, ValidationError(str(error)))
    return None


@may(Right.AGREE)
@require_http_methods(["GET", "HEAD", "POST"])
def renewal(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The terms of the next agreement, as they are now if nothing is changed."""
    before, today = _agreed_by(request, uid), local_date(now())
    form = AgreementForm(
        request.POST or None, consignor=before.consignor, today=today, before=before
    )
    if form.is_valid():
        made = _renewed(request, before, form, form.terms())
        if made is not None:
            messages.success(request, _("Agreement %s follows. Print it, and let both sides "
                                        "sign.") % made)  # fmt: skip
            return redirect("agreement", uid=made.uid)
    context = {
        "form": form,
        "shop": before.shop,
        "consignor": before.consignor,
        "is_member": is_member_on(before.consignor, today),
        "before": before,
    }
    return render(request, "consignment/agreement_new.html", context)


def _renewed(
    request: HttpRequest, before: Agreement, form: AgreementForm, terms: Terms
) -> Agreement | None:
    try:
        return renew(
            agreement=before, terms=terms, by=acting(request), at=now(), on=local_date(now())
        )
    except AyilError as error:
        form.add_error(None, ValidationError(str(error)))
    return None


def _agreed_by(request: HttpRequest, uid: uuid.UUID) -> Agreement:
    """One of a shop for which the reader makes agreements."""
    one = _visible(request, uid)
    if not has_right(request.user, Right.AGREE, day=local_date(now()), shop=one.shop):
        raise Http404(_("There is no such agreement among those that you may see."))
    return one


@may(Right.AGREE)
@require_POST
def end(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """From a day on no goods are taken by it."""
    one, form = _agreed_by(request, uid), EndForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form)
    try:
        end_agreement(
            agreement=one, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"],
            by=acting(request), at=now(), today=local_date(now()),
        )  # fmt: skip
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Written down. What is on the shelf is sold or goes back."))
    return redirect("agreement", uid=uid)


@login_required
@require_safe
def paper(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """`?in=` ky, ru or en; the consignor's own language where nothing is asked for."""
    one = _visible(request, uid)
    asked = request.GET.get("in", "")
    code = request.build_absolute_uri(reverse("agreement", args=[uid]))
    language = asked if asked in LANGUAGES_IN_TURN else one.consignor.language
    pdf = agreement_pdf(one, language=language, code=code, at=now())
    return pdf_answer(pdf, f"agreement-{one.pk}")
