"""Keys beyond the first: passkeys, codes of an app, codes on paper, by allauth's ceremonies."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCode
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

never_kept = method_decorator(never_cache, name="dispatch")


def _shown(request: HttpRequest, kind: str) -> None:
    """Whoever has just made a second factor has shown it."""
    user: Any = request.user
    record_authentication(request, user, "mfa", type=kind, reauthenticated=True)


@never_kept
class AskCode(AuthenticateView):  # type: ignore[misc]
    template_name = "site/doors/second.html"


@never_kept
class AskAgain(ReauthenticateView):  # type: ignore[misc]
    template_name = "site/doors/again.html"


@never_kept
class AskCodeAgain(ReauthenticateByCode):  # type: ignore[misc]
    template_name = "site/doors/again.html"


@never_kept
class AskKeyAgain(ReauthenticateWebAuthnView):  # type: ignore[misc]
    template_name = "site/doors/again_key.html"


@never_kept
class AddApp(ActivateTOTPView):  # type: ignore[misc]
    template_name = "site/doors/app.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _shown(self.request, "totp")
        return response


@never_kept
class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]
    template_name = "site/doors/remove.html"
    success_url = reverse_lazy("my-account")


@never_kept
class AddKey(AddWebAuthnView):  # type: ignore[misc]
    template_name = "site/doors/add_key.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _shown(self.request, "webauthn")
        return response


@never_kept
class RemoveKey(RemoveWebAuthnView):  # type: ignore[misc]
    template_name = "site/doors/remove.html"
    success_url = reverse_lazy("my-account")


@never_kept
class Codes(ViewRecoveryCodesView):  # type: ignore[misc]
    template_name = "site/doors/codes.html"


@never_kept
class NewCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    template_name = "site/doors/new_codes.html"
