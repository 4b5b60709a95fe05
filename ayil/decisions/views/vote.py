"""The vote: what stands on the paper, hands, opening, papers, booth, closing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ayil.decisions.actions import close_poll, count_quorum, open_poll, raise_hands
from ayil.decisions.forms.vote import CloseForm, HandsForm, OpenForm
from ayil.decisions.models import Assembly, HandCount, Part, Poll, Rule
from ayil.decisions.papers.ballot import (
    MOST_SHEETS,
    asks,
    ballot_pdf,
    options_of,
    papers_a_sheet,
)
from ayil.decisions.proposals import incomplete
from ayil.decisions.queries import last_poll
from ayil.decisions.views.reading import assembly_for, the_assembly
from ayil.decisions.voting import (
    PaperNow,
    hands_asked,
    paper_now,
    result_of,
    round_to_count,
    rounds_of,
)
from ayil.decisions.who import may_do
from ayil.kit.clock import local_date, now
from ayil.kit.document import pdf_answer
from ayil.kit.errors import AyilError
from ayil.members.reader import reader

LEADS = (Part.CHAIR, Part.REGISTRAR)
ALL_PARTS = tuple(Part)


def done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether it went through; what refused it stands on the form."""
    try:
        act()
    except AyilError as error:
        form.add_error(None, forms.ValidationError(str(error)))
        return False
    return True


def shown(request: HttpRequest, template: str, form: forms.Form, **more: Any) -> HttpResponse:
    """The page of a form, with what was refused."""
    status = 400 if form.is_bound else 200
    return render(request, template, {"form": form, **more}, status=status)


@login_required
@require_safe
def vote(request: HttpRequest, uid: object) -> HttpResponse:
    """How far the vote is: the paper, its rounds, what comes next. No figure of any paper."""
    assembly, person, today = the_assembly(request, uid), reader(request), local_date(now())
    rounds, paper = rounds_of(assembly), paper_now(assembly)
    last = rounds[-1] if rounds else None
    leads = person is not None and may_do(person, assembly, *LEADS, on=today)
    numbers = last.poll.paper if last else paper.numbers
    context = {
        "assembly": assembly,
        "rounds": rounds,
        "last": last,
        "paper": paper,
        "options": options_of(assembly, numbers),
        "asks": asks(assembly.rule),
        "hands": HandCount.objects.filter(assembly=assembly).order_by("pk").last(),
        "quorum": assembly.quorum_counts.last(),
        "to_count": round_to_count(assembly),
        "leads": leads,
        "helps": person is not None and may_do(person, assembly, *ALL_PARTS, on=today),
        "needs_runoff": last is not None
        and last.is_counted
        and last.tally is not None
        and result_of(last.tally).needs_runoff,
        "incomplete": [] if last else incomplete(assembly),
        "prints": last is None or last.is_open,
        "sheet_count": _sheets_for(assembly, numbers),
    }
    return render(request, "decisions/vote.html", context)


