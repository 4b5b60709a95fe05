"""Pages of the whole site: the door, the choice of language, and what is said when it is no."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ayil.catalogue.queries import notices, villages_by_district
from ayil.members.models import Role
from ayil.members.queries import is_simulated

NOTICES_SHOWN = 3
# How the demo's doors are called; the keys are the demo's own.
DOORS = {
    "producer": gettext_lazy("maker"),
    "community leader": gettext_lazy("leader of a community"),
    "manager": Role.MANAGER.label,
    "clerk": Role.CLERK.label,
    "officer": Role.OFFICER.label,
    "accountant": Role.ACCOUNTANT.label,
    "donor's officer": Role.DONOR.label,
    "auditor": Role.AUDITOR.label,
    "administration": Role.ADMINISTRATION.label,
}


@dataclass(frozen=True)
class Refusal:
    """What happened and what to do next, with the number that machines read."""

    code: int
    heading: str
    reason: str
    # A page that must not ask the database who the reader is: asking may be what failed.
    quiet: bool = False


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal in the shell of all pages, in the reader's language."""
    return render(request, "site/refused.html", vars(refusal), status=refusal.code)


def said(exception: Exception) -> str:
    """The words that a view gave with its refusal, or none."""
    words = exception.args[0] if exception.args else ""
    return words if isinstance(words, str) else ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    heading = _("This request could not be read")
    reason = _("The address or the form was damaged on its way. Go back and send it again.")
    return refuse(request, Refusal(400, heading, reason, quiet=True))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    heading = _("This page is not yours to see")
    reason = said(exception) or _(
        "It belongs to another person or role. Sign in as the one it belongs to."
    )
    return refuse(request, Refusal(403, heading, reason))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our own page, or whose page was open for too long."""
    heading = _("The form was not accepted")
    words = _("It had been open for too long. Go back, load the page again and send the form anew.")
    return refuse(request, Refusal(403, heading, words))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    heading = _("There is no such page")
    reason = said(exception) or _("The address may be mistyped, or the page was never there.")
    return refuse(request, Refusal(404, heading, reason))


def broken(request: HttpRequest) -> HttpResponse:
    heading = _("Something broke on our side")
    reason = _(
        "Nothing that you sent was half done. Try again in a minute; "
        "if it stays so, tell the shop what you were doing."
    )
    return refuse(request, Refusal(500, heading, reason, quiet=True))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the programme is, and the ways in; in the demo, a door for each role."""
    context = {
        "villages": villages_by_district(),
        "notices": notices(limit=NOTICES_SHOWN),
        "doors": demo_doors() if settings.AYIL_DEMO and is_simulated() else [],
    }
    return render(request, "site/home.html", context)


def demo_doors() -> list[tuple[str, str]]:
    """(Role in the reader's language, address that signs in), for the demo alone."""
    from ayil.demo.summary import sign_in_links  # a real shop never loads the demo

    return [(str(DOORS.get(role, role)), path) for role, path in sign_in_links("").items()]
