"""Complaints: anybody makes one, somebody without a part in the assembly answers; the review."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.decisions.actions import review_decision, supersede_decision
from ayil.decisions.actions.complaints import answer_complaint, complain
from ayil.decisions.actions.papers import keep_paper
from ayil.decisions.complaints import answer_due, complaint_counts, complaints_until
from ayil.decisions.forms.after import (
    AnswerComplaintForm,
    ComplaintForm,
    OwnComplaintForm,
    ReviewForm,
    WrittenComplaintForm,
)
from ayil.decisions.models import (
    Assembly,
    Complaint,
    ComplaintOutcome,
    Decision,
    DecisionPaper,
    Part,
    Poll,
)
from ayil.decisions.papers.complaint import complaint_paper
from ayil.decisions.queries import standing_decision
from ayil.decisions.views.minutes import WRITE
from ayil.decisions.views.reading import assembly_for, the_assembly
from ayil.decisions.who import assemblies_visible_to, is_officer, may_do
from ayil.kit.addresses import address_of
from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.members.joining import origin_of
from ayil.members.models import Party, User
from ayil.members.reader import acting, reader
from ayil.members.rights import Right, may

How = Complaint.How


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def complaint_new(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Anybody: a villager who is signed in, somebody without a name; who keeps the roll and the
    officers write down what came on paper or by word of mouth."""
    found = get_object_or_404(Assembly.objects.select_related("village"), uid=uid)
    person = _of_the_village(request, found)
    form = _form_for(request, found, person)
    if request.method == "POST" and form.is_valid() and _complain(request, found, person, form):
        messages.success(
            request,
            _("It is written down. Somebody who had no part in that assembly answers it."),
        )
        return redirect("complaints", found.uid) if person else redirect(request.path)
    until = complaints_until(found)
    context = {
        "assembly": found, "form": form, "person": person, "until": until,
        "is_open": local_date(now()) <= until, "counts": complaint_counts(found),
    }  # fmt: skip
    status = 400 if form.is_bound else 200
    return render(request, "decisions/complaint_new.html", context, status=status)


def _of_the_village(request: HttpRequest, found: Assembly) -> Party | None:
    """The reader, where they may look at the assembly; anybody else complains without a name."""
    if not isinstance(request.user, User) or request.user.party is None:
        return None
    seen = assemblies_visible_to(request.user, local_date(now()))
    return request.user.party if seen.filter(pk=found.pk).exists() else None


def _form_for(request: HttpRequest, found: Assembly, person: Party | None) -> ComplaintForm:
    told, files = request.POST or None, request.FILES or None
    if person is None:
        return ComplaintForm(told)
    if may_do(person, found, Part.REGISTRAR, on=local_date(now())):
        return WrittenComplaintForm(told, files, assembly=found)
    return OwnComplaintForm(told)


def _complain(
    request: HttpRequest, found: Assembly, person: Party | None, form: ComplaintForm
) -> bool:
    told, at = form.cleaned_data, now()
    is_written = isinstance(form, WrittenComplaintForm)
    is_own = person is not None and not is_written and not told["nameless"]
    try:
        paper = _photographed(found, told.get("photo"), person) if is_written else None
        complain(
            assembly=found,
            about=Complaint.About(told["about"]),
            words=told["words"],
            on=local_date(at),
            at=at,
            person=told["person"] if is_written else person if is_own else None,
            by=person if is_written or is_own else None,
            how=How(told["how"]) if is_written else None,
            paper=paper,
            origin=origin_of(address_of(request), local_date(at)),
            uid=told["uid"],
        )
    except AyilError as error:
        form.add_error(None, str(error))
        return False
    return True


def _photographed(found: Assembly, photo: object, by: Party | None) -> DecisionPaper | None:
    if not photo or by is None:
        return None
    content = photo.read()  # type: ignore[attr-defined]
    return keep_paper(
        assembly=found, kind=DecisionPaper.Kind.COMPLAINT, content=content, by=by, at=now()
    )


