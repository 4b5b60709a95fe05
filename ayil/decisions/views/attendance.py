"""Who came, by ticking the roll; and whether they are enough."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ayil.decisions.actions import count_quorum, tick_attendance
from ayil.decisions.forms.roll import HeadsForm
from ayil.decisions.models import MAY_VOTE, Assembly, Decision
from ayil.decisions.queries import last_poll
from ayil.decisions.rolls import Attendance, RollLine, attendance_of, roll_lines
from ayil.decisions.views.reading import assembly_for, the_assembly
from ayil.decisions.views.roll import MAY_TICK
from ayil.decisions.who import may_do
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.kit.spelling import sort_key
from ayil.members.models import Party
from ayil.members.reader import reader
from ayil.members.rights import Right, has_right


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, uid: object) -> HttpResponse:
    """The roll with a box beside each number. What is sent is joined with what is ticked: sending
    twice, or from two tablets, counts each person once."""
    found, _by = assembly_for(request, uid, *MAY_TICK)
    wants_json = request.headers.get("Accept", "") == "application/json"
    status = 200
    if request.method == "POST":
        error = _tick(request, found)
        if wants_json:
            return _told(found, error)
        if not error:
            messages.success(request, _("Saved."))
            return redirect("assembly-attendance", found.uid)
        messages.error(request, error)
        status = 400
    came = attendance_of(found)
    lines = [line for line in roll_lines(found) if not line.struck] if came else []
    context = {"assembly": found, "came": came, "letters": _by_letter(lines)}
    return render(request, "decisions/roll/attendance.html", context, status=status)


def _tick(request: HttpRequest, found: Assembly) -> str:
    """Why it was refused; empty where it was not."""
    typed = request.POST.getlist("number")
    numbers = {int(one) for one in typed if one.isascii() and one.isdecimal() and len(one) < 7}
    try:
        tick_attendance(assembly=found, numbers=numbers)
    except AyilError as error:
        return str(error)
    return ""


def _told(found: Assembly, error: str) -> JsonResponse:
    """For the page that keeps ticks while there is no network: what is ticked by now."""
    came = attendance_of(found)
    if error or came is None:
        return JsonResponse({"error": error}, status=400)
    ticked = found.roll.filter(MAY_VOTE, mark__isnull=False).order_by("number")
    numbers = list(ticked.values_list("number", flat=True))
    return JsonResponse({"ticked": came.ticked, "women": came.women, "numbers": numbers})


def _by_letter(lines: list[RollLine]) -> list[tuple[str, list[RollLine]]]:
    """In the order of the alphabet: whoever comes says a name, few remember their number."""
    ordered = sorted(lines, key=lambda line: (sort_key(line.name), line.number))
    return [(letter, list(some)) for letter, some in groupby(ordered, lambda line: line.letter)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quorum(request: HttpRequest, uid: object) -> HttpResponse:
    """Whether enough are in the room; counted at the opening and again before each vote."""
    if request.method == "POST":
        found, by = assembly_for(request, uid, *MAY_TICK)
        if _counted(request, found, by):
            return redirect("assembly-quorum", found.uid)
    found = the_assembly(request, uid)
    came = attendance_of(found)
    person = reader(request)
    today = local_date(now())
    is_over = Decision.objects.filter(assembly=found).exists()
    context = {
        "assembly": found,
        "came": came,
        "counts": list(found.quorum_counts.all())[::-1],
        "vote_began": last_poll(found) is not None,
        "may_call": has_right(request.user, Right.CARE_FOR_VILLAGES, day=today),
        "form": _heads(request, came),
        "may_count": not is_over
        and person is not None
        and may_do(person, found, *MAY_TICK, on=today),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "decisions/roll/quorum.html", context, status=status)


def _heads(request: HttpRequest, came: Attendance | None) -> HeadsForm:
    first = {"present": came.ticked, "women": came.women} if came else {}
    return HeadsForm(request.POST or None, initial=first)


def _counted(request: HttpRequest, found: Assembly, by: Party) -> bool:
    form = HeadsForm(request.POST)
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        count = count_quorum(
            assembly=found, by=by, at=now(), present=said["present"], women=said["women"]
        )
    except AyilError as error:
        messages.error(request, str(error))
        return False
    if count.is_met:
        messages.success(request, _("There is a quorum."))
    else:
        messages.warning(request, _("There is no quorum."))
    return True
