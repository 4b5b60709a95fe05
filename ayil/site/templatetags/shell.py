"""Parts of the shell that stand at the same place on every page."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.translation import get_language

from ayil.members.models import User
from ayil.members.queries import is_simulated
from ayil.site import ways

register = template.Library()


@register.inclusion_tag("site/_language.html", takes_context=True)
def language_switch(context: dict[str, Any]) -> dict[str, Any]:
    """Three buttons; the choice is kept on this device."""
    request: HttpRequest | None = context.get("request")
    return {
        "languages": ways.LANGUAGES,
        "current": get_language(),
        "here": request.get_full_path() if request and request.method == "GET" else "/",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("site/_tabs.html", takes_context=True)
def public_tabs(context: dict[str, Any]) -> dict[str, Any]:
    """The pages that are open to anyone."""
    request: HttpRequest | None = context.get("request")
    return {"tabs": ways.public_tabs(request.path if request else "")}


@register.inclusion_tag("site/_demo.html", takes_context=True)
def demo_banner(context: dict[str, Any]) -> dict[str, bool]:
    """Says on each page of simulated records that its figures are estimates."""
    return {"is_demo": not context.get("quiet") and is_simulated()}


@register.inclusion_tag("site/_own_tabs.html", takes_context=True)
def own_tabs(context: dict[str, Any]) -> dict[str, Any]:
    """The pages that are this reader's own, by their roles."""
    request: HttpRequest | None = context.get("request")
    user = getattr(request, "user", None)
    return {"tabs": ways.own_tabs(_person(user), request.path if request else "")}


@register.inclusion_tag("site/_account.html", takes_context=True)
def account(context: dict[str, Any]) -> dict[str, Any]:
    """Who is signed in, and the way in or out."""
    user = _person(getattr(context.get("request"), "user", None))
    return {
        "signed_in": user is not None,
        "who": (user.party or user.get_username()) if user else "",
        "is_person": user is not None and user.party_id is not None,
        "csrf_token": context.get("csrf_token"),
    }


def _person(user: Any) -> User | None:
    """Django hands over a lazy stand-in, which is a User only when it is asked."""
    return user if isinstance(user, User) and user.is_authenticated else None