@login_required
@require_safe
def complaints(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The words and the answers, for the village; who complained is seen by officers alone."""
    found = the_assembly(request, uid)
    rows = found.complaints.select_related("outcome__by", "person", "paper").order_by("-id")
    person, today = reader(request), local_date(now())
    until = complaints_until(found)
    context = {
        "assembly": found,
        "complaints": [(row, answer_due(row)) for row in rows],
        "today": today,
        "until": until,
        "is_open": today <= until,
        "sees_who": person is not None and is_officer(person, today),
    }
    return render(request, "decisions/complaints.html", context)


def _the_complaint(request: HttpRequest, uid: uuid.UUID) -> Complaint:
    rows = Complaint.objects.select_related("assembly__village", "person", "outcome__by", "paper")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404(_("There is no such complaint."))
    the_assembly(request, found.assembly.uid)
    return found


@login_required
@require_safe
def complaint(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    found = _the_complaint(request, uid)
    return _case(request, found, AnswerComplaintForm(), status=200)


def _case(
    request: HttpRequest, found: Complaint, form: AnswerComplaintForm, *, status: int
) -> HttpResponse:
    person, today = reader(request), local_date(now())
    officer = person is not None and is_officer(person, today)
    due = answer_due(found)
    context = {
        "complaint": found,
        "assembly": found.assembly,
        "outcome": getattr(found, "outcome", None),
        "annulled": list(found.annulments.select_related("decision")),
        "due": due,
        "is_late": today > due,
        "form": form,
        "may_answer": officer,
        "sees_who": officer or (person is not None and found.person_id == person.pk),
    }
    return render(request, "decisions/complaint.html", context, status=status)


@may(Right.CARE_FOR_VILLAGES)
@require_POST
def complaint_answer(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    found, form = _the_complaint(request, uid), AnswerComplaintForm(request.POST)
    if not form.is_valid() or not _answer(request, found, form):
        return _case(request, found, form, status=400)
    messages.success(request, _("Answered. The village reads it, and the public page counts it."))
    return redirect("complaint", found.uid)


def _answer(request: HttpRequest, found: Complaint, form: AnswerComplaintForm) -> bool:
    told = form.cleaned_data
    poll = None
    if told["round"]:
        poll = Poll.objects.filter(assembly=found.assembly, round=int(told["round"])).first()
    try:
        answer_complaint(
            complaint=found, verdict=ComplaintOutcome.Verdict(told["verdict"]),
            reason=told["reason"], poll=poll, by=acting(request), at=now(),
        )  # fmt: skip
    except AyilError as error:
        form.add_error(None, str(error))
        return False
    return True


@login_required
@require_safe
def paper(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The complaint and its answer, to be handed to whoever complained and hung up."""
    found = _the_complaint(request, uid)
    address = request.build_absolute_uri(f"/complaints/{found.uid}/")
    pdf = document_pdf([complaint_paper(found, address=address)], at=now())
    return pdf_answer(pdf, f"complaint-{found.assembly.village.code}-{found.pk}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The yearly look, written down by chair or registrar of that assembly or by an officer."""
    found, by = assembly_for(request, uid, *WRITE)
    decision = Decision.objects.filter(assembly=found, annulment__isnull=True).last()
    if decision is None:
        raise Http404(_("There are no minutes of this assembly yet."))
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _review(decision, by, form):
        messages.success(request, _("The look at the decision is written down."))
        return redirect("assembly", found.uid)
    context = {
        "assembly": found, "decision": decision, "form": form, "reviews": decision.reviews.all(),
        "has_ended": hasattr(decision, "superseding"),
    }  # fmt: skip
    status = 400 if form.is_bound else 200
    return render(request, "decisions/minutes_review.html", context, status=status)


def _review(decision: Decision, by: Party, form: ReviewForm) -> bool:
    told, today = form.cleaned_data, local_date(now())
    keeps = told["keeps"] == "yes"
    try:
        review_decision(
            decision=decision, on=today, finding=told["finding"], keeps=keeps, by=by, at=now()
        )
        if not keeps:
            newer = standing_decision(decision.village, today)
            supersede_decision(
                decision=decision, on=today, reason=told["finding"][:300], by=by, at=now(),
                newer=newer if newer and newer != decision else None,
            )  # fmt: skip
    except AyilError as error:
        form.add_error(None, str(error))
        return False
    return True
