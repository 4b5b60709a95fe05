"""The roll of an assembly: who is on it, hanging it up, objections, the freezing, additions."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ayil.decisions.actions import (
    enter_newcomer,
    enter_residents,
    enter_roll,
    freeze_roll,
    post_roll,
)
from ayil.decisions.forms.roll import (
    EntryForm,
    NewcomerForm,
    PostingForm,
    found_villagers,
)
from ayil.decisions.models import Assembly, Part
from ayil.decisions.papers.roll import roll_paper
from ayil.decisions.queries import assembly_terms_on
from ayil.decisions.rolls import (
    lacking_words,
    left_out_of,
    on_the_roll,
    roll_facts,
    roll_lines,
)
from ayil.decisions.rules import in_fours
from ayil.decisions.views.reading import assembly_for, the_assembly
from ayil.decisions.who import may_do
from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.kit.paper import qr_svg
from ayil.kit.written import LOCALE, language
from ayil.members.models import Party, Sex
from ayil.members.reader import reader

KEEPS = (Part.REGISTRAR,)
MAY_TICK = (Part.REGISTRAR, Part.CHAIR)


def keeps_the_roll(request: HttpRequest, found: Assembly) -> bool:
    """The registrar of the assembly, or an officer who helps with the typing."""
    person = reader(request)
    return person is not None and may_do(person, found, *KEEPS, on=local_date(now()))


@login_required
@require_safe
def roll(request: HttpRequest, uid: object) -> HttpResponse:
    """The roll as it hangs, what was said against it, and how far it is from the freezing."""
    found = the_assembly(request, uid)
    facts = roll_facts(found, local_date(now()))
    keeps, person = keeps_the_roll(request, found), reader(request)
    lines = roll_lines(found)
    context = {
        "assembly": found,
        "facts": facts,
        "lacking": [] if facts.is_frozen else lacking_words(facts),
        "lines": [line for line in lines if not line.provisional],
        "added": [line for line in lines if line.provisional],
        "postings": found.postings.all(),
        "objections": found.objections.select_related("answer", "entry", "objector"),
        "person": person,
        "own_number": _own_number(found, person),
        "keeps": keeps,
        "left_out": left_out_of(found) if keeps and not facts.is_frozen else [],
        **seal_of(found),
    }
    return render(request, "decisions/roll/roll.html", context)


def _own_number(found: Assembly, person: Party | None) -> int | None:
    """The reader's own number, under whichever of their records; nought where they live here and
    the roll lacks them, None where they live elsewhere."""
    if person is None or person.village_id != found.village_id:
        return None
    return on_the_roll(found, [person.pk]).get(person.pk, 0)


def seal_of(found: Assembly) -> dict[str, object]:
    """The frozen roll's fingerprint to be read aloud, and as a code for a camera."""
    freezing = getattr(found, "freezing", None)
    if freezing is None:
        return {"freezing": None}
    seal = bytes(freezing.sha256).hex()
    return {
        "freezing": freezing,
        "fours": in_fours(seal),
        "picture": SafeString(qr_svg(seal)),  # nosec B703 - drawn here, from a hash
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, uid: object) -> HttpResponse:
    """All who live in the village, one of them, or one who is not on record yet."""
    found, by = assembly_for(request, uid, *KEEPS)
    form, status = NewcomerForm(assembly=found), 200
    if request.method == "POST":
        if request.POST.get("do") == "new":
            form = NewcomerForm(request.POST, assembly=found)
        if _entered(request, found, by, form):
            return redirect("assembly-roll-enter", found.uid)
        status = 400
    text = request.GET.get("q", "")[:160]
    people, has_more = found_villagers(found, text)
    numbers = on_the_roll(found, [person.pk for person in people])
    context = {
        "assembly": found,
        "facts": roll_facts(found, local_date(now())),
        "form": form,
        "text": text,
        "people": [(person, numbers.get(person.pk)) for person in people],
        "has_more": has_more,
    }
    return render(request, "decisions/roll/enter.html", context, status=status)


def _entered(request: HttpRequest, found: Assembly, by: Party, form: NewcomerForm) -> bool:
    ways: dict[str, Callable[[], str | None]] = {
        "all": lambda: _enter_all(found, by),
        "one": lambda: _enter_one(request, found, by),
        "new": lambda: _enter_new(found, by, form),
    }
    try:
        words = ways.get(request.POST.get("do", ""), lambda: None)()
    except AyilError as error:
        messages.error(request, str(error))
        return False
    if words is not None:
        messages.success(request, words)
    return words is not None


def _enter_all(found: Assembly, by: Party) -> str:
    done = enter_residents(assembly=found, by=by)
    return _("Entered: %(entered)s. Without a vote: %(left_out)s; the roll says who and why.") % {
        "entered": len(done.entries),
        "left_out": len(done.left_out),
    }


def _enter_one(request: HttpRequest, found: Assembly, by: Party) -> str:
    form = EntryForm(request.POST, assembly=found)
    if not form.is_valid():
        raise AyilError(_("Find the person by name first."))
    person = form.cleaned_data["person"]
    enter_roll(assembly=found, people=[person], by=by)
    return _("%(person)s is on the roll.") % {"person": person.name}


def _enter_new(found: Assembly, by: Party, form: NewcomerForm) -> str | None:
    if not form.is_valid():
        return None
    said = form.cleaned_data
    entry = enter_newcomer(
        assembly=found,
        name=said["name"],
        born_year=said["born_year"],
        sex=Sex(said["sex"]),
        by=by,
        at=now(),
    )
    return _("%(person)s is on the roll.") % {"person": entry.name}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hang(request: HttpRequest, uid: object) -> HttpResponse:
    """The roll hangs: where, and since when."""
    found, by = assembly_for(request, uid, *KEEPS)
    form = PostingForm(request.POST or None, initial={"since": local_date(now())})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            post_roll(
                assembly=found, hangs_at=said["hangs_at"], since=said["since"], by=by, at=now()
            )
        except AyilError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The roll hangs. Everybody may object to it now."))
            return redirect("assembly-roll", found.uid)
    terms = assembly_terms_on(found.called_on)
    context = {"assembly": found, "form": form, "terms": terms, "postings": found.postings.all()}
    status = 400 if form.is_bound else 200
    return render(request, "decisions/roll/hang.html", context, status=status)


@login_required
@require_safe
def paper(request: HttpRequest, uid: object) -> HttpResponse:
    """The roll to hang up; with `?for=ticks` the same roll with a box to tick for who comes."""
    found = the_assembly(request, uid)
    asked = request.GET.get("language", "")
    for_ticks = request.GET.get("for") == "ticks"
    with translation.override(asked if asked in LOCALE else language()):
        document = roll_paper(found, for_ticks=for_ticks)
        pdf = document_pdf([document], at=now())
    return pdf_answer(pdf, f"roll-{found.village.code}-{found.held_on}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, uid: object) -> HttpResponse:
    """What is fixed from then on, and the fixing."""
    found, by = assembly_for(request, uid, *KEEPS)
    if request.method == "POST":
        try:
            freeze_roll(assembly=found, by=by, at=now())
        except AyilError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The roll is frozen. Read its fingerprint aloud."))
            return redirect("assembly-roll", found.uid)
    facts = roll_facts(found, local_date(now()))
    context = {
        "assembly": found,
        "facts": facts,
        "lacking": lacking_words(facts),
        "terms": assembly_terms_on(found.called_on),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "decisions/roll/freeze.html", context, status=status)
