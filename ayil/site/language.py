"""The language of a page is the reader's own choice, then the house's; never a browser's guess."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

LANGUAGE_CODES = frozenset(code for code, _name in settings.LANGUAGES)


def language_of(request: HttpRequest) -> str:
    """The cookie of this device's last choice, else the signed-in party's, else the house's."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in LANGUAGE_CODES:
        return chosen
    party = getattr(request.user, "party", None) if request.user.is_authenticated else None
    if party is not None and party.language in LANGUAGE_CODES:
        return str(party.language)
    return settings.LANGUAGE_CODE


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
