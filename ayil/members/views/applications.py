"""Applications as the staff sees them: the list, one of them, and what is decided."""

import uuid
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.admission import admit_applicant, answer_appeal, appeal, refuse_applicant
from ayil.members.applications import (
    applications_of,
    decided_lately,
    lacks_contacts,
    last_event,
    membership_of,
    open_appeals,
    standing_affiliations,
    unanswered,
)
from ayil.members.forms.joining import Reason, TakeCommunity, TakePerson
from ayil.members.joining import apply_as_community, apply_as_person
from ayil.members.looks import Seen, record_look
from ayil.members.models import Application, MembershipStep, Party
from ayil.members.reader import acting, reader
from ayil.members.rights import Right, has_right, may
from ayil.members.rules import DAYS_TO_REFUSE, admitted_by_rule_on, days_left, is_due

PAGE = 50


@may(Right.TAKE_APPLICATION)
@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; refusals with an appeal; what was decided lately."""
    today = local_date(now())
    page = Paginator(unanswered(), PAGE).get_page(request.GET.get("page"))
    appeals = list(open_appeals())
    decided = list(decided_lately(today))
    behind = applications_of(
        [one.refusal.party_id for one in appeals] + [event.party_id for event in decided]
    )
    context = {
        "page": page,
        "waiting": [(one, days_left(one.event.on, today)) for one in page],
        "appeals": [(one, behind.get(one.refusal.party_id)) for one in appeals],
        "decided": [(event, behind.get(event.party_id)) for event in decided],
        "may_admit": has_right(request.user, Right.ADMIT, day=today),
        "days": DAYS_TO_REFUSE,
    }
    return render(request, "members/applications.html", context)


@may(Right.TAKE_APPLICATION)
@require_http_methods(["GET", "HEAD", "POST"])
def take_application(request: HttpRequest) -> HttpResponse:
    """A person's application from paper or at the counter."""
    return _take(request, TakePerson(request.POST or None), "members/application_take.html")


@may(Right.TAKE_APPLICATION)
@require_http_methods(["GET", "HEAD", "POST"])
def take_community(request: HttpRequest) -> HttpResponse:
    """A community's application from paper or at the counter."""
    form = TakeCommunity(request.POST or None)
    return _take(request, form, "members/application_take_community.html")


def _take(request: HttpRequest, form: TakePerson | TakeCommunity, template: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        application = _entered(form, by=acting(request))
        if application is not None:
            messages.success(
                request,
                _("Entered. Write this number on their paper: %(code)s")
                % {"code": application.spoken_code},
            )
            return redirect("application", uid=application.uid)
    return render(request, template, {"form": form})


def _entered(form: TakePerson | TakeCommunity, *, by: Party) -> Application | None:
    at = now()
    language = by.language
    filled = form.filled(language=language)
    try:
        if isinstance(form, TakeCommunity):
            return apply_as_community(
                community=form.community(language=language),
                contacts=form.contacts(language=language),
                form=filled, by=by, on=local_date(at), at=at,
            )  # fmt: skip
        named = form.applicant(language=language)
        return apply_as_person(applicant=named, form=filled, by=by, on=local_date(at), at=at)
    except AyilError as error:
        form.add_error(None, forms.ValidationError(str(error)))
        return None


@may(Right.TAKE_APPLICATION)
@require_safe
def application(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One application with its time line and, for who may, the answer to it."""
    return _page(request, _application(uid))


def _application(uid: uuid.UUID) -> Application:
    found = Application.objects.filter(uid=uid).select_related("event__party__village").first()
    if found is None:
        raise Http404(_("There is no such application."))
    return found


def _page(
    request: HttpRequest, found: Application, *, refused: Reason | None = None
) -> HttpResponse:
    """`refused` is the form that was not taken, with its errors."""
    at = now()
    today, party, last = local_date(at), found.event.party, last_event(found.event.party)
    step = last.step if last else None
    sees_phone = has_right(request.user, Right.SEE_PERSONAL_DATA, day=today)
    if sees_phone:
        record_look(party=party, by=acting(request), what=Seen.APPLICATION, at=at)
    asked = getattr(last, "appeal", None)
    context = {
        "application": found,
        "party": party,
        "contacts": standing_affiliations(today)
        .filter(community=party)
        .select_related("person")
        .order_by("id"),
        "lacks_contacts": lacks_contacts(party, today),
        "sees_phone": sees_phone,
        "steps": membership_of(party),
        "is_waiting": step == MembershipStep.APPLIED,
        "may_refuse": step == MembershipStep.APPLIED and not is_due(found.event.on, today),
        "days_left": days_left(found.event.on, today),
        "by_rule_on": admitted_by_rule_on(found.event.on),
        "may_admit": has_right(request.user, Right.ADMIT, day=today),
        "may_appeal": step == MembershipStep.REFUSED and asked is None,
        "open_appeal": asked if asked is not None and not hasattr(asked, "answer") else None,
        "refused_by_reader": last is not None and last.by == reader(request),
        "form": refused or Reason(),
    }
    return render(request, "members/application.html", context)


@may(Right.ADMIT)
@require_POST
def admit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One tap: the applicant is a member."""
    found, at = _application(uid), now()
    try:
        admit_applicant(application=found, by=acting(request), on=local_date(at), at=at)
    except AyilError as error:
        messages.error(request, str(error))
        return redirect("application", uid=uid)
    messages.success(request, _("Admitted: %(party)s") % {"party": found.event.party})
    return redirect("applications")


@may(Right.ADMIT)
@require_POST
def refuse(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """No, with the reason in writing."""
    at = now()
    return _answered(
        request,
        uid,
        lambda found, words: refuse_applicant(
            application=found, reason=words, by=acting(request), on=local_date(at), at=at
        ),
        _("The refusal is written down. The applicant reads your words and may appeal."),
    )


@may(Right.TAKE_APPLICATION)
@require_POST
def paper_appeal(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The applicant's appeal, entered from their paper."""
    return _answered(
        request,
        uid,
        lambda found, words: appeal(
            application=found,
            words=words,
            by=acting(request),
            at=now(),
            paper=request.POST.get("paper", "")[:60],
        ),
        _("The appeal is written down. Somebody who did not refuse answers it."),
    )


@may(Right.ADMIT)
@require_POST
def answer(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The answer to an appeal: `admits` is yes or no."""
    at = now()

    def decide(found: Application, words: str) -> object:
        last = last_event(found.event.party)
        asked = getattr(last, "appeal", None)
        if asked is None:
            raise AyilError(_("There is no appeal to answer. Load the page again."))
        said = request.POST.get("admits")
        if said not in {"yes", "no"}:
            raise AyilError(_("Say whether the applicant is admitted: press one of the buttons."))
        return answer_appeal(
            appeal=asked,
            admits=said == "yes",
            reason=words,
            by=acting(request),
            on=local_date(at),
            at=at,
        )

    return _answered(request, uid, decide, _("The answer is written down, with your reason."))


def _answered(
    request: HttpRequest, uid: uuid.UUID, act: Callable[[Application, str], object], said: str
) -> HttpResponse:
    """Words that are needed, an action that may refuse, and back to the application."""
    found, form = _application(uid), Reason(request.POST)
    if form.is_valid():
        try:
            act(found, form.cleaned_data["words"])
        except AyilError as error:
            form.add_error(None, forms.ValidationError(str(error)))
        else:
            messages.success(request, said)
            return redirect("application", uid=uid)
    return _page(request, found, refused=form)
