"""Assemblies: the list, one of them step by step, the call, and the association's terms."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ayil.decisions.actions import call_assembly
from ayil.decisions.actions.terms import set_assembly_terms
from ayil.decisions.forms.assemblies import CallForm, TermsForm
from ayil.decisions.models import Assembly, AssemblyTerms, Decision, Rule
from ayil.decisions.papers.notice import notice_paper
from ayil.decisions.queries import assembly_terms_on
from ayil.decisions.steps.all import steps_of
from ayil.decisions.views.reading import the_assembly
from ayil.decisions.who import assemblies_visible_to, is_officer
from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.members.reader import acting, reader
from ayil.members.rights import Right, has_right, may

SHOWN = 60


@login_required
@require_safe
def assemblies(request: HttpRequest) -> HttpResponse:
    """Those of the reader's village; all, for who cares for the villages."""
    today = local_date(now())
    rows = assemblies_visible_to(request.user, today).prefetch_related(
        Prefetch("decisions", Decision.objects.filter(annulment__isnull=True)),
        "decisions__choices__proposal",
    )
    may_call = has_right(request.user, Right.CARE_FOR_VILLAGES, day=today)
    context = {"assemblies": rows[:SHOWN], "may_call": may_call, "today": today}
    return render(request, "decisions/assemblies.html", context)


@login_required
@require_safe
def assembly(request: HttpRequest, uid: object) -> HttpResponse:
    """One assembly, step by step."""
    today = local_date(now())
    found = the_assembly(request, uid)
    person = reader(request)
    helps = person is not None and is_officer(person, today)
    context = {"assembly": found, "steps": steps_of(found, person, is_officer=helps)}
    return render(request, "decisions/assembly.html", context)


@may(Right.CARE_FOR_VILLAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        called = _call(request, form)
        if called is not None:
            messages.success(request, _("The assembly is called. Print the notice and hang it up."))
            return redirect("assembly", called.uid)
    terms = assembly_terms_on(local_date(now()))
    status = 400 if form.is_bound else 200
    return render(request, "decisions/call.html", {"form": form, "terms": terms}, status=status)


def _call(request: HttpRequest, form: CallForm) -> Assembly | None:
    said = form.cleaned_data
    try:
        return call_assembly(
            village=said["village"],
            called_on=local_date(now()),
            notice=said["notice"],
            held_on=said["held_on"],
            place=said["place"],
            rule=Rule(said["rule"]),
            places=said["places"],
            budget_minor=said["budget"],
            by=acting(request),
            at=now(),
        )
    except AyilError as error:
        form.add_error(None, str(error))
        return None


@login_required
@require_safe
def notice(request: HttpRequest, uid: object) -> HttpResponse:
    """The notice as a paper to hang up."""
    found = the_assembly(request, uid)
    paper = notice_paper(found, address=request.build_absolute_uri(f"/assemblies/{found.uid}/"))
    pdf = document_pdf([paper], at=now())
    return pdf_answer(pdf, f"notice-{found.village.code}-{found.held_on}")


@may(Right.SET_TERMS)
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest) -> HttpResponse:
    """What the association asks of every assembly."""
    today = local_date(now())
    held = assembly_terms_on(today)
    form = TermsForm(request.POST or None, held=held, today=today)
    if request.method == "POST" and form.is_valid() and _set(request, form):
        return redirect("assembly-terms")
    said = AssemblyTerms.objects.select_related("by")
    context = {"form": form, "held": held, "said": said}
    status = 400 if form.is_bound else 200
    return render(request, "decisions/terms.html", context, status=status)


def _set(request: HttpRequest, form: forms.Form) -> bool:
    said = form.cleaned_data
    try:
        set_assembly_terms(
            notice_days=said["notice_days"],
            posting_days=said["posting_days"],
            complaint_days=said["complaint_days"],
            quorum=(said["quorum_numerator"], said["quorum_denominator"]),
            since=said["since"],
            by=acting(request),
            at=now(),
        )
    except AyilError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("The new terms hold from that day on."))
    return True
