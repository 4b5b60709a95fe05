"""Parts of the shell that stand at the same place on every page."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy

from ayil.kit.clock import local_date, now
from ayil.members.models import Role, User
from ayil.members.queries import roles_of

register = template.Library()

# Each language says its own name, whatever the page is in.
LANGUAGES = (("ky", "Кыргызча", "КЫР"), ("ru", "Русский", "РУС"), ("en", "English", "ENG"))
PUBLIC = (
    ("home", "home", gettext_lazy("Start")),
    ("catalogue:villages", "villages", gettext_lazy("Villages")),
    ("catalogue:goods", "goods", gettext_lazy("Goods")),
    ("catalogue:announcements", "news", gettext_lazy("News")),
)


EVERY_MEMBER = frozenset({"maker"})
OVERSEERS = frozenset({Role.OFFICER, Role.AUDITOR})
# Whose page it is: a maker's by their own goods, the rest by role.
OWN = (
    ("my-sales", "sales", gettext_lazy("My sales"), EVERY_MEMBER),
    ("our-decision", "decision", gettext_lazy("Our decision"), EVERY_MEMBER),
    (
        "today",
        "today",
        gettext_lazy("Today"),
        frozenset({Role.MANAGER, Role.ACCOUNTANT}) | OVERSEERS,
    ),
    ("programme", "programme", gettext_lazy("Programme"), OVERSEERS | {Role.ADMINISTRATION}),
    ("grant", "grant", gettext_lazy("Grant"), OVERSEERS | {Role.DONOR, Role.ACCOUNTANT}),
)


@dataclass(frozen=True)
class Tab:
    """One way in: where it leads, the sign and the word on it."""

    address: str
    icon: str
    label: str
    is_here: bool


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _tab(name: str, icon: str, label: str, path: str) -> Tab:
    address = reverse(name)
    is_here = path == address or (address != "/" and path.startswith(address))
    return Tab(address, icon, label, is_here)


@register.inclusion_tag("site/_language.html", takes_context=True)
def language_switch(context: dict[str, Any]) -> dict[str, Any]:
    """Three buttons; the choice is kept on this device."""
    request = context.get("request")
    return {
        "languages": LANGUAGES,
        "current": get_language(),
        "here": request.get_full_path() if request and request.method == "GET" else "/",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("site/_tabs.html", takes_context=True)
def public_tabs(context: dict[str, Any]) -> dict[str, Any]:
    """The pages that are open to anyone."""
    request = context.get("request")
    path = request.path if request else ""
    return {"tabs": [_tab(name, sign, str(label), path) for name, sign, label in PUBLIC]}


def _parts_of(user: User) -> frozenset[str]:
    held = frozenset(roles_of(user, local_date(now())).values_list("role", flat=True))
    return held or EVERY_MEMBER if user.party_id else held


@register.inclusion_tag("site/_own_tabs.html", takes_context=True)
def own_tabs(context: dict[str, Any]) -> dict[str, Any]:
    """The pages that are this reader's own, by their roles."""
    request: HttpRequest | None = context.get("request")
    user = getattr(request, "user", None)
    if request is None or not isinstance(user, User) or not user.is_authenticated:
        return {"tabs": []}
    parts = _parts_of(user)
    return {
        "tabs": [
            _tab(name, sign, str(label), request.path)
            for name, sign, label, whose in OWN
            if parts & whose and _address(name)
        ]
    }


@register.inclusion_tag("site/_account.html", takes_context=True)
def account(context: dict[str, Any]) -> dict[str, Any]:
    """Who is signed in, and the way in or out."""
    user = getattr(context.get("request"), "user", None)
    signed_in = isinstance(user, User) and user.is_authenticated
    return {
        "signed_in": signed_in,
        "who": (user.party or user.get_username()) if isinstance(user, User) else "",
        "csrf_token": context.get("csrf_token"),
    }
