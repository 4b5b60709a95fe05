"""Bank accounts of payees, the forms of banks' files, and each file with what the bank did."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.looks import Seen, record_looks
from ayil.members.own import is_one_of
from ayil.members.reader import acting
from ayil.members.rights import Right, may, shops_with
from ayil.members.views.people import in_words
from ayil.payouts import queries
from ayil.payouts.actions import (
    bank_file_content,
    carry_out,
    confirm_account,
    end_account,
    keep_account,
    make_bank_file,
    set_bank_template,
)
from ayil.payouts.bank_forms import Account, Columns, Template
from ayil.payouts.models import BankFile, BankTemplate, PayeeAccount, Payout
from ayil.payouts.views.payouts import done, held_at, the_run


@may(Right.KEEP_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def payee_accounts(request: HttpRequest) -> HttpResponse:
    """Every standing account, masked; a new one from a paper."""
    by = acting(request)
    form = Account(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            keep_account(party=form.party(), said=form.said(), by=by, at=now())
        except AyilError as error:
            form.add_error(None, in_words(error))
        else:
            messages.success(request, _("Written down. Another person must confirm it."))
            return redirect("payee-accounts")
    standing = (
        PayeeAccount.objects.filter(end__isnull=True)
        .select_related("party__village", "typed_by", "confirmation__by")
        .order_by("party__sort_key", "id")
    )
    rows = [(one, not is_one_of(by, one.typed_by, one.party)) for one in standing]
    record_looks(parties=[one.party for one, _may in rows], by=by, what=Seen.ACCOUNT, at=now())
    return render(request, "payouts/accounts.html", {"form": form, "rows": rows})


def _account(pk: int) -> PayeeAccount:
    found = PayeeAccount.objects.filter(pk=pk).select_related("party", "typed_by").first()
    if found is None:
        raise Http404(_("There is no such account."))
    return found


@may(Right.KEEP_ACCOUNTS)
@require_POST
def account_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The number typed again from the paper by another person."""
    account = _account(pk)
    number = request.POST.get("number", "")[:60]
    done(
        request,
        lambda: confirm_account(account=account, number=number, by=acting(request), at=now()),
        _("Confirmed: money may be paid to this account."),
    )
    return redirect("payee-accounts")


@may(Right.KEEP_ACCOUNTS)
@require_POST
def account_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing more is paid to it."""
    account = _account(pk)
    reason = request.POST.get("reason", "")[:300]
    done(
        request,
        lambda: end_account(account=account, by=acting(request), at=now(), reason=reason),
        _("Ended: nothing more is paid to this account."),
    )
    return redirect("payee-accounts")


@may(Right.KEEP_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def bank_templates(request: HttpRequest) -> HttpResponse:
    """How each bank wants its file; saving under a known name makes its next version."""
    known = {one.name: one for one in queries.bank_templates()}
    shown = known.get(request.GET.get("name", ""))
    posted = request.POST if request.method == "POST" else None
    form = Template(posted, initial=Template.of(shown))
    columns = Columns(posted, initial=Columns.of(shown), prefix="columns")
    if posted is not None and form.is_valid() and columns.is_valid():
        try:
            made = set_bank_template(said=form.said(columns), by=acting(request), at=now())
        except AyilError as error:
            form.add_error(None, in_words(error))
        else:
            words = _("Kept: %(name)s, version %(version)s.")
            messages.success(request, words % {"name": made.name, "version": made.version})
            return redirect("bank-templates")
    context = {"form": form, "columns": columns, "known": list(known.values()), "shown": shown}
    return render(request, "payouts/templates.html", context)


@may(Right.PAY_OUT)
@require_POST
def make_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The ticked payouts of an approved list as one file."""
    run = the_run(request, pk, Right.PAY_OUT)
    template = BankTemplate.objects.filter(pk=_number(request.POST.get("template", ""))).first()
    if template is None:
        messages.error(request, _("Choose the form of the bank."))
        return redirect("payout-list", pk=pk)
    try:
        file = make_bank_file(
            run=run, template=template, payouts=_ticked(request), by=acting(request), at=now()
        )
    except AyilError as error:
        messages.error(request, in_words(error))
        return redirect("payout-list", pk=pk)
    messages.success(request, _("The file is made. Give it to the bank, then say what it did."))
    return redirect("bank-file", pk=file.pk)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _ticked(request: HttpRequest) -> list[Payout]:
    return list(Payout.objects.filter(pk__in=map(_number, request.POST.getlist("payouts"))))


def _file(request: HttpRequest, pk: int) -> BankFile:
    shops = shops_with(request.user, Right.PAY_OUT, day=local_date(now()))
    found = (
        BankFile.objects.filter(pk=pk, run__shop__in=shops)
        .select_related("run__shop", "run__approval__by", "template", "made_by")
        .first()
    )
    if found is None:
        raise Http404(_("There is no such bank file among those you may see."))
    return found


@may(Right.PAY_OUT)
@require_safe
def the_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in the file and what the bank did of it; `?save` gives the file itself."""
    file = _file(request, pk)
    lines = list(
        file.lines.select_related(
            "account", "payout__consignor", "payout__handover__came_back", "payout__cancellation"
        )
    )
    record_looks(
        parties=[one.payout.consignor for one in lines], by=acting(request), what=Seen.ACCOUNT,
        at=now(),
    )  # fmt: skip
    if "save" in request.GET:
        return _download(file)
    context = {
        "file": file,
        "run": file.run,
        "lines": lines,
        "waiting": [one for one in lines if _is_open(one.payout)],
        "held": held_at(request, file.run.shop),
        "is_approver": is_one_of(acting(request), file.run.approval.by),
    }
    return render(request, "payouts/bank_file.html", context)


def _is_open(payout: Payout) -> bool:
    return not hasattr(payout, "handover") and not hasattr(payout, "cancellation")


def _download(file: BankFile) -> HttpResponse:
    try:
        content = bank_file_content(file)
    except AyilError as error:
        raise Http404(in_words(error)) from error
    charset = "windows-1251" if file.template.encoding == "cp1251" else "utf-8"
    response = HttpResponse(content, content_type=f"text/csv; charset={charset}")
    response["Content-Disposition"] = f'attachment; filename="bank-file-{file.pk}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@may(Right.PAY_OUT)
@require_POST
def file_done(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank has paid the ticked lines."""
    file = _file(request, pk)
    done(
        request,
        lambda: carry_out(file=file, payouts=_ticked(request), by=acting(request), at=now()),
        _("Handed over by the bank. What comes back is said on the payout list."),
    )
    return redirect("bank-file", pk=pk)
