"""Importing a list of people: the file, what it would do, and one button that does just that."""

import re
import time
from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members import imports
from ayil.members.models import Party
from ayil.members.reader import acting
from ayil.members.rights import Right, may
from ayil.members.views.people import in_words

SHOWN = 200
_KEPT_FOR_S = 24 * 3600
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ListFile(forms.Form):
    """The list as a file."""

    list = forms.FileField(
        label=gettext_lazy("List (CSV or XLSX)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


@may(Right.IMPORT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def people_import(request: HttpRequest) -> HttpResponse:
    """A file is read and its plan is shown; the digest of that plan carries it out."""
    by = acting(request)
    is_file = request.method == "POST" and "digest" not in request.POST
    form = ListFile(request.POST, request.FILES) if is_file else ListFile()
    plan = None
    try:
        if "digest" in request.POST:
            plan = _kept_plan(by)
            if _carried_out(request, plan, by):
                return redirect("people")
        elif is_file and form.is_valid():
            file = form.cleaned_data["list"]
            _keep(by, Path(file.name).name[:100], file.read())
            plan = _kept_plan(by)
    except AyilError as error:
        if "digest" in request.POST:
            messages.error(request, in_words(error))
        else:
            form.add_error("list", in_words(error))
    return render(request, "members/people_import.html", {"form": form, **_shown(plan)})


def _shown(plan: imports.Plan | None) -> dict[str, object]:
    if plan is None:
        return {"languages": settings.LANGUAGES}
    return {
        "plan": plan,
        "faults": plan.faults[:SHOWN],
        "changes": [one for one in plan.planned if one.changes_anything][:SHOWN],
        "likely": [one for one in plan.planned if one.likely][:SHOWN],
        "shown": SHOWN,
        "languages": settings.LANGUAGES,
    }


def _carried_out(request: HttpRequest, plan: imports.Plan, by: Party) -> bool:
    """Whether it was done; what has changed since it was shown is shown anew."""
    if request.POST["digest"] != plan.digest:
        words = _(
            "The records have changed since this was shown. Look at it again: nothing was done."
        )
        messages.error(request, words)
        return False
    done = imports.carry_out(plan=plan, by=by, at=now())
    _forget(by)
    messages.success(
        request,
        _("Imported: %(new)s new, %(filled)s filled in, %(same)s were there already.")
        % {"new": done.new, "filled": done.filled, "same": done.same},
    )
    return True


# The file waits beside the database for its second step: it is too large for a session or a form.
def _folder() -> Path:
    folder = Path(settings.AYIL_HOME) / "imports"
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - _KEPT_FOR_S:
            old.unlink(missing_ok=True)
    return folder


def _keep(by: Party, name: str, data: bytes) -> None:
    """One list a person: the next one takes its place."""
    safe = re.sub(r"[^\w .()-]", "_", name)
    path = _folder() / by.uid.hex
    path.write_bytes(safe.encode() + b"\n" + data)
    path.chmod(0o600)


def _kept_plan(by: Party) -> imports.Plan:
    try:
        name, _newline, data = (_folder() / by.uid.hex).read_bytes().partition(b"\n")
    except FileNotFoundError:
        raise AyilError(_("The list is not here any more. Choose the file again.")) from None
    return imports.read_list(data, name.decode(), today=local_date(now()))


def _forget(by: Party) -> None:
    (_folder() / by.uid.hex).unlink(missing_ok=True)


@may(Right.IMPORT_PEOPLE)
@require_safe
def template(request: HttpRequest, language: str, kind: str) -> HttpResponse:
    """A list to fill in, in one of the three languages."""
    if language not in dict(settings.LANGUAGES) or kind not in TYPES:
        raise Http404(_("There is no such list to fill in."))
    response = HttpResponse(imports.template(language, kind), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="ayil-people-{language}.{kind}"'
    return response
