"""The shop's labels on paper."""

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ayil.consignment.forms.labels import LabelPaper, counts_of
from ayil.consignment.labels import SHEETS, lots_to_label, print_labels
from ayil.consignment.models import Lot
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.models import User
from ayil.members.reader import acting
from ayil.members.rights import Right, may

A_PAGE = 20
LONGEST_QUERY = 100


@may(Right.RECEIVE_GOODS)
@require_http_methods(["GET", "HEAD", "POST"])
def labels(request: HttpRequest) -> HttpResponse:
    """`?q=` narrows the lots; what is posted comes back as a PDF, or as this page with words."""
    asked = request.POST if request.method == "POST" else request.GET
    text = " ".join(asked.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    form = LabelPaper(request.POST) if request.method == "POST" else LabelPaper()
    counts = counts_of(request.POST.dict())
    if request.method == "POST" and form.is_valid():
        try:
            return _printed(request, form, counts)
        except AyilError as error:
            messages.error(request, str(error))
    lots = lots_to_label(cast(User, request.user), local_date(now()), text)
    page = Paginator(lots, A_PAGE).get_page(asked.get("page"))
    context = {
        "form": form,
        "text": text,
        "page": page,
        "rows": [(lot, counts.get(lot.pk, proposed)) for lot, proposed in _proposed(list(page))],
    }
    return render(request, "consignment/labels.html", context)


def _proposed(lots: Sequence[Lot]) -> list[tuple[Lot, int]]:
    """How many labels are proposed: one a piece where all came with one delivery, else none."""
    notes = {lot.count.line.note_id if lot.count else None for lot in lots}
    is_one = len(notes) == 1 and None not in notes
    return [(lot, lot.balance.on_shelf if is_one else 0) for lot in lots]


def _printed(request: HttpRequest, form: LabelPaper, counts: dict[int, int]) -> HttpResponse:
    at = now()
    lots = lots_to_label(cast(User, request.user), local_date(at), "").filter(pk__in=counts)
    pdf = print_labels(
        wanted=[(lot, counts[lot.pk]) for lot in lots],
        sheet=SHEETS[form.cleaned_data["sheet"]],
        skipped=form.cleaned_data["skipped"],
        by=acting(request),
        on=local_date(at),
        at=at,
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="labels-{local_date(at)}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
