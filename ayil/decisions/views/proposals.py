"""Proposals of an assembly: all of them, one of them, and what its proposer does with it."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.decisions.actions import change_proposal, give_names, propose, withdraw_proposal
from ayil.decisions.forms.proposals import (
    ChangeOnPaper,
    NewProposal,
    OnPaper,
    ProposalForm,
    Willing,
    WillingOnPaper,
    Withdraw,
    as_typed,
)
from ayil.decisions.models import Assembly, Proposal, ProposalWithdrawal
from ayil.decisions.papers.poster import poster_paper
from ayil.decisions.proposals import (
    is_proposer,
    is_villager,
    may_change,
    may_enter_for_others,
    own_word,
    standing_proposals,
    the_one,
    vote_has_opened,
)
from ayil.decisions.reading import changes_of, read_proposals
from ayil.decisions.views.reading import the_assembly
from ayil.decisions.who import assemblies_visible_to
from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.kit.names import LANGUAGES_IN_TURN
from ayil.members.models import Party, User
from ayil.members.reader import acting, reader
from ayil.members.rights import Right, has_right, may


def the_proposal(request: HttpRequest, uid: uuid.UUID) -> Proposal:
    """A proposal of an assembly that the reader may look at, else as if it were not there."""
    if isinstance(request.user, User):
        seen = assemblies_visible_to(request.user, local_date(now()))
        found = Proposal.objects.filter(uid=uid, assembly__in=seen)
        one = found.select_related("assembly__village", "proposer", "resource").first()
        if one is not None:
            return one
    raise Http404(_("There is no such proposal in your village."))


def own_proposal(request: HttpRequest, uid: uuid.UUID) -> tuple[Proposal, Party]:
    """The proposal, and the reader who may change it; PermissionDenied for other villagers."""
    proposal, by = the_proposal(request, uid), acting(request)
    if not may_change(by, proposal, now()):
        raise PermissionDenied(
            _("A proposal is changed by who made it, or by the registrar from paper.")
        )
    return proposal, by


@login_required
@require_safe
def proposals(request: HttpRequest, uid: object) -> HttpResponse:
    """All proposals of an assembly, by number, with what each of them says."""
    assembly, by = the_assembly(request, uid), reader(request)
    withdrawn = ProposalWithdrawal.objects.filter(proposal__assembly=assembly)
    has_opened = vote_has_opened(assembly)
    context = {
        "assembly": assembly,
        "proposals": read_proposals(list(standing_proposals(assembly)), assembly.village),
        "withdrawn": withdrawn.select_related("proposal").order_by("proposal__number"),
        "has_opened": has_opened,
        "may_propose": by is not None and not has_opened and _may_put_forward(by, assembly),
    }
    return render(request, "decisions/proposals/list.html", context)


def _may_put_forward(by: Party, assembly: Assembly) -> bool:
    """Who sees the way to the form; the action looks closer, and says why not."""
    today = local_date(now())
    return is_villager(by, assembly.village) or may_enter_for_others(by, assembly, today)


@login_required
@require_safe
def poster(request: HttpRequest, uid: object) -> HttpResponse:
    """The proposals as a paper to hang up; on it stand only names that everybody may read."""
    assembly = the_assembly(request, uid)
    found = read_proposals(list(standing_proposals(assembly)), assembly.village, in_public=True)
    address = request.build_absolute_uri(f"/assemblies/{assembly.uid}/proposals/")
    pdf = document_pdf([poster_paper(assembly, found, address=address)], at=now())
    return pdf_answer(pdf, f"proposals-{assembly.village.code}-{assembly.held_on}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_new(request: HttpRequest, uid: object) -> HttpResponse:
    """A villager proposes on their own phone; the registrar or an officer types a paper."""
    assembly, by = the_assembly(request, uid), acting(request)
    if not _may_put_forward(by, assembly):
        raise PermissionDenied(_("Only the people of the village propose what it may make."))
    kind = OnPaper if may_enter_for_others(by, assembly, local_date(now())) else NewProposal
    taken = assembly.proposals.values_list("symbol", flat=True)
    form = kind(request.POST or None, village=assembly.village, taken=set(taken))
    if request.method == "POST" and form.is_valid():
        made = _proposed(form, assembly, by)
        if made is not None:
            messages.success(request, _("The proposal is kept. See what it does not say yet."))
            return redirect("proposal", uid=made.uid)
    context = {"assembly": assembly, "form": form}
    status = 400 if form.is_bound else 200
    return render(request, "decisions/proposals/form.html", context, status=status)


def _proposed(form: ProposalForm, assembly: Assembly, by: Party) -> Proposal | None:
    said = dict(form.cleaned_data)
    names = (said.pop("name_en"), said.pop("name_ru"), said.pop("name_ky"))
    proposer = said.pop("proposer", by)
    try:
        return propose(assembly=assembly, names=names, proposer=proposer, by=by, at=now(), **said)
    except AyilError as error:
        form.add_error(None, str(error))
        return None


@login_required
@require_safe
def proposal(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One proposal: what it says, what it does not say yet, and what this reader may do."""
    found = the_proposal(request, uid)
    assembly, by, at = found.assembly, reader(request), now()
    lives_here = is_villager(by, assembly.village)
    is_open = not vote_has_opened(assembly) and not hasattr(found, "withdrawal")
    context: dict[str, Any] = {
        "read": read_proposals([the_one(found)], assembly.village)[0],
        "assembly": assembly,
        "is_open": is_open,
        "may_change": is_open and by is not None and may_change(by, found, at),
        "lives_here": lives_here,
        "own_word": own_word(by, found) if by is not None and lives_here else None,
        "willing": Willing(),
        "withdraw": Withdraw(),
        "changes": changes_of(found),
    }
    if by is not None and may_enter_for_others(by, assembly, local_date(at)):
        context["on_paper"] = WillingOnPaper(village=assembly.village, prefix="paper")
    if is_open and has_right(request.user, Right.GIVE_WORDS, day=local_date(at)):
        context["may_give"] = True
    return render(request, "decisions/proposals/one.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_change(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Completes or corrects it, until the vote opens."""
    found, by = own_proposal(request, uid)
    assembly = found.assembly
    others = assembly.proposals.exclude(pk=found.pk).values_list("symbol", flat=True)
    kind = ProposalForm if is_proposer(by, found) else ChangeOnPaper
    form = kind(
        request.POST or None, initial=as_typed(found), village=assembly.village, taken=set(others)
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_proposal(proposal=found, by=by, at=now(), **form.cleaned_data)
        except AyilError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The change is kept."))
            return redirect("proposal", uid=found.uid)
    context = {"assembly": assembly, "proposal": found, "form": form}
    status = 400 if form.is_bound else 200
    return render(request, "decisions/proposals/form.html", context, status=status)


@may(Right.GIVE_WORDS)
@require_POST
def proposal_words(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The name in a language in which the village gave none."""
    found = the_proposal(request, uid)
    names = {code: request.POST.get(f"name_{code}", "")[:120] for code in LANGUAGES_IN_TURN}
    try:
        give_names(proposal=found, names=names, by=acting(request), at=now())
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The name is kept."))
    return redirect("proposal", uid=found.uid)


@login_required
@require_POST
def proposal_withdraw(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Taken back before the vote, with a reason."""
    found, by = own_proposal(request, uid)
    form = Withdraw(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why, in at most 300 letters."))
        return redirect("proposal", uid=found.uid)
    try:
        withdraw_proposal(proposal=found, reason=form.cleaned_data["reason"], by=by, at=now())
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The proposal is withdrawn."))
    return redirect("proposal", uid=found.uid)
