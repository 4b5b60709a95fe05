"""Pages of deliveries: announced by the maker or typed for them, withdrawn, counted, on paper."""

import uuid
from datetime import date
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.consignment.actions import announce_delivery, withdraw_note
from ayil.consignment.forms.deliveries import DeliveryForm, WithdrawForm
from ayil.consignment.models import Agreement, ConsignmentNote, NoteLine
from ayil.consignment.notes import rows_of, state_of
from ayil.consignment.papers.deliveries import note_pdf
from ayil.consignment.queries import notes_visible_to, open_notes, standing_on
from ayil.consignment.views.agreements import asked_again, asked_text
from ayil.kit.clock import local_date, now
from ayil.kit.document import pdf_answer
from ayil.kit.errors import AyilError
from ayil.kit.names import LANGUAGES_IN_TURN
from ayil.kit.search import matching
from ayil.members.choosing import chosen_shop
from ayil.members.models import Party, User
from ayil.members.own import own_parties, speakers_for, speaks_for
from ayil.members.reader import acting
from ayil.members.rights import Right, has_right
from ayil.products.models import Variant

A_PAGE = 30
Comes = ConsignmentNote.Comes


@login_required
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """What is announced to the shop and not counted; `?q=` finds any note, `?all=1` shows all."""
    chosen = chosen_shop(request, Right.RECEIVE_GOODS, Right.KEEP_BOOKS)
    text, shows_all = asked_text(request), bool(request.GET.get("all"))
    if text or shows_all:
        notes = ConsignmentNote.objects.filter(agreement__shop=chosen.shop)
        notes = notes.order_by("-declared_on", "-id")
    else:
        notes = open_notes(chosen.shop)
    if text:
        who = Q(agreement__consignor__in=matching(Party, text))
        notes = notes.filter(Q(number=text) | who)
    notes = notes.select_related("agreement__consignor__village", "withdrawal")
    page = Paginator(notes.annotate(pieces=Sum("lines__declared")), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "page": page,
        "asked": asked_again(request),
        "text": text,
        "shows_all": shows_all,
        "today": local_date(now()),
        "receives": has_right(
            request.user, Right.RECEIVE_GOODS, day=local_date(now()), shop=chosen.shop
        ),
    }
    return render(request, "consignment/deliveries.html", context)


