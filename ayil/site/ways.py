"""The ways through the house: which pages stand at the top, and which are a reader's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ayil.kit.clock import local_date, now
from ayil.members.models import Role, User
from ayil.members.queries import roles_of

# Each language says its own name, whatever the page is in.
LANGUAGES = (("ky", "Кыргызча", "КЫР"), ("ru", "Русский", "РУС"), ("en", "English", "ENG"))
PUBLIC = (
    ("home", "home", gettext_lazy("Start")),
    ("catalogue:villages", "villages", gettext_lazy("Villages")),
    ("catalogue:goods", "goods", gettext_lazy("Goods")),
    ("catalogue:announcements", "news", gettext_lazy("News")),
)
# Whoever has no office in the association is in it for what they make.
MAKER = frozenset({"maker"})
OVERSEERS = frozenset({Role.OFFICER, Role.AUDITOR})
OWN = (
    ("my-sales", "sales", gettext_lazy("My sales"), MAKER),
    ("our-decision", "decision", gettext_lazy("Our decision"), MAKER),
    ("programme", "programme", gettext_lazy("Programme"), OVERSEERS | {Role.ADMINISTRATION}),
    ("today", "today", gettext_lazy("Today"), OVERSEERS | {Role.MANAGER, Role.ACCOUNTANT}),
    ("grant", "grant", gettext_lazy("Grant"), OVERSEERS | {Role.DONOR, Role.ACCOUNTANT}),
)


@dataclass(frozen=True)
class Tab:
    """One way in: where it leads, the sign and the word on it."""

    address: str
    icon: str
    label: str
    is_here: bool


def _tab(name: str, icon: str, label: str, path: str) -> Tab:
    address = reverse(name)
    is_here = path == address or (address != "/" and path.startswith(address))
    return Tab(address, icon, label, is_here)


def public_tabs(path: str) -> Sequence[Tab]:
    """The pages that are open to anyone; `path` is where the reader is."""
    return [_tab(name, sign, str(label), path) for name, sign, label in PUBLIC]


def own_tabs(user: User | AnonymousUser | None, path: str) -> Sequence[Tab]:
    """The pages that are this reader's own, by their roles; the first is where their day begins."""
    if not isinstance(user, User):
        return []
    held = frozenset(roles_of(user, local_date(now())).values_list("role", flat=True))
    parts = held or (MAKER if user.party_id else held)
    return [_tab(name, sign, str(label), path) for name, sign, label, whose in OWN if parts & whose]


def first_page_of(user: User | AnonymousUser) -> str:
    """Where a person goes who has just signed in."""
    own = own_tabs(user, "")
    return own[0].address if own else reverse("home")
