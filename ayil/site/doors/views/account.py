"""A person's own ways in, and where they are signed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.doors import choose_mail, choose_password, end_card, set_pin
from ayil.members.doors_rules import in_groups
from ayil.members.models import Card, Party, Pin, User
from ayil.members.rights import Right, has_right
from ayil.members.sessions import end_keys, end_sessions
from ayil.site.doors import locks
from ayil.site.doors.devices_words import device_in_words
from ayil.site.doors.forms import MailForm, NewPinForm, PasswordForm


@dataclass(frozen=True)
class Place:
    """One place where the person is signed in."""

    pk: int
    device: str
    since: datetime
    seen: datetime
    is_here: bool


def _owner(request: HttpRequest) -> tuple[User, Party]:
    """Who is signed in, and the person behind; a user without one has no keys of their own."""
    user: Any = request.user
    return user, get_object_or_404(Party, user=user)


def _key(request: HttpRequest) -> str:
    return request.session.session_key or ""


@login_required
@never_cache
@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    """Every key that this person has, and what is missing to their office."""
    user, party = _owner(request)
    keys = [key.wrap() for key in Authenticator.objects.filter(user=user).order_by("id")]
    cards = Card.objects.filter(party=party, end__isnull=True)
    context = {
        "lacks": getattr(request, "lacks_second_factor", False),
        "passkeys": [key for key in keys if key.instance.type == Authenticator.Type.WEBAUTHN],
        "has_app": any(key.instance.type == Authenticator.Type.TOTP for key in keys),
        "has_keys": bool(keys),
        "has_password": user.has_usable_password(),
        "has_pin": Pin.objects.filter(party=party).exists(),
        "cards": [(card, in_groups(card.number)) for card in cards],
        "places": len(_places(request, user)),
        "mail": user.email,
        "may_enrol": has_right(user, Right.ENROL_DEVICE, day=local_date(now())),
    }
    return render(request, "site/doors/my_account.html", context)


def _places(request: HttpRequest, user: User) -> list[Place]:
    open_now = Session.objects.filter(expire_date__gt=now()).values("session_key")
    theirs = UserSession.objects.filter(user=user, session_key__in=open_now)
    return [
        Place(
            pk=one.pk,
            device=device_in_words(one.user_agent),
            since=one.created_at,
            seen=one.last_seen_at,
            is_here=one.session_key == _key(request),
        )
        for one in theirs.order_by("-last_seen_at")
    ]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; a POST ends one of them (`end`), or all but this one."""
    user, party = _owner(request)
    if request.method != "POST":
        return render(request, "site/doors/sessions.html", {"places": _places(request, user)})
    chosen = request.POST.get("end", "")
    if not chosen:
        ended = end_sessions(party, keep=_key(request))
        words = _("You are signed out everywhere else.") if ended else _("There was no other.")
        messages.success(request, words)
        return redirect("my-sessions")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 19):
        chosen = "0"
    one = get_object_or_404(UserSession, user=user, pk=int(chosen))
    if one.session_key == _key(request):
        logout(request)
        return redirect("home")
    end_keys([one.session_key])
    messages.success(request, _("That device is signed out."))
    return redirect("my-sessions")


@login_required
@never_cache
@sensitive_post_parameters()
@reauthentication_required(app="doors")  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def my_password(request: HttpRequest) -> HttpResponse:
    """A new name and password; whoever was signed in with the old one is not any more."""
    user, party = _owner(request)
    form = PasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given, key = form.cleaned_data, _key(request)
        try:
            changed = choose_password(
                party=party,
                username=given["username"],
                password=given["new_password1"],
                keep=key,
            )
        except AyilError as error:
            form.add_error("username", str(error))
        else:
            update_session_auth_hash(request, changed)
            UserSession.objects.filter(session_key=key).update(session_key=_key(request))
            messages.success(request, _("The new password holds. Other devices are signed out."))
            return redirect("my-account")
    return render(request, "site/doors/password.html", {"form": form})


@login_required
@never_cache
@reauthentication_required(app="doors")  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def my_mail(request: HttpRequest) -> HttpResponse:
    """Where links by e-mail go: whoever reads that mail can sign in."""
    user, party = _owner(request)
    form = MailForm(
        request.POST if request.method == "POST" else None, initial={"email": user.email}
    )
    if request.method == "POST" and form.is_valid():
        choose_mail(party=party, mail=form.cleaned_data["email"])
        messages.success(request, _("Saved."))
        return redirect("my-account")
    return render(request, "site/doors/mail.html", {"form": form})


@login_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def my_pin(request: HttpRequest) -> HttpResponse:
    """A new PIN for one's card, against the one that holds."""
    _user, party = _owner(request)
    kept = Pin.objects.filter(party=party).first()
    posted = request.POST if request.method == "POST" else None
    form = NewPinForm(posted, has_pin=kept is not None)
    if posted is not None and form.is_valid() and _knows(request, form, kept):
        try:
            pin = form.cleaned_data["pin"]
            set_pin(party=party, pin=pin, by=party, at=now(), keep=_key(request))
        except AyilError as error:
            form.add_error("pin", str(error))
        else:
            messages.success(request, _("The new PIN holds. Other devices are signed out."))
            return redirect("my-account")
    return render(request, "site/doors/pin.html", {"form": form})


def _knows(request: HttpRequest, form: NewPinForm, kept: Pin | None) -> bool:
    """Whether the PIN that holds was typed right; wrong ones are counted as at the door."""
    if kept is None:
        return True
    name = f"pin:{kept.party_id}"
    if not locks.is_open(request, name):
        return False
    if check_password(form.cleaned_data["current"], kept.hash):
        locks.forget(name)
        return True
    locks.count_wrong(request, name)
    form.add_error("current", _("This is not your PIN as it is now."))
    return False


@login_required
@require_POST
def end_my_card(request: HttpRequest, uid: Any) -> HttpResponse:
    """One tap, and whoever found the card is out."""
    _user, party = _owner(request)
    card = get_object_or_404(Card, uid=uid, party=party)
    end_card(card=card, by=party, at=now(), keep=_key(request))
    messages.success(request, _("The card opens nothing any more. The shop gives you a new one."))
    return redirect("my-account")
