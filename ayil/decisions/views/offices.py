"""Chair, registrar and counters of an assembly: who they are, and naming them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ayil.decisions.actions import name_officer
from ayil.decisions.actions.assemblies import COUNTERS
from ayil.decisions.forms.roll import OfficeForm, found_villagers
from ayil.decisions.models import Assembly, AssemblyOffice, Part
from ayil.decisions.views.reading import the_assembly
from ayil.decisions.who import may_do, require_part
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.reader import acting, reader

NAMED_BY = (Part.CHAIR, Part.REGISTRAR)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offices(request: HttpRequest, uid: object) -> HttpResponse:
    """Named by the assembly: written down by an officer, or by whom it named already."""
    found, status = the_assembly(request, uid), 200
    if request.method == "POST":
        require_part(acting(request), found, *NAMED_BY, on=local_date(now()))
        if _name(request, found):
            return redirect("assembly-offices", found.uid)
        status = 400
    named = list(found.offices.select_related("person"))
    free = _free_parts(named)
    person = reader(request)
    may_name = person is not None and may_do(person, found, *NAMED_BY, on=local_date(now()))
    text = request.GET.get("q", "")[:160]
    people, has_more = found_villagers(found, text) if may_name and free else ([], False)
    context = {
        "assembly": found,
        "named": [(Part(office.part).label, office.person) for office in named],
        "free": [(part.value, part.label) for part in free],
        "may_name": may_name,
        "text": text,
        "people": people,
        "has_more": has_more,
    }
    return render(request, "decisions/roll/offices.html", context, status=status)


def _free_parts(named: list[AssemblyOffice]) -> list[Part]:
    taken = [office.part for office in named]
    most = {Part.COUNTER: COUNTERS}
    return [part for part in Part if taken.count(part) < most.get(part, 1)]


def _name(request: HttpRequest, found: Assembly) -> bool:
    form = OfficeForm(request.POST, assembly=found)
    if not form.is_valid():
        messages.error(request, _("Find the person by name first."))
        return False
    person, part = form.cleaned_data["person"], Part(form.cleaned_data["part"])
    try:
        name_officer(assembly=found, part=part, person=person, by=acting(request), at=now())
    except AyilError as error:
        messages.error(request, str(error))
        return False
    messages.success(
        request, _("%(part)s: %(person)s") % {"part": part.label, "person": person.name}
    )
    return True