def _sheets_for(assembly: Assembly, numbers: list[int]) -> int:
    """Sheets that give everybody on the roll a paper, and one in ten another."""
    freezing = getattr(assembly, "freezing", None)
    people = freezing.roll_size if freezing else 20
    papers = people + -(-people // 10)
    return min(MOST_SHEETS, -(-papers // papers_a_sheet(numbers)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hands(request: HttpRequest, uid: object) -> HttpResponse:
    """A show of hands that shortens the list; between equals hands are raised again."""
    assembly, person = assembly_for(request, uid, *LEADS)
    anew = "anew" in request.GET
    asked, kept = hands_asked(assembly, anew=anew)
    proposals = list(assembly.proposals.filter(number__in=asked).order_by("number"))
    form = HandsForm(request.POST or None, proposals=proposals)
    if form.is_valid() and done(
        form,
        lambda: raise_hands(assembly=assembly, hands=form.hands(), by=person, at=now(), anew=anew),
    ):
        return redirect("assembly-vote", uid)
    names = list(assembly.proposals.filter(number__in=kept).order_by("number"))
    return shown(
        request, "decisions/vote_hands.html", form, assembly=assembly, kept=names, asked=proposals
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, uid: object) -> HttpResponse:
    """Heads are counted once more, and on that count the vote opens or does not."""
    assembly, person = assembly_for(request, uid, *LEADS)
    last = assembly.quorum_counts.last()
    form = OpenForm(request.POST or None)
    if form.is_valid() and _opened(form, assembly, person):
        messages.success(request, _("The vote is open. Give out one paper to each person."))
        return redirect("assembly-vote", uid)
    earlier = last_poll(assembly)
    numbers = _numbers(assembly, earlier)
    return shown(
        request,
        "decisions/vote_open.html",
        form,
        assembly=assembly,
        options=options_of(assembly, numbers),
        last=last,
        is_runoff=earlier is not None,
    )


def _opened(form: OpenForm, assembly: Assembly, person: Any) -> bool:
    """The count of heads is kept whatever comes of it: that the quorum was lost is a fact."""
    said, at = form.cleaned_data, now()
    heads = {"present": said["present"], "women": said["women"]}
    return done(form, lambda: count_quorum(assembly=assembly, by=person, at=at, **heads)) and done(
        form, lambda: open_poll(assembly=assembly, by=person, at=at)
    )


def _numbers(assembly: Assembly, earlier: Poll | None) -> list[int]:
    """What will stand on the next paper."""
    if earlier is None:
        return paper_now(assembly).numbers
    tally = rounds_of(assembly)[-1].tally
    return list(tally.leaders if tally else earlier.paper)


def _papers_now(assembly: Assembly) -> tuple[list[int], bool]:
    """What stands on the paper that can be printed now, and whether it is the runoff's."""
    earlier = last_poll(assembly)
    if earlier is not None:
        return earlier.paper, earlier.round > 1
    paper: PaperNow = paper_now(assembly)
    return paper.numbers, False


@login_required
@require_safe
def ballots(request: HttpRequest, uid: object) -> HttpResponse:
    """Ballot papers to print and to cut, all alike."""
    assembly, _by = assembly_for(request, uid, *ALL_PARTS)
    numbers, runoff = _papers_now(assembly)
    if not numbers:
        messages.error(request, _("Nothing stands on the paper yet."))
        return redirect("assembly-vote", uid)
    asked = request.GET.get("sheets", "1")
    sheets = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    pdf = ballot_pdf(assembly, numbers, sheets=max(1, min(sheets, MOST_SHEETS)), runoff=runoff)
    return pdf_answer(pdf, f"ballot-{assembly.village.code}-{assembly.held_on}")


@login_required
@never_cache
@require_safe
def booth(request: HttpRequest, uid: object) -> HttpResponse:
    """A paper that is filled in on a tablet and printed there. Nothing of it comes back here."""
    assembly, _by = assembly_for(request, uid, *ALL_PARTS)
    rounds = rounds_of(assembly)
    if not rounds or not rounds[-1].is_open:
        messages.error(request, _("The booth is open while the vote is open."))
        return redirect("assembly-vote", uid)
    poll = rounds[-1].poll
    options = options_of(assembly, poll.paper)
    context = {
        "assembly": assembly,
        "options": options,
        "asks": asks(assembly.rule),
        "is_runoff": poll.round > 1,
        "places": range(1, len(options) + 1) if assembly.rule == Rule.SCHULZE else (),
    }
    return render(request, "decisions/vote_booth.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest, uid: object) -> HttpResponse:
    """The box is shut, and every paper is accounted for."""
    assembly, person = assembly_for(request, uid, *ALL_PARTS)
    rounds = rounds_of(assembly)
    if not rounds or not rounds[-1].is_open:
        return redirect("assembly-vote", uid)
    poll = rounds[-1].poll
    form = CloseForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        if done(
            form,
            lambda: close_poll(
                poll=poll, issued=said["issued"], exchanged=said["exchanged"],
                unused=said["unused"], by=person, at=now(),
            ),
        ):  # fmt: skip
            messages.success(request, _("The vote is closed. Two people count, each apart."))
            return redirect("assembly-vote", uid)
    return shown(request, "decisions/vote_close.html", form, assembly=assembly, poll=poll)
