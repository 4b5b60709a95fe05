"""The ways in: name and password, card and PIN, passkey, link. What a person may see hangs on
their party, not on the door."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.views import LogoutView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ayil.kit.addresses import address_of
from ayil.kit.clock import now
from ayil.kit.errors import AyilError
from ayil.members.doors import fingerprint, number_of_code, standing_link, use_link
from ayil.members.doors_rules import card_number
from ayil.members.messages.carriers import ways_out
from ayil.members.models import User
from ayil.members.signin import user_of_link
from ayil.site.doors import links, locks, sessions
from ayil.site.doors.forms import CardForm, NameForm, PinForm, ReachForm
from ayil.site.pages import Refusal, refuse
from ayil.site.ways import first_page_of


def _enter(
    request: HttpRequest, user: User, way: str, *, own: bool, again: bool = False
) -> HttpResponse:
    """Hands over to allauth, which asks whoever has a second factor for it, and then signs in.

    `again`: this way is as strong as what would be asked before a change of the keys.
    """
    sessions.intend(request, way, own_device=own)
    record_authentication(request, user, way, **({"reauthenticated": True} if again else {}))
    login = Login(user=user, redirect_url=get_next_redirect_url(request))
    response: HttpResponse = perform_login(request, login)
    signed_in = request.user
    if way == sessions.CARD and isinstance(signed_in, User) and _left_office_outside(signed_in):
        words = _("With card and PIN your office opens on the shop's own devices alone.")
        messages.info(request, words)
    return response


def _left_office_outside(user: User) -> bool:
    return user.without_office and user.party is not None and user.party.roles.exists()


def _already_in(request: HttpRequest) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return None
    return redirect(get_next_redirect_url(request) or first_page_of(request.user))


def _door(request: HttpRequest, **forms: object) -> HttpResponse:
    context = {
        "name_form": NameForm(request),
        "card_form": CardForm(request),
        "next": get_next_redirect_url(request) or "",
    }
    return render(request, "site/doors/sign_in.html", context | forms)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """All ways in; a POST comes with name and password."""
    if request.method != "POST":
        return _already_in(request) or _door(request)
    form = NameForm(request, data=request.POST)
    if not form.is_valid():
        return _door(request, name_form=form)
    user = form.get_user()
    locks.forget(user.get_username())
    own = form.cleaned_data["own"]
    return _enter(request, user, sessions.PASSWORD, own=own, again=True)


@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
def by_card(request: HttpRequest) -> HttpResponse:
    """The number on the card, typed, and its PIN."""
    if request.method != "POST":
        return redirect("sign-in")
    form = CardForm(request, "", request.POST)
    if not form.is_valid():
        return _door(request, card_form=form)
    return _enter_by_card(request, form, form.cleaned_data["card"])


def _enter_by_card(request: HttpRequest, form: PinForm, number: str) -> HttpResponse:
    if not isinstance(form.user, User):
        raise TypeError("a form that is valid has found its user")
    locks.forget(f"card:{number}")
    return _enter(request, form.user, sessions.CARD, own=form.cleaned_data["own"])


@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, code: str) -> HttpResponse:
    """Where a scanned card leads: asks for the PIN, and shows nothing of the person."""
    number = number_of_code(code) or _number_of_nothing(code)
    form = PinForm(request, number, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _enter_by_card(request, form, number)
    return render(request, "site/doors/card.html", {"form": form})


def _number_of_nothing(code: str) -> str:
    """A code that no card bears is tried under a number too, so that it behaves like one."""
    return card_number(f"{int.from_bytes(fingerprint(code)[:8], 'big') % 10**9:09}")


class Passkey(LoginWebAuthnView):  # type: ignore[misc]
    """The key itself asks for finger or screen lock, so it is a second factor as well."""

    def form_valid(self, form: Any) -> HttpResponse:
        sessions.intend(self.request, sessions.PASSKEY, own_device=True)
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        words = _("This key opens nothing here. Try it again, or sign in another way.")
        messages.error(self.request, words)
        return redirect("sign-in")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_link(request: HttpRequest) -> HttpResponse:
    """Says the same whether the person is known here or not."""
    ways = ways_out()
    form = ReachForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and ways and form.is_valid():
        at, reach = now(), form.cleaned_data["reach"]
        if not links.may_ask(address_of(request), at):
            words = _("Many links were asked for from here. Ask again in an hour.")
            return refuse(request, Refusal(429, _("Too many requests"), words))
        messages.info(
            request,
            _(
                "If we know this number or address, a link is on its way. It opens once, "
                "for ten minutes. If nothing comes, ask the association."
            ),
        )
        to = request.path
        return links.AnswerFirst(to, lambda: links.send_links(reach, at))
    return render(request, "site/doors/ask_link.html", {"form": form, "ways": ways})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_link(request: HttpRequest, token: str) -> HttpResponse:
    """A button, since scanners of mail open every link they see; the button signs in."""
    if request.method != "POST":
        stands = standing_link(token, now()) is not None
        return render(request, "site/doors/link.html", {"stands": stands})
    name = f"link:{address_of(request)}"
    if not locks.is_open(request, name):
        return HttpResponse(status=locks.TOO_MANY)  # becomes the page that says so
    try:
        user = use_link(token=token, at=now())
    except AyilError as error:
        locks.count_wrong(request, name)
        messages.error(request, str(error))
        return redirect("ask-link")
    locks.forget(name)
    return _enter(request, user, sessions.LINK, own=request.POST.get("own") == "on")


@method_decorator(never_cache, name="dispatch")
class SignOut(LogoutView):
    next_page = "home"


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Signs in by the demo's link, second factor and all, and goes where this role's day begins."""
    user = user_of_link(token)
    if user is None:
        raise Http404(_("This link opens nothing here. Sign in by name and password."))
    sessions.intend(request, sessions.DEMO, own_device=False)
    get_adapter().login(request, user)
    record_authentication(request, user, "mfa", type=sessions.DEMO)
    UserSession.objects.create_from_request(request)
    return HttpResponseRedirect(first_page_of(user))
