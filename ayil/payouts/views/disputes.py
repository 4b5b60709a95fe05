"""A maker says what is wrong, of a statement or one line; the shop answers, by the clock."""

import uuid
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.kit.money import to_minor
from ayil.members.choosing import chosen_shop
from ayil.members.looks import Seen, record_look
from ayil.members.own import is_one_of, speaks_for
from ayil.members.reader import acting
from ayil.members.rights import Right, has_right, may
from ayil.payouts import queries
from ayil.payouts.actions import (
    dismiss_dispute,
    raise_dispute,
    reverse_in_dispute,
    uphold_dispute,
)
from ayil.payouts.dispute_paper import dispute_paper
from ayil.payouts.models import Dispute, Statement
from ayil.payouts.telling import answer_in_words, fees_of, move_of
from ayil.payouts.views.statements import Address, visible_statement
from ayil.shop.models import SaleLine


def _today() -> date:
    return local_date(now())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, shop: str, uid: uuid.UUID, number: int) -> HttpResponse:
    """The consignor says, in their own words, what is wrong, of `?line=` or of all of it; who only
    reads does not."""
    found = visible_statement(request, Address(shop, uid, number))
    if not speaks_for(acting(request), found.consignor, _today()):
        raise Http404(_("There is no such statement among your own."))
    line = _line(request, found)
    if request.method == "POST":
        try:
            raise_dispute(
                statement=found,
                words=request.POST.get("words", "")[:500],
                by=acting(request),
                at=now(),
                sale_line=line,
            )
        except AyilError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request,
                _("The shop has your words and must answer them. Nothing is changed until then."),
            )
        return redirect("statement", shop=shop, uid=uid, number=number)
    terms = queries.terms_on(_today(), found.currency)
    context = {
        "statement": found,
        "line": line,
        "fees": fees_of(line.lot) if line else "",
        "due": terms.answer_due(_today()),
    }
    return render(request, "payouts/dispute.html", context)


def _line(request: HttpRequest, found: Statement) -> SaleLine | None:
    """The line that is named, if it stands in this statement."""
    asked = request.POST.get("line", "") or request.GET.get("line", "")
    if not asked:
        return None
    lines = queries.with_terms(queries.statement_sale_lines(found))
    line = lines.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None
    if line is None:
        raise Http404(_("That line does not stand in this statement. Choose one that does."))
    return line


@may(Right.SEE_PAYOUTS)
@require_safe
def disputes(request: HttpRequest) -> HttpResponse:
    """What waits for an answer in one shop, the most urgent first, and what was answered."""
    chosen = chosen_shop(request, Right.SEE_PAYOUTS)
    today = _today()
    waiting = queries.open_disputes(chosen.shop)
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "waiting": [(one, answer_in_words(one.due, today), one.is_late(today)) for one in waiting],
        "decided": queries.decided_disputes(chosen.shop),
        "terms": queries.terms_on(today, chosen.shop.currency),
    }
    return render(request, "payouts/disputes.html", context)


def _visible(request: HttpRequest, pk: int) -> Dispute:
    found = (
        queries.disputes_visible_to(request.user, day=_today())
        .filter(pk=pk)
        .select_related(
            "statement__shop", "statement__consignor__village", "raised_by", "outcome__by",
            "outcome__transfer",
        )
        .first()
    )  # fmt: skip
    if found is None:
        raise Http404(_("There is no such dispute among those you may see."))
    consignor = found.statement.consignor
    record_look(party=consignor, by=acting(request), what=Seen.STATEMENT, at=now())
    return found


@login_required
@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One dispute: the words, what stands behind the line, and how it ended or may end."""
    found = _visible(request, pk)
    statement, today = found.statement, _today()
    (clock,) = queries.clocked([found])
    evidence = queries.line_evidence(found)
    may_decide = _may_decide(request, found)
    context = {
        "dispute": found,
        "statement": statement,
        "outcome": getattr(found, "outcome", None),
        "clock": answer_in_words(clock.due, today),
        "is_late": clock.is_late(today),
        "evidence": evidence,
        "fees": fees_of(evidence.line.lot) if evidence else "",
        "sees_shift": has_right(request.user, Right.SEE_TODAY, day=today, shop=statement.shop),
        "may_decide": may_decide,
        "postings": _undoable(found) if may_decide else [],
    }
    return render(request, "payouts/dispute_case.html", context)


def _may_decide(request: HttpRequest, found: Dispute) -> bool:
    """Who holds the right there and is neither who raised it nor the consignor."""
    statement = found.statement
    return has_right(
        request.user, Right.DECIDE_DISPUTE, day=_today(), shop=statement.shop
    ) and not is_one_of(acting(request), found.raised_by, statement.consignor)


def _undoable(found: Dispute) -> list[object]:
    statement = found.statement
    account = statement.consignor.consignor_accounts.get(shop=statement.shop).account_id
    return [move_of(posting, account) for posting in queries.postings_to_undo(found)]


@may(Right.DECIDE_DISPUTE)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`do`: dismiss, uphold with an amount, or reverse a posting; each with a reason."""
    found = _visible(request, pk)
    if not has_right(request.user, Right.DECIDE_DISPUTE, day=_today(), shop=found.statement.shop):
        raise Http404(_("There is no such dispute among those you may decide."))
    try:
        _end(request, found)
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("The dispute is answered. The maker reads it on the statement.")
        )
    return redirect("dispute-case", pk=pk)


def _end(request: HttpRequest, found: Dispute) -> None:
    reason = request.POST.get("reason", "")[:300]
    by, at = acting(request), now()
    match request.POST.get("do", ""):
        case "dismiss":
            dismiss_dispute(dispute=found, by=by, at=at, reason=reason)
        case "uphold":
            amount = _amount(request, found.statement.currency)
            uphold_dispute(dispute=found, amount_minor=amount, by=by, at=at, reason=reason)
        case "reverse":
            asked = request.POST.get("posting", "")
            posting = next(
                (one for one in queries.postings_to_undo(found) if str(one.pk) == asked), None
            )
            if posting is None:
                raise AyilError(_("Choose the posting that was wrong."))
            reverse_in_dispute(dispute=found, transfer=posting, by=by, at=at, reason=reason)
        case _other:
            raise AyilError(
                _("Say how the dispute ends: dismiss it, uphold it, or undo a posting.")
            )


def _amount(request: HttpRequest, currency: str) -> int:
    """What the maker gains; a minus before it where the shop takes back."""
    written = "".join(request.POST.get("amount", "").split()).replace(",", ".")
    try:
        return to_minor(written.replace("−", "-"), currency)
    except ValueError:
        raise AyilError(_("Write the amount as a sum like 450, or -450 to take it back.")) from None


@login_required
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The dispute and its outcome, to be signed and filed."""
    found = _visible(request, pk)
    address = request.build_absolute_uri(request.path.removesuffix("paper/"))
    pdf = document_pdf([dispute_paper(found, address=address)], at=now())
    return pdf_answer(pdf, f"dispute-{pk}")
