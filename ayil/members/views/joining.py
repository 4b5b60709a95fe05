"""Joining, as the applicant sees it: the form, what happens next, the appeal."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.kit.addresses import address_of
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.admission import appeal
from ayil.members.applications import Belonging, belonging_of, last_event, membership_of
from ayil.members.forms.joining import JoinAgain, JoinAsCommunity, JoinAsPerson, Joining, Reason
from ayil.members.joining import Named, apply_as_community, apply_as_person, origin_of
from ayil.members.models import Application, MembershipStep, Party
from ayil.members.reader import reader
from ayil.members.rules import CODE_DIGITS, DAYS_TO_REFUSE, admitted_by_rule_on, days_left

OWN_LANGUAGE = "ky"


def _origin(request: HttpRequest) -> str:
    return origin_of(address_of(request), local_date(now()))


def _language() -> str:
    return (get_language() or OWN_LANGUAGE)[:2]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """A person applies: anybody by name, who is signed in as themselves."""
    party = reader(request)
    belonging = belonging_of(party, local_date(now())) if party else None
    form = (JoinAgain if party else JoinAsPerson)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        application = _sent(request, form, party)
        if application is not None:
            return redirect("application-state", uid=application.uid)
    context = {"form": form, "party": party, **_own(belonging), "days": DAYS_TO_REFUSE}
    return render(request, "members/join.html", context)


def _own(belonging: Belonging | None) -> dict[str, Any]:
    """Whether the reader has anything to apply for, being a member, applied or refused."""
    step = belonging.step if belonging else None
    return {
        "belonging": belonging,
        "may_apply": step in {None, MembershipStep.REFUSED, MembershipStep.LEFT},
        "has_applied": step == MembershipStep.APPLIED,
    }


def _sent(request: HttpRequest, form: Joining, party: Party | None) -> Application | None:
    """The application as the form says it, or None with the reason on the form."""
    language = _language()
    at = now()
    filled = form.filled(language=language, origin=_origin(request))
    try:
        if isinstance(form, JoinAsCommunity):
            return apply_as_community(
                community=form.community(language=language),
                contacts=form.contacts(language=language),
                form=filled, by=party, on=local_date(at), at=at,
            )  # fmt: skip
        named = (
            form.applicant(language=language)
            if isinstance(form, JoinAsPerson)
            else Named("", record=party)
        )
        return apply_as_person(applicant=named, form=filled, by=party, on=local_date(at), at=at)
    except AyilError as error:
        form.add_error(None, forms.ValidationError(str(error)))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join_as_community(request: HttpRequest) -> HttpResponse:
    """A community applies with its leader and a second contact; who is signed in leads it."""
    party = reader(request)
    form = JoinAsCommunity(request.POST or None, leader=party)
    if request.method == "POST" and form.is_valid():
        application = _sent(request, form, party)
        if application is not None:
            return redirect("application-state", uid=application.uid)
    context = {"form": form, "party": party, "days": DAYS_TO_REFUSE}
    return render(request, "members/join_community.html", context)


@require_safe
@never_cache
def find_application(request: HttpRequest) -> HttpResponse:
    """The way to the page of an application for who has its number on paper."""
    typed = "".join(request.GET.get("number", "").split())
    found = (
        Application.objects.filter(code=typed).first()
        if typed.isascii() and typed.isdecimal() and len(typed) == CODE_DIGITS
        else None
    )
    if found is not None:
        return redirect("application-state", uid=found.uid)
    context = {"typed": request.GET.get("number", "")[:40], "digits": CODE_DIGITS}
    return render(request, "members/join_find.html", context)


@require_safe
@never_cache
def application_state(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What became of an application, for the holder of its address; it names nobody."""
    return _state(request, _application(uid), Reason())


def _application(uid: uuid.UUID) -> Application:
    found = Application.objects.filter(uid=uid).select_related("event__party").first()
    if found is None:
        raise Http404(_("There is no such application. Look at the number on your paper again."))
    return found


def _state(request: HttpRequest, application: Application, form: Reason) -> HttpResponse:
    applied, today = application.event, local_date(now())
    last = last_event(applied.party)
    context = {
        "application": application,
        "last": last,
        "is_waiting": last is not None and last.step == MembershipStep.APPLIED,
        "may_appeal": last is not None
        and last.step == MembershipStep.REFUSED
        and not hasattr(last, "appeal"),
        "days_left": days_left(applied.on, today),
        "by_rule_on": admitted_by_rule_on(applied.on),
        "steps": membership_of(applied.party),
        "form": form,
    }
    response = render(request, "members/join_state.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
@never_cache
def application_appeal(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The applicant says why the refusal should be looked at again."""
    application = _application(uid)
    form = Reason(request.POST)
    if not form.is_valid():
        return _state(request, application, form)
    try:
        appeal(application=application, words=form.cleaned_data["words"], by=None, at=now())
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your appeal is written down. Another person will answer it."))
    return redirect("application-state", uid=uid)
