"""Counts of the shelf: the list, a sheet that hides what is expected, its closing, its paper."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.consignment.actions import (
    add_to_count,
    close_count,
    count_line,
    draft_shortage,
    open_count,
)
from ayil.consignment.forms.stock import posted, quantities_of, text_of
from ayil.consignment.late import difference, late_pieces
from ayil.consignment.models import CountSheet, Lot, SheetLine, Shelf, StockCount, WriteOffAct
from ayil.consignment.papers.stock import count_paper
from ayil.consignment.stock_queries import (
    asked_for_count,
    last_counts,
    lots_on,
    lots_standing,
    places_of,
    sheets_visible_to,
    shelves_of,
)
from ayil.consignment.views.shelf_pages import tried, user_of
from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.members.choosing import Chosen, chosen_shop
from ayil.members.reader import acting
from ayil.members.rights import Right, may

A_PAGE = 30


@dataclass(frozen=True)
class Row:
    """A line of a sheet. `late`: sold before the count and posted after it; `apart`: found above
    the books (+) or lacking (-). Both are shown on a closed sheet only."""

    line: SheetLine
    shelf: Shelf | None
    count: StockCount | None
    late: int = 0
    apart: int = 0


@may(Right.RECEIVE_GOODS)
@require_http_methods(["GET", "HEAD", "POST"])
def counts(request: HttpRequest) -> HttpResponse:
    """Sheets that are open, what asks to be counted, and a new sheet."""
    chosen = chosen_shop(request, Right.RECEIVE_GOODS)
    if request.method == "POST":
        try:
            sheet = _opened(request, chosen)
        except AyilError as error:
            messages.error(request, str(error))
        else:
            return redirect("count", uid=sheet.uid)
    found = CountSheet.objects.filter(shop=chosen.shop).select_related("shelf", "by", "closing")
    closed = found.filter(closing__isnull=False).order_by("-id")
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "open": found.filter(closing__isnull=True),
        "asked": asked_for_count(chosen.shop),
        "shelves": shelves_of(chosen.shop),
        "page": Paginator(closed, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "consignment/counts.html", context)


def _opened(request: HttpRequest, chosen: Chosen) -> CountSheet:
    reason = text_of(request.POST, "reason")
    shelf = None
    lots = lots_standing(chosen.shop, text_of(request.POST))
    if reason == CountSheet.Reason.SHELF:
        typed = text_of(request.POST, "shelf")[:18]
        key = int(typed) if typed.isascii() and typed.isdecimal() else 0
        shelf = shelves_of(chosen.shop).filter(pk=key).first()
        if shelf is None:
            raise AyilError(_("Say which shelf is counted."))
        lots = lots_on(shelf)
    elif reason == CountSheet.Reason.ASKED:
        lots = asked_for_count(chosen.shop)
    else:
        reason = CountSheet.Reason.LIST
    at = now()
    return open_count(
        shop=chosen.shop,
        reason=CountSheet.Reason(reason),
        lots=lots,
        by=acting(request),
        on=local_date(at),
        at=at,
        shelf=shelf,
    )


def _found(request: HttpRequest, uid: uuid.UUID) -> CountSheet:
    visible = sheets_visible_to(user_of(request), local_date(now()))
    sheet = visible.select_related("shop", "shelf", "by", "closing__by").filter(uid=uid).first()
    if sheet is None:
        raise Http404(_("There is no such count in the shops you work for."))
    return sheet


def _lines(sheet: CountSheet) -> list[SheetLine]:
    return list(sheet.lines.select_related("lot__variant__product", "lot__consignor", "lot__shop"))


def _rows(sheet: CountSheet, *, is_closed: bool) -> Sequence[Row]:
    lines = _lines(sheet)
    known = {count.line_id: count for count in last_counts(sheet)}
    shelves = places_of([line.lot for line in lines])
    late = late_pieces(known.values()) if is_closed else {}
    rows = []
    for line in lines:
        count = known.get(line.pk)
        taken = late.get(count.pk, 0) if count else 0
        apart = difference(count, taken) if count and is_closed else 0
        rows.append(Row(line, shelves.get(line.lot_id), count, taken, apart))
    return rows


@may(Right.RECEIVE_GOODS)
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One sheet: what is typed is kept line by line, each with the books of its own moment."""
    sheet = _found(request, uid)
    if request.method == "POST":
        _count_typed(request, sheet)
        return redirect("count", uid=uid)
    is_closed = hasattr(sheet, "closing")
    rows = _rows(sheet, is_closed=is_closed)
    context = {
        "sheet": sheet,
        "is_closed": is_closed,
        "rows": rows,
        "counted": sum(row.count is not None for row in rows),
        "lacks": is_closed and any(row.apart < 0 for row in rows),
        "acts": WriteOffAct.objects.filter(lines__count__line__sheet=sheet).distinct(),
    }
    return render(request, "consignment/count_sheet.html", context)


def _count_typed(request: HttpRequest, sheet: CountSheet) -> None:
    typed, at, by = (
        quantities_of(posted(request), "line-", with_noughts=True),
        now(),
        acting(request),
    )
    known = {count.line_id: count.counted for count in last_counts(sheet)}
    lines = [
        line for line in _lines(sheet) if line.pk in typed and known.get(line.pk) != typed[line.pk]
    ]
    tried(
        request,
        lambda: [
            count_line(line=line, counted=typed[line.pk], by=by, on=local_date(at), at=at)
            for line in lines
        ],
        _("What you counted is kept."),
    )


@may(Right.RECEIVE_GOODS)
@require_POST
def count_add(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Goods that stand there and are not on the sheet, by their label."""
    sheet, by = _found(request, uid), acting(request)
    lot = Lot.objects.filter(shop=sheet.shop, label=text_of(request.POST, "label")).first()
    if lot is None:
        messages.error(request, _("This shop has no goods with that label."))
        return redirect("count", uid=uid)
    tried(
        request,
        lambda: add_to_count(sheet=sheet, lot=lot, by=by, on=local_date(now())),
        _("The goods are on the sheet."),
    )
    return redirect("count", uid=uid)


@may(Right.RECEIVE_GOODS)
@require_POST
def count_close(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """From here on the differences are shown."""
    sheet, at, by = _found(request, uid), now(), acting(request)
    tried(
        request,
        lambda: close_count(sheet=sheet, by=by, on=local_date(at), at=at),
        _("The count is closed. What was found is booked in."),
    )
    return redirect("count", uid=uid)


@may(Right.RECEIVE_GOODS)
@require_POST
def count_act(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """All that lacks, in one draft act."""
    sheet, at = _found(request, uid), now()
    try:
        act = draft_shortage(sheet=sheet, by=acting(request), on=local_date(at), at=at)
    except AyilError as error:
        messages.error(request, str(error))
        return redirect("count", uid=uid)
    messages.success(request, _("The act is drafted. Somebody else must sign it."))
    return redirect("act", uid=act.uid)


@may(Right.RECEIVE_GOODS)
@require_safe
def count_sheet_paper(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """To be filled in by hand: without what is expected, closed or not."""
    sheet = _found(request, uid)
    lots = [line.lot for line in _lines(sheet)]
    shelves = places_of(lots)
    paper = count_paper(sheet, [(lot, shelves.get(lot.pk)) for lot in lots])
    return pdf_answer(document_pdf([paper], at=now()), f"count-{sheet.number}")
