"""The sales behind a proposal, and the simulator of an assembly."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ayil.decisions.papers.poster import evidence_words
from ayil.decisions.proposals import standing_proposals
from ayil.decisions.reading import Read, read_proposals
from ayil.decisions.rules.simulating import Plan, month_of_one
from ayil.decisions.views.proposals import own_proposal
from ayil.decisions.views.reading import the_assembly
from ayil.figures.forms import AskSales, TryOut
from ayil.figures.likes import span_to_ask, take_evidence
from ayil.figures.simulator import known_of, scene_of
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_evidence(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Looks into the sales of like goods and keeps the answer with the proposal."""
    found, by = own_proposal(request, uid)
    today = local_date(now())
    form = AskSales(request.POST or None, span=span_to_ask(today), today=today)
    if request.method == "POST" and form.is_valid():
        try:
            kept = take_evidence(proposal=found, asked=form.asked, by=by, at=now())
        except AyilError as error:
            form.add_error(None, str(error))
        else:
            words = _("Kept with the proposal: %(what)s.")
            messages.success(request, words % {"what": evidence_words(kept)})
            return redirect("proposal", uid=found.uid)
    context = {"proposal": found, "form": form}
    status = 400 if form.is_bound else 200
    return render(request, "figures/evidence.html", context, status=status)


@login_required
@require_safe
def simulator(request: HttpRequest, uid: object) -> HttpResponse:
    """One page to look at together, on a tablet or a wall: every figure can be typed anew."""
    assembly = the_assembly(request, uid)
    found = read_proposals(list(standing_proposals(assembly)), assembly.village)
    asked = request.GET.get("proposal", "")
    chosen = next((read for read in found if str(read.proposal.number) == asked), None)
    chosen = chosen or next(iter(found), None)
    context: dict[str, Any] = {"assembly": assembly, "proposals": found, "read": chosen}
    if chosen is not None:
        context |= _tried(request, chosen)
    return render(request, "figures/simulator.html", context)


def _tried(request: HttpRequest, read: Read) -> dict[str, Any]:
    """The scene of a proposal, the form, and what a month would leave where all is known."""
    known = known_of(read)
    if "price" in request.GET:
        form = TryOut(request.GET)
    elif len(known) == len(TryOut.base_fields):
        form = TryOut(known)
    else:
        form = TryOut(initial=known)
    tried: dict[str, Any] = {"scene": scene_of(read), "form": form}
    if form.is_valid():
        said = form.cleaned_data
        plan = Plan(
            price_minor=said["price"],
            cost_minor=said["cost"],
            commission_bp=said["commission"] * 100,
            makers=said["makers"],
            pieces_each=said["pieces"],
        )
        all_sold, half_sold = month_of_one(plan), month_of_one(plan, part=1, whole=2)
        tried |= {
            "plan": plan,
            "months": [(_("If all is sold"), all_sold), (_("If half is sold"), half_sold)],
        }
    return tried
