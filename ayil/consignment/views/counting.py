"""The joint count on a page of the shop, and the assessment of what was counted."""

import uuid
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ayil.consignment.actions import assess, count_note
from ayil.consignment.forms.assessing import AssessmentForm
from ayil.consignment.forms.deliveries import CountForm
from ayil.consignment.models import Assessment, ConsignmentNote, JointCount, Lot
from ayil.consignment.queries import counts_to_assess
from ayil.consignment.views.deliveries import visible_note
from ayil.consignment.wording import in_readers_words, reasons
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.models import User
from ayil.members.own import speakers_for
from ayil.members.reader import acting
from ayil.members.rights import Right, has_right, may, shops_with

A_PAGE = 30
LAST_SHOWN = 20


def _countable(request: HttpRequest, uid: uuid.UUID) -> ConsignmentNote:
    one, today = visible_note(request, uid), local_date(now())
    if not has_right(request.user, Right.RECEIVE_GOODS, day=today, shop=one.agreement.shop):
        raise Http404(_("There is no such note among those that you may see."))
    return one


@may(Right.RECEIVE_GOODS)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("pin")
def count(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Every open line of the note, counted by the reader and the owner's side together."""
    note, today = _countable(request, uid), local_date(now())
    consignor = note.agreement.consignor
    lines = list(note.lines.filter(count__isnull=True).select_related("variant__product"))
    if not lines or hasattr(note, "withdrawal"):
        messages.error(request, _("There is nothing to count on this note."))
        return redirect("note", uid=uid)
    speakers = speakers_for([consignor], today)[consignor.pk]
    form = CountForm(request.POST or None, lines=lines, speakers=speakers)
    if form.is_valid():
        lots = _counted(request, note, form)
        if lots is not None:
            messages.success(request, _("Counted and booked. Print the labels and stick them on."))
            return redirect("note", uid=uid)
    context = {"form": form, "note": note, "reasons": reasons(), "nobody": not speakers}
    return render(request, "consignment/count.html", context)


def _counted(request: HttpRequest, note: ConsignmentNote, form: CountForm) -> list[Lot] | None:
    try:
        return count_note(
            note=note, counted=form.counted(), signed=form.signed(), by=acting(request),
            on=local_date(now()), at=now(),
        )  # fmt: skip
    except AyilError as error:
        form.add_error(None, ValidationError(str(error)))
    return None


@may(Right.ASSESS)
@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """What nobody has looked at yet, the newest first; and what was found last."""
    today, user = local_date(now()), cast(User, request.user)
    waiting = counts_to_assess(user, today).order_by("-counted_on", "-id")
    shops = shops_with(user, Right.ASSESS, day=today)
    last = (
        Assessment.objects.filter(count__line__note__agreement__shop__in=shops)
        .select_related("count__line__variant__product", "by",
                        "count__line__note__agreement__consignor")
        .order_by("-id")
    )  # fmt: skip
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "last": last[:LAST_SHOWN]}
    return render(request, "consignment/assessments.html", context)


@may(Right.ASSESS)
@require_http_methods(["GET", "HEAD", "POST"])
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """The checklist of what was counted on one line."""
    counted, at = _assessable(request, pk), now()
    note = counted.line.note
    if Assessment.objects.filter(count=counted).exists():
        return redirect("note", uid=note.uid)
    form = AssessmentForm(request.POST or None, kind=counted.line.variant.product.kind)
    if form.is_valid():
        try:
            assess(
                count=counted, marks=form.marks(), words=form.cleaned_data["words"],
                grade=Assessment.Grade(form.cleaned_data["grade"]), by=acting(request),
                on=local_date(at), at=at,
            )  # fmt: skip
        except AyilError as error:
            form.add_error(None, forms.ValidationError(str(error)))
        else:
            messages.success(request, _("Written down. The maker reads it on their own page."))
            return redirect("note", uid=note.uid)
    reason = in_readers_words(counted.reason)
    context = {"form": form, "count": counted, "note": note, "reason": reason}
    return render(request, "consignment/assess.html", context)


def _assessable(request: HttpRequest, pk: int) -> JointCount:
    shops = shops_with(cast(User, request.user), Right.ASSESS, day=local_date(now()))
    found = (
        JointCount.objects.filter(pk=pk, line__note__agreement__shop__in=shops)
        .select_related("line__variant__product", "line__note__agreement__consignor__village",
                        "line__note__agreement__shop")
        .first()
    )  # fmt: skip
    if found is None:
        raise Http404(_("There is no such count among those that you may see."))
    return found
