"""The page of one kind of list: the file, what it would do, and one button that does just that."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.kit.lists import Plan, in_words, list_to_fill_in
from ayil.kit.lists.keeping import forget, keep, kept
from ayil.kit.lists.writing import TYPES
from ayil.members.lists import Errand, ListFile, ListKind
from ayil.members.models import Shop

SHOWN = 200


class ChosenFile(forms.Form):
    """The list as a file."""

    list = forms.FileField(
        label=gettext_lazy("List (CSV or XLSX)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


@dataclass(frozen=True)
class Link:
    address: str
    words: str


@dataclass(frozen=True)
class Around:
    """What stands around a list: the way back, the list as it is, lists to fill in, the shops."""

    back: Link
    as_it_is: Sequence[Link]
    to_fill_in: Sequence[Link]
    shops: Sequence[Shop] = ()


def list_page(request: HttpRequest, kind: ListKind, errand: Errand, around: Around) -> HttpResponse:
    """A file is read and its plan is shown; the digest of that plan carries it out."""
    is_file = request.method == "POST" and "digest" not in request.POST
    form = ChosenFile(request.POST, request.FILES) if is_file else ChosenFile()
    plan = None
    try:
        if "digest" in request.POST:
            if _carried_out(request, kind, errand):
                return redirect(request.get_full_path())
            plan = kind.plan(_kept(kind, errand), errand)
        elif is_file and form.is_valid():
            chosen = form.cleaned_data["list"]
            file = ListFile(chosen.read(), chosen.name)
            plan = kind.plan(file, errand)
            keep(who=errand.by.uid, kind=kind.code, name=file.name, data=file.data)
    except AyilError as error:
        if "digest" in request.POST:
            messages.error(request, in_words(error))
        else:
            form.add_error("list", in_words(error))
    context = {"kind": kind, "form": form, "around": around, "shop": errand.shop}
    return render(request, "members/list.html", {**context, **_shown(plan)})


def _shown(plan: Plan | None) -> dict[str, object]:
    if plan is None:
        return {}
    doing = plan.doing
    return {
        "plan": plan,
        "faults": plan.faults[:SHOWN],
        "steps": doing[:SHOWN],
        "more": max(len(plan.faults) if plan.faults else len(doing), SHOWN) - SHOWN,
        "shown": SHOWN,
    }


def _kept(kind: ListKind, errand: Errand) -> ListFile:
    return ListFile(*kept(who=errand.by.uid, kind=kind.code))


def _carried_out(request: HttpRequest, kind: ListKind, errand: Errand) -> bool:
    """Whether it was done; what has changed since it was shown is shown anew."""
    file = _kept(kind, errand)
    try:
        done = kind.carry_out(file, request.POST["digest"], errand)
    except AyilError as error:
        messages.error(request, in_words(error))
        return False
    forget(who=errand.by.uid, kind=kind.code)
    counts = ", ".join(f"{one.words}: {one.count}" for one in done.counts if one.count)
    messages.success(request, _("Imported. %(counts)s.") % {"counts": counts})
    return True


def empty_list(kind: ListKind, language: str, form: str) -> HttpResponse:
    """A list to fill in, in one of the three languages."""
    if language not in dict(settings.LANGUAGES) or form not in TYPES:
        raise Http404(_("There is no such list to fill in."))
    data = list_to_fill_in(kind.columns, language=language, form=form)
    return _as_file(data, f"ayil-{kind.code}-{language}", form)


def whole_list(kind: ListKind, errand: Errand, form: str) -> HttpResponse:
    """The list as it is, in the reader's language."""
    if form not in TYPES:
        raise Http404(_("There is no such list to fill in."))
    shop = f"{errand.shop.code}-" if errand.shop else ""
    name = f"ayil-{kind.code}-{shop}{local_date(now())}"
    return _as_file(kind.give_out(errand, form), name, form)


def _as_file(data: bytes, name: str, form: str) -> HttpResponse:
    response = HttpResponse(data, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = "no-store"
    return response
