"""Who may do what, in which scope: the one table, and the questions asked of it.

A role comes with a scope in its grant (one shop, one donor, one district, or the whole
association); a right says how far it reaches for each holder. Querysets narrow by it (a page
checks nothing that its query does not), and actions `require` it of the person who acts.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.models import Party, Role, RoleGrant, Shop, User
from ayil.members.queries import AnyUser, party_roles, roles_of


class Scope(StrEnum):
    """How far a right reaches for its holder."""

    ASSOCIATION = gettext_noop("the whole association")
    SHOP = gettext_noop("their own shop")
    DONOR = gettext_noop("what their donor pays for")
    DISTRICT = gettext_noop("totals of their district")


class Right(StrEnum):
    """What may be done; the words stand in the table that people read."""

    SEE_DESK = gettext_noop("see what waits, and search")
    SEE_PEOPLE = gettext_noop("see members' names and villages")
    SEE_PERSONAL_DATA = gettext_noop("see phone, year of birth and consents of a person")
    TAKE_APPLICATION = gettext_noop("enter an application from paper or the counter")
    ADMIT = gettext_noop("admit or refuse an applicant, answer an appeal")
    CHANGE_PEOPLE = gettext_noop("change a person's record, name leaders and contacts")
    IMPORT_PEOPLE = gettext_noop("import a list of people")
    MERGE_PEOPLE = gettext_noop("say that two records are one person, and undo it")
    ERASE_PERSON = gettext_noop("replace a person's name by a pseudonym")
    ISSUE_CARD = gettext_noop("give a card, a PIN or a sign-in link")
    END_CARD = gettext_noop("end a lost card")
    GIVE_ROLE = gettext_noop("give and end roles")
    SEE_TODAY = gettext_noop("see a shop's day")
    CLEAR_EXCEPTION = gettext_noop("clear what the till's log could not apply")
    KEEP_BOOKS = gettext_noop("see lots, statements and what is owed")
    SEE_PAYOUTS = gettext_noop("see payouts and statements to pay")
    SEE_GRANT = gettext_noop("see a grant, its spending and its evidence")
    SEE_PROGRAMME = gettext_noop("see the programme's loop in totals")


_ALL, _SHOP = Scope.ASSOCIATION, Scope.SHOP
RIGHTS: Mapping[Right, Mapping[Role, Scope]] = {
    Right.SEE_DESK: {
        Role.OFFICER: _ALL,
        Role.MANAGER: _SHOP,
        Role.CLERK: _SHOP,
        Role.ACCOUNTANT: _ALL,
        Role.PAYMASTER: _ALL,
        Role.TRAINER: _ALL,
        Role.COMMITTEE: _ALL,
        Role.AUDITOR: _ALL,
    },
    Right.SEE_PEOPLE: {
        Role.OFFICER: _ALL,
        Role.MANAGER: _ALL,
        Role.CLERK: _ALL,
        Role.ACCOUNTANT: _ALL,
        Role.PAYMASTER: _ALL,
        Role.TRAINER: _ALL,
        Role.COMMITTEE: _ALL,
        Role.AUDITOR: _ALL,
    },
    Right.SEE_PERSONAL_DATA: {Role.OFFICER: _ALL, Role.MANAGER: _ALL, Role.AUDITOR: _ALL},
    Right.TAKE_APPLICATION: {Role.OFFICER: _ALL, Role.MANAGER: _ALL, Role.CLERK: _ALL},
    Right.ADMIT: {Role.OFFICER: _ALL},
    Right.CHANGE_PEOPLE: {Role.OFFICER: _ALL},
    Right.IMPORT_PEOPLE: {Role.OFFICER: _ALL},
    Right.MERGE_PEOPLE: {Role.OFFICER: _ALL},
    Right.ERASE_PERSON: {Role.OFFICER: _ALL},
    Right.ISSUE_CARD: {Role.OFFICER: _ALL, Role.MANAGER: _ALL},
    Right.END_CARD: {Role.OFFICER: _ALL, Role.MANAGER: _ALL, Role.CLERK: _ALL},
    Right.GIVE_ROLE: {Role.OFFICER: _ALL},
    Right.SEE_TODAY: {
        Role.OFFICER: _ALL,
        Role.AUDITOR: _ALL,
        Role.ACCOUNTANT: _ALL,
        Role.MANAGER: _SHOP,
    },
    Right.CLEAR_EXCEPTION: {Role.MANAGER: _SHOP},
    Right.KEEP_BOOKS: {Role.MANAGER: _SHOP, Role.ACCOUNTANT: _ALL, Role.AUDITOR: _ALL},
    Right.SEE_PAYOUTS: {
        Role.MANAGER: _SHOP,
        Role.ACCOUNTANT: _ALL,
        Role.PAYMASTER: _ALL,
        Role.AUDITOR: _ALL,
    },
    Right.SEE_GRANT: {
        Role.OFFICER: _ALL,
        Role.ACCOUNTANT: _ALL,
        Role.AUDITOR: _ALL,
        Role.DONOR: Scope.DONOR,
    },
    Right.SEE_PROGRAMME: {
        Role.OFFICER: _ALL,
        Role.AUDITOR: _ALL,
        Role.ADMINISTRATION: Scope.DISTRICT,
    },
}


def held(grants: QuerySet[RoleGrant], right: Right) -> QuerySet[RoleGrant]:
    """Those of the grants that carry the right."""
    return grants.filter(role__in=RIGHTS[right])


def has_right(user: AnyUser, right: Right, *, day: date, shop: Shop | None = None) -> bool:
    """Whether the user holds the right: anywhere, or where `shop` is given, for that shop."""
    return _reaches(roles_of(user, day), right, shop)


def shops_with(user: AnyUser, right: Right, *, day: date) -> QuerySet[Shop]:
    """The shops for which the user holds the right."""
    grants = held(roles_of(user, day), right)
    everywhere = grants.filter(shop__isnull=True)
    here = grants.filter(shop=OuterRef("pk"))
    return Shop.objects.filter(Exists(everywhere) | Exists(here))


def require(by: Party, right: Right, *, on: date, shop: Shop | None = None) -> None:
    """Refuses an action to whoever lacks the right for it, in words."""
    if not _reaches(party_roles(by.pk, on), right, shop):
        raise AyilError(
            _("%(party)s may not do this: %(right)s. Ask somebody whose office it is.")
            % {"party": by, "right": _(right.value)}
        )


def _reaches(grants: QuerySet[RoleGrant], right: Right, shop: Shop | None) -> bool:
    grants = held(grants, right)
    if shop is not None:
        grants = grants.filter(Q(shop__isnull=True) | Q(shop=shop))
    return grants.exists()


_P = ParamSpec("_P")
_View = Callable[Concatenate[HttpRequest, _P], HttpResponse]


def may(right: Right) -> Callable[[_View[_P]], _View[_P]]:
    """A view for those who hold the right; others are sent to the door, or told no."""

    def guarded(view: _View[_P]) -> _View[_P]:
        @login_required
        @wraps(view)
        def inner(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
            user = request.user
            if not isinstance(user, User) or not has_right(user, right, day=local_date(now())):
                raise PermissionDenied(_("This page needs the right to: %s.") % _(right.value))
            return view(request, *args, **kwargs)

        return inner

    return guarded
