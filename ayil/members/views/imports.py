"""The list of people: imported, given out, and empty to be filled in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ayil.kit.clock import now
from ayil.kit.lists.writing import TYPES
from ayil.members.lists import PEOPLE, Errand
from ayil.members.reader import acting
from ayil.members.rights import Right, may
from ayil.members.views.lists import Around, Link, empty_list, list_page, whole_list


@may(Right.IMPORT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def people_import(request: HttpRequest) -> HttpResponse:
    """A file is read and its plan is shown; the digest of that plan carries it out."""
    return list_page(request, PEOPLE, Errand(acting(request), now()), _around())


def _around() -> Around:
    return Around(
        back=Link(reverse("people"), _("People")),
        as_it_is=[
            Link(reverse("people-export", kwargs={"form": form}), form.upper()) for form in TYPES
        ],
        to_fill_in=[
            Link(
                reverse("people-import-template", kwargs={"language": code, "kind": form}),
                f"{name}, {form.upper()}",
            )
            for code, name in settings.LANGUAGES
            for form in TYPES
        ],
    )


@may(Right.IMPORT_PEOPLE)
@require_safe
def template(request: HttpRequest, language: str, kind: str) -> HttpResponse:
    """A list to fill in, in one of the three languages."""
    return empty_list(PEOPLE, language, kind)


@may(Right.IMPORT_PEOPLE)
@require_safe
@never_cache
def people_export(request: HttpRequest, form: str) -> HttpResponse:
    """Everybody in one file; each of them reads who took it out."""
    return whole_list(PEOPLE, Errand(acting(request), now()), form)
