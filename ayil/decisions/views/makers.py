"""Somebody says with one tap that they are willing to make it, or takes it back."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayil.decisions.actions import name_maker, take_back_maker
from ayil.decisions.forms.proposals import Willing, WillingOnPaper
from ayil.decisions.models import Proposal
from ayil.decisions.proposals import is_villager, may_enter_for_others, own_word
from ayil.decisions.views.proposals import the_proposal
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.members.reader import acting


@login_required
@require_POST
def proposal_willing(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """`say` is yes or no, of oneself; `paper-person` names another, from a paper."""
    found, by = the_proposal(request, uid), acting(request)
    try:
        if "paper-person" in request.POST:
            words = _from_paper(request, found, by)
        elif not is_villager(by, found.assembly.village):
            raise PermissionDenied(_("The people of the village say what they will make."))
        elif request.POST.get("say") == "no":
            words = _taken_back(found, by)
        else:
            words = _said(request, found, by)
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect("proposal", uid=found.uid)


def _said(request: HttpRequest, found: Proposal, by: Party) -> str:
    form = Willing(request.POST)
    if not form.is_valid():
        raise AyilError(_("Choose who may read your name, or that nobody may."))
    name_maker(
        proposal=found, person=by, may_be_named=form.may_be_named, in_public=form.in_public,
        at=now(),
    )  # fmt: skip
    return _("Thank you. You can take it back here at any time.")


def _taken_back(found: Proposal, by: Party) -> str:
    maker = own_word(by, found)
    if maker is not None:
        take_back_maker(maker=maker, by=by, at=now())
    return _("You have taken it back.")


def _from_paper(request: HttpRequest, found: Proposal, by: Party) -> str:
    if not may_enter_for_others(by, found.assembly, local_date(now())):
        raise PermissionDenied(_("The registrar or an officer types what was said on paper."))
    form = WillingOnPaper(request.POST, village=found.assembly.village, prefix="paper")
    if not form.is_valid():
        raise AyilError(_("Choose who said it, name the paper, and who may read the name."))
    person, paper = form.cleaned_data["person"], form.cleaned_data["paper"]
    if request.POST.get("say") == "no":
        maker = own_word(person, found)
        if maker is not None:
            take_back_maker(maker=maker, by=by, at=now())
        return _("%(person)s has taken it back.") % {"person": person}
    name_maker(
        proposal=found, person=person, may_be_named=form.may_be_named, in_public=form.in_public,
        by=by, paper=paper, at=now(),
    )  # fmt: skip
    return _("%(person)s is willing to make it: kept.") % {"person": person}
