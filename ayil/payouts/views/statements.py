"""A statement down to its receipts, how to say that it is wrong, and that the money came."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ayil.consignment.models import Cause, ConsignorAccount
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.ledger.models import Transfer
from ayil.members.looks import Seen, record_look, record_looks
from ayil.members.own import speaks_for
from ayil.members.reader import acting
from ayil.members.rights import Right, may
from ayil.payouts import queries
from ayil.payouts.actions import acknowledge, raise_dispute
from ayil.payouts.models import Acknowledgement, Statement
from ayil.payouts.names import CORRECTION, PAYOUT, PAYOUT_BACK, SHARE


@dataclass(frozen=True)
class Address:
    """What names a statement: the shop's code, the consignor, the number."""

    shop: str
    uid: uuid.UUID
    number: int


# How the ledger's kinds are called to those whose account they move.
MOVES = {
    PAYOUT: gettext_lazy("Paid out"),
    PAYOUT_BACK: gettext_lazy("A payout that came back"),
    CORRECTION: gettext_lazy("Correction after a dispute"),
    f"{SHARE}-reversal": gettext_lazy("A sale reversed after a dispute"),
    "write-off": gettext_lazy("Goods lost in the shop, which the shop bears"),
}
_CAUSES: Mapping[str, object] = {cause.value: cause.label for cause in Cause}


@dataclass(frozen=True)
class Move:
    """One posting in words; `signed_minor` is what the consignor gained (+) or lost (-).

    `reason` is a cause of a write-off in words, or what a person wrote.
    """

    posting: Transfer
    words: str
    reason: str
    signed_minor: int


def _today() -> date:
    return local_date(now())


def _statement(request: HttpRequest, address: Address) -> Statement:
    """Another's statement is as if it were not there."""
    found = (
        queries.statements_visible_to(request.user, day=_today())
        .filter(shop__code=address.shop, consignor__uid=address.uid, number=address.number)
        .select_related("shop", "consignor__village")
        .first()
    )
    if found is None:
        raise Http404(_("There is no such statement among those you may see."))
    return found


def _moves(statement: Statement) -> list[Move]:
    """What else moved the account, in the order of posting."""
    account = ConsignorAccount.objects.get(
        shop=statement.shop_id, consignor=statement.consignor_id
    ).account_id
    return [
        Move(
            posting=posting,
            words=str(MOVES.get(posting.kind, posting.kind)),
            reason=str(_CAUSES.get(posting.reason, posting.reason)),
            signed_minor=(-1 if posting.debit_id == account else 1) * posting.amount_minor,
        )
        for posting in queries.statement_postings(statement)
    ]


def _page_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 1


@login_required
@require_safe
def statement(request: HttpRequest, shop: str, uid: uuid.UUID, number: int) -> HttpResponse:
    """The statement by thing, what else moved it, and its receipts, `?page=` of them."""
    found = _statement(request, Address(shop, uid, number))
    reader = acting(request)
    record_look(party=found.consignor, by=reader, what=Seen.STATEMENT, at=now())
    context = {
        "statement": found,
        "seal": bytes(found.hash).hex(),
        "items": queries.statement_items(found),
        "moves": _moves(found),
        "receipts": queries.statement_lines(found, page=_page_number(request.GET.get("page", ""))),
        "disputes": found.disputes.select_related("outcome", "raised_by"),
        "may_dispute": speaks_for(reader, found.consignor, _today()),
    }
    return render(request, "payouts/statement.html", context)


@login_required
@require_POST
def dispute(request: HttpRequest, shop: str, uid: uuid.UUID, number: int) -> HttpResponse:
    """The consignor says, in their own words, what is wrong; who only reads does not."""
    found = _statement(request, Address(shop, uid, number))
    if not speaks_for(acting(request), found.consignor, _today()):
        raise Http404(_("There is no such statement among your own."))
    try:
        raise_dispute(
            statement=found,
            words=request.POST.get("words", "")[:500],
            by=acting(request),
            at=now(),
        )
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("The shop has your words and must answer them. Nothing is changed until then."),
        )
    return redirect("statement", shop=shop, uid=uid, number=number)


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
