"""Stands before every page: a session that is over ends, and an office that touches money opens
only after a second factor. Whatever is not named here as open stays shut."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ayil.members.models import User
from ayil.site.doors import sessions
from ayil.site.routes import ROUTES, TILL

# A till is known by its own secret, whoever is signed in beside it.
OF_TILLS = {name for name, route in ROUTES.items() if TILL in route.who}
ALWAYS = frozenset({"sign-out", "language"} | OF_TILLS)
# Open to whoever has no second factor yet: the pages on which one is made.
MAKING = ALWAYS | {
    "my-account",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
}
# Open to whoever has one and has not shown it in this session.
ASKING = ALWAYS | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
# A till speaks for itself, whoever is signed in beside it; nor does it keep their session awake.
MACHINES = ("/till/", "/sync/")


class DoorGuard:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.lacks_second_factor = False  # type: ignore[attr-defined]
        if request.path_info.startswith(MACHINES):
            return self.get_response(request)
        if isinstance(user, User) and user.is_authenticated:
            sessions.narrow(request)
            money = sessions.touches_money(user)
            if sessions.is_over(request, money=money):
                logout(request)
                messages.info(request, _("You were signed out, for the time was over."))
            else:
                shown = sessions.passed_second_factor(request)
                request.lacks_second_factor = money and not shown  # type: ignore[attr-defined]
                sessions.note_seen(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if not getattr(request, "lacks_second_factor", True):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        made = set(_kinds(request.user))
        if name in (ASKING if made else MAKING):
            return None
        return HttpResponseRedirect(_where_it_is_asked(request, made))


def _kinds(user: Any) -> list[str]:
    return list(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def _where_it_is_asked(request: HttpRequest, made: set[str]) -> str:
    if not made:
        return reverse("my-account")
    by_key = made == {Authenticator.Type.WEBAUTHN}
    page = reverse("mfa_reauthenticate_webauthn" if by_key else "mfa_reauthenticate")
    here = request.get_full_path() if request.method == "GET" else "/"
    return f"{page}?{urlencode({'next': here})}"
