"""What villagers say against the roll, and the registrar's answer; additions after the freezing."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ayil.decisions.actions import Said, add_provisional, answer_objection, object_to_roll
from ayil.decisions.actions.roll import new_villager
from ayil.decisions.forms.roll import (
    AnswerForm,
    ObjectionForm,
    ProvisionalForm,
    SomebodyForm,
    found_villagers,
)
from ayil.decisions.models import Assembly, RollObjection
from ayil.decisions.papers.roll import provisional_paper
from ayil.decisions.queries import last_poll
from ayil.decisions.rolls import on_the_roll, provisional_fingerprint, provisional_of, roll_facts
from ayil.decisions.rules import in_fours
from ayil.decisions.views.reading import assembly_for, the_assembly
from ayil.decisions.views.roll import KEEPS, MAY_TICK, keeps_the_roll
from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.kit.written import LOCALE, language
from ayil.members.models import Party, Sex
from ayil.members.reader import acting

About, Way = RollObjection.About, RollObjection.Way


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, uid: object) -> HttpResponse:
    """A villager says what is wrong; whoever keeps the roll writes down what others said."""
    found, by = the_assembly(request, uid), acting(request)
    for_others = keeps_the_roll(request, found)
    form = ObjectionForm(request.POST or None, assembly=found, for_others=for_others)
    if request.method == "POST" and form.is_valid() and _object(found, by, form):
        messages.success(
            request, _("Thank you. The registrar answers before the roll is frozen, in writing.")
        )
        return redirect("assembly-roll", found.uid)
    context = {
        "assembly": found,
        "form": form,
        "for_others": for_others,
        "facts": roll_facts(found, local_date(now())),
    }
    status = 400 if form.is_bound else 200
    return render(request, "decisions/roll/object.html", context, status=status)


def _object(found: Assembly, by: Party, form: ObjectionForm) -> bool:
    told = form.cleaned_data
    is_own = form.objector is None
    said = Said(About(told["about"]), told["number"], told["name"], told["words"])
    try:
        object_to_roll(
            assembly=found,
            said=said,
            way=Way.PAGE if is_own else Way(told["way"]),
            objector=by if is_own else form.said_by(),
            by=by,
            at=now(),
            uid=told["uid"],
        )
    except AyilError as error:
        form.add_error(None, str(error))
        return False
    return True


def _objection(found: Assembly, objection: uuid.UUID) -> RollObjection:
    rows = found.objections.select_related("assembly__village", "entry", "answer", "objector")
    one = rows.filter(uid=objection).first()
    if one is None:
        raise Http404(_("There is no such objection to this roll."))
    return one


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, uid: object, objection: uuid.UUID) -> HttpResponse:
    """The registrar's answer, or an officer's; nobody answers what they said themselves."""
    found, by = assembly_for(request, uid, *KEEPS)
    one = _objection(found, objection)
    people, has_more, text = None, False, request.GET.get("q", one.name)[:160]
    if one.about == About.MISSING:
        people, has_more = found_villagers(found, text)
    form = AnswerForm(request.POST or None, assembly=found, people=people)
    if request.method == "POST" and form.is_valid() and _answer(one, by, form):
        messages.success(request, _("Answered. The roll shows it."))
        return redirect("assembly-roll", found.uid)
    context = {
        "assembly": found,
        "one": one,
        "form": form,
        "text": text,
        "is_missing": one.about == About.MISSING,
        "people": people,
        "has_more": has_more,
        "answer": getattr(one, "answer", None),
    }
    status = 400 if form.is_bound else 200
    return render(request, "decisions/roll/answer.html", context, status=status)


def _somebody(found: Assembly, form: SomebodyForm, name: str) -> Party | None:
    """Who was chosen, or a new record that was asked for; None where nobody is meant."""
    said = form.cleaned_data
    if not said.get("is_new"):
        chosen: Party | None = said.get("person")
        return chosen
    return new_villager(
        found, name=name, born_year=said["born_year"], sex=Sex(said["sex"]), at=now()
    )


def _answer(one: RollObjection, by: Party, form: AnswerForm) -> bool:
    said = form.cleaned_data
    upheld = said["verdict"] == "upheld"
    try:
        with transaction.atomic():
            answer_objection(
                objection=one,
                upheld=upheld,
                reason=said["reason"],
                person=_somebody(one.assembly, form, one.name) if upheld else None,
                by=by,
                at=now(),
            )
    except AyilError as error:
        form.add_error(None, str(error))
        return False
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, uid: object) -> HttpResponse:
    """Somebody is added after the freezing, by a paper that registrar and chair signed."""
    found, by = assembly_for(request, uid, *MAY_TICK)
    text = request.GET.get("q", request.POST.get("q", ""))[:160]
    people, has_more = found_villagers(found, text)
    form = ProvisionalForm(request.POST or None, assembly=found, people=people)
    if request.method == "POST" and form.is_valid() and _add(found, by, form):
        messages.success(request, _("Added, and counted as present."))
        return redirect("assembly-roll-add", found.uid)
    is_frozen = hasattr(found, "freezing")
    added = list(provisional_of(found))
    context = {
        "assembly": found,
        "form": form,
        "text": text,
        "people": people,
        "on_roll": on_the_roll(found, [person.pk for person in people]),
        "has_more": has_more,
        "added": added,
        "fours": in_fours(provisional_fingerprint(found).hex()) if added else [],
        "is_open": is_frozen and last_poll(found) is None,
        "is_frozen": is_frozen,
    }
    status = 400 if form.is_bound else 200
    return render(request, "decisions/roll/add.html", context, status=status)


def _add(found: Assembly, by: Party, form: ProvisionalForm) -> bool:
    said = form.cleaned_data
    try:
        with transaction.atomic():
            person = _somebody(found, form, said["name"])
            if person is None:
                raise AyilError(_("Find the person by name first."))
            add_provisional(
                assembly=found,
                person=person,
                reason=said["reason"],
                paper=said["paper"],
                on=local_date(now()),
                by=by,
                at=now(),
            )
    except AyilError as error:
        form.add_error(None, str(error))
        return False
    return True


@login_required
@require_safe
def add_paper(request: HttpRequest, uid: object) -> HttpResponse:
    """The list as a paper to sign; empty lines where nobody was added yet."""
    found = the_assembly(request, uid)
    if not hasattr(found, "freezing"):
        raise PermissionDenied(_("The provisional list begins once the roll is frozen."))
    asked = request.GET.get("language", "")
    with translation.override(asked if asked in LOCALE else language()):
        pdf = document_pdf([provisional_paper(found)], at=now())
    return pdf_answer(pdf, f"provisional-{found.village.code}-{found.held_on}")