@login_required
@require_safe
def my_deliveries(request: HttpRequest) -> HttpResponse:
    """The reader's own notes and those of whom they speak for; where another can be announced."""
    acting(request)  # whoever is no person has none
    today = local_date(now())
    own = own_parties(request.user, today)
    agreements = standing_on(Agreement.objects.filter(consignor__in=own), today)
    lines = NoteLine.objects.select_related("variant__product", "count")
    notes = (
        ConsignmentNote.objects.filter(agreement__consignor__in=own)
        .select_related("agreement__shop", "agreement__consignor", "withdrawal")
        .prefetch_related(Prefetch("lines", queryset=lines.order_by("id")))
        .order_by("-declared_on", "-id")
    )
    page = Paginator(notes, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "agreements": agreements.select_related("shop", "consignor").order_by("consignor", "id"),
        "page": page,
        "asked": asked_again(request),
    }
    return render(request, "consignment/my_deliveries.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """By whoever speaks for the owner, or by the shop's people for them."""
    today, by = local_date(now()), acting(request)
    one = Agreement.objects.filter(uid=uid).select_related("shop__fund", "consignor").first()
    is_own = one is not None and speaks_for(by, one.consignor, today)
    if one is None or not (
        is_own or has_right(request.user, Right.RECEIVE_GOODS, day=today, shop=one.shop)
    ):
        raise Http404(_("There is no such agreement among those that you may see."))
    speakers = [] if is_own else speakers_for([one.consignor], today)[one.consignor_id]
    form = DeliveryForm(request.POST or None, variants=_goods(one), speakers=speakers)
    if form.is_valid():
        note = _announced(request, one, form)
        if note is not None:
            messages.success(request, _("Announced. The shop knows that it comes."))
            return redirect("note", uid=note.uid)
    context = {"form": form, "one": one, "is_own": is_own, "nobody": not is_own and not speakers}
    return render(request, "consignment/announce.html", context)


def _goods(agreement: Agreement) -> list[Variant]:
    """What may be brought by the agreement."""
    variants = Variant.objects.filter(product__owner=agreement.consignor_id)
    covered = list(agreement.covered.values_list("product", flat=True))
    if covered:
        variants = variants.filter(product__in=covered)
    return list(variants.select_related("product").order_by("product_id", "id"))


def _announced(
    request: HttpRequest, agreement: Agreement, form: DeliveryForm
) -> ConsignmentNote | None:
    by = acting(request)
    try:
        return announce_delivery(
            agreement=agreement,
            lines=form.lines(),
            expected_on=form.cleaned_data["expected_on"],
            comes=Comes(form.cleaned_data["comes"]),
            declared_by=form.cleaned_data.get("declared_by") or by,
            by=by,
            on=local_date(now()),
        )
    except AyilError as error:
        form.add_error(None, ValidationError(str(error)))
    return None


def visible_note(request: HttpRequest, uid: uuid.UUID) -> ConsignmentNote:
    today = local_date(now())
    notes = notes_visible_to(cast(User, request.user), today).filter(uid=uid)
    found = notes.select_related(
        "agreement__shop__fund", "agreement__consignor__village", "declared_by", "typed_by",
        "withdrawal",
    ).first()  # fmt: skip
    if found is None:
        raise Http404(_("There is no such note among those that you may see."))
    return found


def _is_own(request: HttpRequest, one: ConsignmentNote, today: date) -> bool:
    return own_parties(request.user, today).filter(pk=one.agreement.consignor_id).exists()


@login_required
@require_safe
def note(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One note: what was declared, what was counted, what the goods were like."""
    one, today = visible_note(request, uid), local_date(now())
    shop, rows = one.agreement.shop, rows_of(one)
    receives = has_right(request.user, Right.RECEIVE_GOODS, day=today, shop=shop)
    is_own = _is_own(request, one, today)
    state = state_of(one, rows)
    context = {
        "note": one,
        "rows": rows,
        "state": state,
        "receives": receives,
        "may_withdraw": state == "open" and not any(row.count for row in rows)
        and (receives or is_own),
        "may_assess": has_right(request.user, Right.ASSESS, day=today, shop=shop) and not is_own,
        "signings": one.signings.select_related("party"),
        "withdrawing": WithdrawForm(),
        "languages": LANGUAGES_IN_TURN,
        "is_own": is_own,
    }  # fmt: skip
    return render(request, "consignment/note.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The goods do not come."""
    one, form, today = visible_note(request, uid), WithdrawForm(request.POST), local_date(now())
    receives = has_right(request.user, Right.RECEIVE_GOODS, day=today, shop=one.agreement.shop)
    if not receives and not _is_own(request, one, today):
        raise Http404(_("There is no such note among those that you may see."))
    try:
        if not form.is_valid():
            raise AyilError(_("This reason is too long. Say it in a few words."))
        withdraw_note(
            note=one, by=acting(request), at=now(), on=local_date(now()),
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Withdrawn. Nobody waits for these goods any more."))
    return redirect("note", uid=uid)


@login_required
@require_safe
def paper(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """`?in=` ky, ru or en; the owner's language where nothing is asked for."""
    one, asked = visible_note(request, uid), request.GET.get("in", "")
    code = request.build_absolute_uri(reverse("note", args=[uid]))
    language = asked if asked in LANGUAGES_IN_TURN else one.agreement.consignor.language
    return pdf_answer(note_pdf(one, language=language, code=code, at=now()), f"note-{one.pk}")
