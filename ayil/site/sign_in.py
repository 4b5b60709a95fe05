"""The door: by name and password. What a person may see hangs on their party, not on the door."""

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ayil.members.signin import user_of_link
from ayil.site.ways import first_page_of


class SignInForm(AuthenticationForm):
    """Django's own check, in our words."""

    error_messages = {
        "invalid_login": _(
            "This name and password do not belong together. Look at the letters and try again, "
            "or ask the association for a new password."
        ),
        "inactive": _("This name may no longer sign in. Ask the association."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["username"].label = _("Name")
        self.fields["password"].label = _("Password")
        for field in self.fields.values():
            field.error_messages["required"] = _("Fill this in.")


class SignIn(LoginView):
    authentication_form = SignInForm
    template_name = "site/sign_in.html"
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        return first_page_of(self.request.user)


class SignOut(LogoutView):
    next_page = "home"


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Signs in by the demo's link, and goes where this role's day begins."""
    user = user_of_link(token)
    if user is None:
        raise Http404(_("This link opens nothing here. Sign in by name and password."))
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(first_page_of(user))
