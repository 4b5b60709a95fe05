"""The language of a page is a person's own, else this device's last choice, else the house's.

It is never a browser's guess. Whoever signs in on a shared phone reads their own language, and
leaves that of the phone as it was.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ayil.kit.clock import now
from ayil.members.language import LANGUAGE_CODES, choose_language
from ayil.members.models import Party


def _party(request: HttpRequest) -> Party | None:
    user = getattr(request, "user", None)
    return getattr(user, "party", None) if user is not None and user.is_authenticated else None


def language_of(request: HttpRequest) -> str:
    """The signed-in person's; where nobody is, the cookie of this device, else the house's."""
    party = _party(request)
    if party is not None and party.language in LANGUAGE_CODES:
        return party.language
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in LANGUAGE_CODES else settings.LANGUAGE_CODE


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """One of the three buttons: for the person who is signed in, else for this device."""
    language = request.POST.get("language", "")
    answer = redirect(_way_back(request))
    party = _party(request)
    if language not in LANGUAGE_CODES:
        return answer
    if party is not None:
        choose_language(party=party, language=language, by=party, at=now())
    else:
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


def _way_back(request: HttpRequest) -> str:
    """The page that the button stood on, never another site's."""
    asked = request.POST.get("next", "")
    own = {request.get_host()}
    if url_has_allowed_host_and_scheme(asked, own, require_https=request.is_secure()):
        return asked
    return "/"


class LanguageMiddleware:
    """Activates `language_of(request)` and says so in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
            response.headers.setdefault("Vary", "Cookie")
        return response
