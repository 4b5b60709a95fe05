"""Payout lists: what is owed and may be paid, each list's steps, and handing over."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.kit.written import money
from ayil.members.choosing import chosen_shop
from ayil.members.looks import Seen, record_look, record_looks
from ayil.members.models import Party, Shop
from ayil.members.own import is_one_of
from ayil.members.reader import acting
from ayil.members.rights import Right, has_right, may, shops_with
from ayil.members.views.people import in_words
from ayil.payouts import queries
from ayil.payouts.actions import (
    approve_run,
    cancel_payout,
    hand_over,
    prepare_run,
    settle,
    take_back,
)
from ayil.payouts.forms import HandOver, Reason, Signed, SignedPaper
from ayil.payouts.models import Method, Payout, PayoutRun

LISTS_SHOWN = 24
OFFICE_RIGHTS = (
    Right.CLOSE_STATEMENTS, Right.PREPARE_PAYOUT, Right.APPROVE_PAYOUT, Right.PAY_OUT,
    Right.KEEP_ACCOUNTS,
)  # fmt: skip


def held_at(request: HttpRequest, shop: Shop) -> dict[str, bool]:
    """The reader's rights over the shop's payouts, by their lower-case names."""
    day = local_date(now())
    return {
        right.name.lower(): has_right(request.user, right, day=day, shop=shop)
        for right in OFFICE_RIGHTS
    }


def the_run(request: HttpRequest, pk: int, right: Right = Right.SEE_PAYOUTS) -> PayoutRun:
    """A list of a shop for which the reader has the right; another's is as if it were not there."""
    shops = shops_with(request.user, right, day=local_date(now()))
    found = PayoutRun.objects.filter(pk=pk, shop__in=shops).first()
    if found is None:
        raise Http404(_("There is no such payout list among those you may see."))
    return found


def the_payout(request: HttpRequest, pk: int, right: Right) -> Payout:
    shops = shops_with(request.user, right, day=local_date(now()))
    found = (
        Payout.objects.filter(pk=pk, run__shop__in=shops)
        .select_related("run__shop__fund", "run__approval__by", "consignor", "statement__shop")
        .first()
    )
    if found is None:
        raise Http404(_("There is no such payout among those you may see."))
    return found


def done(request: HttpRequest, deed: Callable[[], object], words: str) -> bool:
    """Does it, and says so or why not."""
    try:
        deed()
    except AyilError as error:
        messages.error(request, in_words(error))
        return False
    messages.success(request, words)
    return True


@may(Right.SEE_PAYOUTS)
@require_safe
def payout_lists(request: HttpRequest) -> HttpResponse:
    """What a shop owes, what of it would be paid now and why the rest not, and its lists."""
    chosen = chosen_shop(request, Right.SEE_PAYOUTS)
    terms = queries.terms_on(local_date(now()), chosen.shop.currency)
    office = queries.payout_office(chosen.shop, minimum_minor=terms.least_minor)
    record_looks(
        parties=[one.consignor for one in office.due], by=acting(request), what=Seen.OWED, at=now()
    )
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "office": office,
        "lists": queries.lists_of(chosen.shop)[:LISTS_SHOWN],
        "held": held_at(request, chosen.shop),
        "last": chosen.shop.statements.order_by("-seq_to").first(),
    }
    return render(request, "payouts/lists.html", context)


@may(Right.CLOSE_STATEMENTS)
@require_POST
def close_statements(request: HttpRequest) -> HttpResponse:
    """Closes a statement for everyone with anything posted since the last closing."""
    shop = chosen_shop(request, Right.CLOSE_STATEMENTS).shop
    try:
        made = settle(shop=shop, by=acting(request), at=now())
    except AyilError as error:
        messages.error(request, in_words(error))
    else:
        words = _("Closed: %(count)s statements. Each maker can read theirs now.")
        messages.success(request, words % {"count": made.statements})
    return _back_to(shop)


@may(Right.PREPARE_PAYOUT)
@require_POST
def prepare(request: HttpRequest) -> HttpResponse:
    """A list of whatever may be paid now, by the association's least payout."""
    shop = chosen_shop(request, Right.PREPARE_PAYOUT).shop
    try:
        run = prepare_run(shop=shop, by=acting(request), at=now())
    except AyilError as error:
        messages.error(request, in_words(error))
        return _back_to(shop)
    messages.success(request, _("The list is prepared. Another person must approve it."))
    return redirect("payout-list", pk=run.pk)


def _back_to(shop: Shop) -> HttpResponse:
    return redirect(f"{reverse('payout-lists')}?shop={shop.code}")


