"""The page of a closed shift: what the till sealed, and whether the log here agrees."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from ayil.kit.clock import local_date, now
from ayil.members.rights import Right, may
from ayil.shop.cashiers import names_of
from ayil.shop.events import read_event
from ayil.shop.models import ShiftClosing, TenderKind
from ayil.shop.payloads import Report
from ayil.shop.today import visible_shops
from ayil.shop.zreport import Difference, standing_of

# In the order of the paper; counts first, then money.
COUNTS = {"sales": gettext_noop("Receipts"), "refunds": gettext_noop("Refunds")}
AMOUNTS = {
    "sold": gettext_noop("Sold"),
    "returned": gettext_noop("Given back"),
    "rounding": gettext_noop("Rounding"),
    "float": gettext_noop("At opening"),
    "moved": gettext_noop("Put in and taken out"),
    "expected": gettext_noop("Due in the drawer"),
}


@dataclass(frozen=True)
class Figure:
    """One figure in words; `is_count` where it is no money."""

    words: str
    sealed: int
    log: int
    is_count: bool = False


@may(Right.SEE_TODAY)
@require_safe
def z_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One closing, of a shop whose day the reader may see; the page prints as a paper."""
    shops = visible_shops(request.user, local_date(now()))
    closing = (
        ShiftClosing.objects.filter(pk=pk, device__shop__in=shops)
        .select_related("device__shop", "event")
        .first()
    )
    if closing is None:
        raise Http404(_("There is no such Z-report among those that you may see."))
    standing = standing_of(closing)
    context = {
        "closing": closing,
        "shop": closing.device.shop,
        "cashier": names_of([closing.cashier])[closing.cashier],
        "closed_at": _closed_at(closing),
        "seal": bytes(closing.event.hash).hex(),
        "standing": standing,
        "report": standing.report,
        "cash": standing.report.paid.get(TenderKind.CASH, 0) if standing.report else 0,
        "paid": _paid(standing.report) if standing.report else [],
        "counted": _counted(closing),
        "differences": [_figure(found) for found in standing.differences],
    }
    return render(request, "shop/z_report.html", context)


def _closed_at(closing: ShiftClosing) -> datetime:
    return read_event(bytes(closing.event.body)).happened_at


def _paid(report: Report) -> list[tuple[str, int]]:
    return [(str(kind.label), report.paid[kind]) for kind in TenderKind if kind in report.paid]


def _counted(closing: ShiftClosing) -> list[tuple[int, int, int]]:
    """(worth, pieces, their sum), the largest first."""
    pieces = {int(worth): count for worth, count in closing.counted.items() if count}
    return [(worth, pieces[worth], worth * pieces[worth]) for worth in sorted(pieces, reverse=True)]


def _figure(found: Difference) -> Figure:
    if found.name == "paid":
        words = str(TenderKind(found.means).label)
    else:
        words = _(COUNTS.get(found.name) or AMOUNTS[found.name])
    return Figure(words, found.sealed, found.log, found.name in COUNTS)
