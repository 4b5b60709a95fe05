"""The count: two counters apart, the certificate, the result, the lot."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.decisions.actions import count_poll, draw_lot, enter_sheet
from ayil.decisions.forms.piles import MORE_ROWS, MOST_ROWS, PilesForm, rows_at_first
from ayil.decisions.forms.vote import LotForm
from ayil.decisions.models import Assembly, Proposal, Rule
from ayil.decisions.papers.sheet import sheets_pdf
from ayil.decisions.queries import last_poll
from ayil.decisions.rules import published
from ayil.decisions.views.reading import assembly_for, the_assembly
from ayil.decisions.views.vote import ALL_PARTS, done, shown
from ayil.decisions.voting import (
    RoundNow,
    counters_of,
    counters_typed_by,
    result_of,
    round_to_count,
    rounds_of,
    where_they_differ,
)
from ayil.decisions.who import may_do
from ayil.kit.clock import local_date, now
from ayil.kit.document import pdf_answer
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.members.reader import reader


@login_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest, uid: object) -> HttpResponse:
    """One counter's sheet, in piles; nothing of the other's is shown here."""
    assembly, person = assembly_for(request, uid, *ALL_PARTS)
    now_counted = round_to_count(assembly)
    if now_counted is None or now_counted.agrees:
        return redirect("assembly-vote", uid)
    counters, is_own = counters_typed_by(person, assembly)
    options = list(assembly.proposals.filter(number__in=now_counted.poll.paper).order_by("number"))
    ranked = assembly.rule == Rule.SCHULZE
    rows, wants_more = _rows(request, rows_at_first(len(options), ranked=ranked))
    asked: dict[str, Any] = {
        "options": options, "ranked": ranked, "counters": counters,
        "is_own": is_own, "rows": rows,
    }  # fmt: skip
    if wants_more:
        form = PilesForm(initial={**request.POST.dict(), "rows": rows}, **asked)
    else:
        form = PilesForm(request.POST or None, **asked)
    if form.is_bound and form.is_valid() and _entered(form, now_counted, counters, person):
        messages.success(request, _("The sheet is in."))
        return redirect("assembly-vote", uid)
    return shown(
        request,
        "decisions/vote_count.html",
        form,
        assembly=assembly,
        now=now_counted,
        own=counters[0] if is_own else None,
        differing=_differing(now_counted, options, person),
    )


def _rows(request: HttpRequest, at_first: int) -> tuple[int, bool]:
    """How many rows the page has, and whether only more of them are wanted."""
    typed = request.POST.get("rows", "")
    rows = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else at_first
    wants_more = "more" in request.POST
    return max(at_first, min(rows + (MORE_ROWS if wants_more else 0), MOST_ROWS)), wants_more


def _entered(form: PilesForm, counted: RoundNow, counters: list[Party], person: Party) -> bool:
    said = form.cleaned_data
    typed = said.get("counter")
    counter = next((one for one in counters if str(one.uid) == typed), counters[0])
    sheet_uid: uuid.UUID = said["uid"]
    return done(
        form,
        lambda: enter_sheet(
            poll=counted.poll, counter=counter, piles=said["piles"], spoiled=said["spoiled"],
            by=person, at=now(), uid=sheet_uid, paper=said.get("paper", ""),
        ),
    )  # fmt: skip


def _differing(counted: RoundNow, options: list[Proposal], person: Party) -> list[str]:
    """Which piles the two sheets tell differently, in words and without a figure."""
    if not counted.differs:
        return []
    names = {option.number: option.name for option in options}
    first, second = counted.sheets
    told = [
        " + ".join(names[number] for number in marks) or _("None of them")
        for marks in where_they_differ(first, second)
    ]
    if first.spoiled != second.spoiled:
        told.append(_("Spoiled papers"))
    return told


@login_required
@require_safe
def sheets(request: HttpRequest, uid: object) -> HttpResponse:
    """The counting sheets to print, one for each counter."""
    assembly, _by = assembly_for(request, uid, *ALL_PARTS)
    poll = last_poll(assembly)
    counters = counters_of(assembly)
    if poll is None or not counters:
        messages.error(request, _("Name the counters and open the vote before printing sheets."))
        return redirect("assembly-vote", uid)
    pdf = sheets_pdf(poll, counters)
    return pdf_answer(pdf, f"counting-{assembly.village.code}-{assembly.held_on}")


@login_required
@require_POST
def certify(request: HttpRequest, uid: object) -> HttpResponse:
    """Both sheets say the same: from here on the count is read by everybody."""
    assembly, person = assembly_for(request, uid, *ALL_PARTS)
    counted = round_to_count(assembly)
    if counted is None:
        return redirect("assembly-vote", uid)
    try:
        count_poll(poll=counted.poll, by=person, at=now())
    except AyilError as error:
        messages.error(request, str(error))
        return redirect("assembly-vote", uid)
    return redirect("tally", uid)


@login_required
@require_safe
def tally(request: HttpRequest, uid: object) -> HttpResponse:
    """What certified counts came to; before that there is nothing to see."""
    assembly, person = the_assembly(request, uid), reader(request)
    results = [result_of(one.tally) for one in rounds_of(assembly) if one.tally]
    helps = person is not None and may_do(person, assembly, *ALL_PARTS, on=local_date(now()))
    context = {
        "assembly": assembly,
        "results": results,
        "helps": helps,
        "sets": _sets(assembly, results[-1].tally) if results else None,
    }
    return render(request, "decisions/vote_tally.html", context)


def _sets(assembly: Assembly, counted: Any) -> list[tuple[list[Proposal], int]] | None:
    """What papers said together, where each set has three voters at least."""
    piles = published(tuple((tuple(marks), papers) for marks, papers in counted.first.piles))
    if piles is None:
        return None
    named = {proposal.number: proposal for proposal in assembly.proposals.all()}
    ordered = sorted(piles, key=lambda pile: (-pile[1], pile[0]))
    return [([named[number] for number in marks], papers) for marks, papers in ordered]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lot(request: HttpRequest, uid: object) -> HttpResponse:
    """A public lot between equals, drawn by hand before witnesses."""
    assembly, person = assembly_for(request, uid, *ALL_PARTS)
    rounds = rounds_of(assembly)
    last = rounds[-1].tally if rounds and rounds[-1].is_counted else None
    result = result_of(last) if last else None
    if last is None or result is None or not result.needs_lot:
        return redirect("tally", uid)
    form = LotForm(request.POST or None, tied=result.tied)
    if form.is_valid():
        witnesses = form.cleaned_data["witnesses"]
        if done(
            form,
            lambda: draw_lot(
                tally=last, order=form.order(), witnesses=witnesses, by=person, at=now()
            ),
        ):
            messages.success(request, _("The lot is written down. It goes into the minutes."))
            return redirect("tally", uid)
    return shown(request, "decisions/vote_lot.html", form, assembly=assembly, result=result)
