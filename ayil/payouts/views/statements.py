"""A statement down to its receipts, on the page, on paper and as a table; that the money came."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.members.looks import Seen, record_look, record_looks
from ayil.members.models import PartyKind
from ayil.members.own import speaks_for
from ayil.members.reader import acting
from ayil.members.rights import Right, may
from ayil.payouts import queries
from ayil.payouts.actions import acknowledge
from ayil.payouts.models import Acknowledgement, Payout, Statement
from ayil.payouts.statement_paper import statement_paper, statement_table
from ayil.payouts.telling import (
    answer_in_words,
    became_of,
    coming,
    fees_of,
    moves_of,
    rounding_rules,
    sum_of,
)
from ayil.shop.models import SaleLine
from ayil.shop.sold_prices import price_words


@dataclass(frozen=True)
class Address:
    """What names a statement: the shop's code, the consignor, the number."""

    shop: str
    uid: uuid.UUID
    number: int


@dataclass(frozen=True)
class Row:
    """One line of a receipt, with the names of its fees, and why its price is another than the
    owner's of that day."""

    line: SaleLine
    fees: str
    price: str = ""


@dataclass(frozen=True)
class Paid:
    """A payout on the statement, and how far it is."""

    payout: Payout
    words: str


def _today() -> date:
    return local_date(now())


def visible_statement(request: HttpRequest, address: Address) -> Statement:
    """Another's statement is as if it were not there."""
    found = (
        queries.statements_visible_to(request.user, day=_today())
        .filter(shop__code=address.shop, consignor__uid=address.uid, number=address.number)
        .select_related("shop", "consignor__village", "made_by")
        .first()
    )
    if found is None:
        raise Http404(_("There is no such statement among those you may see."))
    return found


def _looked_at(request: HttpRequest, address: Address) -> Statement:
    found = visible_statement(request, address)
    record_look(party=found.consignor, by=acting(request), what=Seen.STATEMENT, at=now())
    return found


def _page_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 1


@login_required
@require_safe
def statement(request: HttpRequest, shop: str, uid: uuid.UUID, number: int) -> HttpResponse:
    """The statement by thing, what else moved it, and its receipts, `?page=` of them."""
    found = _looked_at(request, Address(shop, uid, number))
    items = queries.statement_items(found)
    receipts = queries.statement_lines(found, page=_page_number(request.GET.get("page", "")))
    why = price_words(receipts.lines)
    disputes = found.disputes.select_related(
        "outcome", "raised_by", "statement__shop", "sale_line__sale", "sale_line__lot__variant"
    )
    totals = sum_of(items)
    context = {
        "statement": found,
        "seal": bytes(found.hash).hex(),
        "items": items,
        "totals": totals,
        "has_fees": any(item.fees_bp for item in items),
        "moves": moves_of(found),
        "payouts": [Paid(one, became_of(one)) for one in queries.statement_payouts(found)],
        "coming": coming(found, _today()),
        "receipts": receipts,
        "rows": [Row(line, fees_of(line.lot), why.get(line.pk, "")) for line in receipts.lines],
        "rules": rounding_rules(),
        "disputes": [
            (one, answer_in_words(one.due, _today()), one.is_late(_today()))
            for one in queries.clocked(disputes)
        ],
        "is_group": found.consignor.kind == PartyKind.COMMUNITY,
        "may_dispute": speaks_for(acting(request), found.consignor, _today()),
        "today": _today(),
    }
    return render(request, "payouts/statement.html", context)


@login_required
@require_safe
def paper(request: HttpRequest, shop: str, uid: uuid.UUID, number: int) -> HttpResponse:
    """The statement on paper, in the reader's language."""
    found = _looked_at(request, Address(shop, uid, number))
    address = request.build_absolute_uri(request.path.rsplit("paper/", 1)[0])
    pdf = document_pdf([statement_paper(found, address=address, today=_today())], at=now())
    return pdf_answer(pdf, f"statement-{shop}-{number}")


@login_required
@require_safe
def lines(request: HttpRequest, shop: str, uid: uuid.UUID, number: int) -> HttpResponse:
    """Every line of the statement as a table for a spreadsheet."""
    found = _looked_at(request, Address(shop, uid, number))
    response = HttpResponse(statement_table(found), content_type="text/csv; charset=utf-8")
    name = f"statement-{shop}-{number}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@may(Right.SEE_PAYOUTS)
@require_safe
def owed(request: HttpRequest, shop: str) -> HttpResponse:
    """Everyone whom a shop owes, for those who keep its money."""
    visible = queries.shops_with_owed_visible_to(request.user, day=_today())
    found = visible.filter(code=shop).first()
    if found is None:
        raise Http404(_("There is no such shop among those whose money you keep."))
    listed = queries.owed_by_consignor(found)
    record_looks(
        parties=[one.consignor for one in listed], by=acting(request), what=Seen.OWED, at=now()
    )
    context = {"shop": found, "owed": listed}
    return render(request, "payouts/owed.html", context)


@login_required
@require_POST
def received(request: HttpRequest, pk: int) -> HttpResponse:
    """The consignor says that a payout's money came."""
    payout = (
        queries.payouts_visible_to(request.user, day=_today())
        .filter(pk=pk, handover__isnull=False)
        .select_related("handover__payee", "consignor", "statement__shop")
        .first()
    )
    if payout is None or not speaks_for(acting(request), payout.consignor, _today()):
        raise Http404(_("There is no such payout among your own."))
    try:
        acknowledge(
            handover=payout.handover,
            by=acting(request),
            at=now(),
            how=Acknowledgement.How.PAGE,
        )
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thank you: the shop's list now says that you have the money."))
    return redirect("sales-of", shop=payout.statement.shop.code, uid=payout.consignor.uid)
