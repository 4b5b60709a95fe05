"""The ways through the house: which pages stand at the top, and which are a reader's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ayil.consignment.queries import own_accounts
from ayil.kit.clock import local_date, now
from ayil.members.models import User
from ayil.members.queries import roles_of
from ayil.members.rights import RIGHTS, Right

# Each language says its own name, whatever the page is in.
LANGUAGES = (("ky", "Кыргызча", "КЫР"), ("ru", "Русский", "РУС"), ("en", "English", "ENG"))
PUBLIC = (
    ("home", "home", gettext_lazy("Start")),
    ("catalogue:villages", "villages", gettext_lazy("Villages")),
    ("catalogue:goods", "goods", gettext_lazy("Goods")),
    ("catalogue:announcements", "news", gettext_lazy("News")),
)
# The page that an office begins with stands first: the first of these that a reader may open is
# where their day begins. Whoever has no office is in the association for what they make.
OF_AN_OFFICE = (
    ("desk", "desk", gettext_lazy("Desk"), Right.SEE_DESK),
    ("people", "people", gettext_lazy("People"), Right.SEE_PEOPLE),
    ("programme", "programme", gettext_lazy("Programme"), Right.SEE_PROGRAMME),
    ("today", "today", gettext_lazy("Today"), Right.SEE_TODAY),
    ("grant", "grant", gettext_lazy("Grant"), Right.SEE_GRANT),
)
OF_A_MAKER = (
    ("my-sales", "sales", gettext_lazy("My sales")),
    ("our-decision", "decision", gettext_lazy("Our decision")),
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
    if not isinstance(user, User) or user.party_id is None:
        return []
    today = local_date(now())
    roles = frozenset(roles_of(user, today).values_list("role", flat=True))
    office = [
        _tab(name, sign, str(label), path)
        for name, sign, label, right in OF_AN_OFFICE
        if roles & RIGHTS[right].keys()
    ]
    if roles and not own_accounts(user, today).exists():
        return office
    return office + [_tab(name, sign, str(label), path) for name, sign, label in OF_A_MAKER]


def first_page_of(user: User | AnonymousUser) -> str:
    """Where a person goes who has just signed in."""
    own = own_tabs(user, "")
    return own[0].address if own else reverse("home")