@may(Right.SEE_PAYOUTS)
@require_safe
def payout_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: its steps with who did each, its lines, its papers and bank files."""
    run = queries.run_with_payouts(the_run(request, pk))
    by = acting(request)
    payouts = list(run.payouts.all())
    record_looks(parties=[one.consignor for one in payouts], by=by, what=Seen.OWED, at=now())
    return render(request, "payouts/list.html", {"run": run, **list_context(request, run, by)})


def list_context(request: HttpRequest, run: PayoutRun, by: Party) -> Mapping[str, Any]:
    payouts = list(run.payouts.all())
    held = held_at(request, run.shop)
    papers = list(run.papers.all())
    unsigned = [one for one in payouts if _may_be_signed(one, by)]
    is_approved = hasattr(run, "approval")
    return {
        "shop": run.shop,
        "payouts": payouts,
        "kept": [one for one in payouts if not hasattr(one, "cancellation")],
        "total_minor": sum(one.amount_minor for one in payouts if not hasattr(one, "cancellation")),
        "held": held,
        "is_approved": is_approved,
        "why_not_approve": _why_not_approve(run, payouts, by) if not is_approved else "",
        "is_approver": is_approved and is_one_of(by, run.approval.by),
        "papers": papers,
        "paper_form": SignedPaper(),
        "signed_form": Signed(papers=papers, payouts=unsigned) if papers and unsigned else None,
        **_bank(run, payouts, is_approved and held["pay_out"]),
    }


def _may_be_signed(payout: Payout, by: Party) -> bool:
    """Handed over, not signed for, and neither paid nor approved by who looks."""
    if not hasattr(payout, "handover"):
        return False
    handover = payout.handover
    if hasattr(handover, "acknowledgement") or hasattr(handover, "came_back"):
        return False
    return by.pk not in (handover.paid_by_id, handover.approved_by_id)


def _why_not_approve(run: PayoutRun, payouts: list[Payout], by: Party) -> str:
    """Why this reader cannot approve the list; empty where they can, as far as people go."""
    if is_one_of(by, run.prepared_by):
        return _("You prepared this list: a second person must look at it and approve it.")
    if any(is_one_of(by, one.consignor) for one in payouts):
        return _("You are on this list yourself: another must approve it.")
    return ""


def _bank(run: PayoutRun, payouts: list[Payout], may_make: bool) -> dict[str, Any]:
    """Which lines could be paid by a bank file now, and the forms of banks."""
    if not may_make:
        return {"by_bank": [], "templates": []}
    waiting = [
        one
        for one in payouts
        if not hasattr(one, "handover")
        and not hasattr(one, "cancellation")
        and not hasattr(one, "bank_line")
    ]
    accounts = queries.bank_payees(waiting, local_date(now()))
    return {
        "by_bank": [(one, accounts[one.pk]) for one in waiting if one.pk in accounts],
        "templates": queries.bank_templates() if accounts else [],
    }


@may(Right.APPROVE_PAYOUT)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person lets the list be paid."""
    run = the_run(request, pk, Right.APPROVE_PAYOUT)
    done(
        request,
        lambda: approve_run(run=run, by=acting(request), at=now()),
        _("Approved. A third person may hand the money over now."),
    )
    return redirect("payout-list", pk=pk)


@may(Right.PAY_OUT)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One payout into the hands of one who is entitled to it."""
    payout = the_payout(request, pk, Right.PAY_OUT)
    by, at = acting(request), now()
    payees = queries.payees_of([payout.consignor], local_date(at))[payout.consignor_id]
    fit = [one for one in payees if not is_one_of(one.party, by)]
    form = HandOver(request.POST or None, payees=fit, sources=queries.sources_of(payout.run.shop))
    why_not = _why_not_pay(payout, by)
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["source"]
        is_handed = done(
            request,
            lambda: hand_over(
                payout=payout,
                payee=form.payees[form.cleaned_data["payee"]].party,
                by=by,
                at=at,
                method=Method.BANK if source == "bank" else Method.CASH,
                source=source,
            ),
            _("Handed over: %(amount)s. Let who received it sign the list.")
            % {"amount": money(payout.amount_minor, payout.run.currency)},
        )
        if is_handed:
            return redirect("payout-list", pk=payout.run_id)
    record_look(party=payout.consignor, by=by, what=Seen.OWED, at=at)
    context = {
        "payout": payout, "run": payout.run, "form": form, "why_not": why_not, "payees": payees,
        "payer": by,
    }  # fmt: skip
    return render(request, "payouts/hand_over.html", context)


def _why_not_pay(payout: Payout, by: Party) -> str:
    """Why this reader cannot hand this payout over; empty where they can."""
    if hasattr(payout, "handover"):
        return _("This payout was handed over before.")
    if hasattr(payout, "cancellation"):
        return _("This payout was taken off its list.")
    if hasattr(payout, "bank_line"):
        return _("This payout stands in a bank file: say there what the bank did.")
    if not hasattr(payout.run, "approval"):
        return _("The list is not approved yet: a second person must approve it first.")
    if is_one_of(by, payout.run.approval.by):
        return _("You approved this list: a third person must hand the money over.")
    if is_one_of(by, payout.consignor):
        return _("This money is your own: another must hand it over.")
    return ""


@may(Right.PREPARE_PAYOUT)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a payout off its list, with the reason."""
    payout = the_payout(request, pk, Right.PREPARE_PAYOUT)
    reason = _reason(request)
    done(
        request,
        lambda: cancel_payout(payout=payout, by=acting(request), at=now(), reason=reason),
        _("Taken off the list. The amount is owed as before."),
    )
    return redirect("payout-list", pk=payout.run_id)


@may(Right.PREPARE_PAYOUT)
@require_POST
def came_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Money that was handed over is here again: owed as before, shown in the next statement."""
    payout = the_payout(request, pk, Right.PREPARE_PAYOUT)
    if not hasattr(payout, "handover"):
        raise Http404(_("This payout was not handed over."))
    reason = _reason(request)
    done(
        request,
        lambda: take_back(handover=payout.handover, by=acting(request), at=now(), reason=reason),
        _("Written down: the money is owed again, and stands in the next statement."),
    )
    return redirect("payout-list", pk=payout.run_id)


def _reason(request: HttpRequest) -> str:
    form = Reason(request.POST)
    return str(form.cleaned_data["reason"]) if form.is_valid() else ""
