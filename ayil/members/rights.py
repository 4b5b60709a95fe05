"""Who may do what, in which scope: the one table, and the questions asked of it.

A role comes with a scope in its grant (one shop, one donor, one district, or the whole
association); a right says how far it reaches for each holder. Querysets narrow by it (a page
checks nothing that its query does not), and actions `require` it of the person who acts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.models import Party, Role, RoleGrant, Shop, User
from ayil.members.queries import AnyUser, party_roles, roles_of


class Scope(StrEnum):
    """How far a right reaches for its holder: never further than the grant of the role says."""

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
    ENROL_DEVICE = gettext_noop("enrol a browser or a till as the shop's, and end it")
    SEE_TODAY = gettext_noop("see a shop's day")
    RECEIVE_GOODS = gettext_noop("receive, count and look after the goods of a shop")
    AGREE = gettext_noop("make, renew and end agreements on goods on trust")
    ASSESS = gettext_noop("assess goods by the checklist")
    SIGN_WRITE_OFF = gettext_noop("sign a write-off act, and say who bears it")
    IMPORT_GOODS = gettext_noop("import and export lists of goods, prices and lots")
    CLEAR_EXCEPTION = gettext_noop("clear what the till's log could not apply")
    KEEP_BOOKS = gettext_noop("see lots, statements and what is owed")
    CLOSE_STATEMENTS = gettext_noop("close the makers' statements")
    SEE_PAYOUTS = gettext_noop("see payouts and statements to pay")
    PREPARE_PAYOUT = gettext_noop("prepare a payout list, and take a payout off it")
    APPROVE_PAYOUT = gettext_noop("approve a payout list")
    PAY_OUT = gettext_noop("hand a payout over")
    MOVE_MONEY = gettext_noop("move money between safe, drawers and bank")
    KEEP_MANDATES = gettext_noop("write down who may collect money for whom")
    KEEP_ACCOUNTS = gettext_noop("keep payees' bank accounts and the form of a bank's file")
    SET_TERMS = gettext_noop("set the association's terms of payouts and disputes")
    SEE_MESSAGES = gettext_noop("see which messages were sent and whether they came")
    DECIDE_DISPUTE = gettext_noop("decide a dispute about a statement")
    SEE_GRANT = gettext_noop("see a grant, its spending and its evidence")
    KEEP_GRANT = gettext_noop("record a grant's money: requests, receipts, spending, reports")
    APPROVE_SPENDING = gettext_noop("approve, refuse or reverse a grant's spending")
    ANSWER_REPORT = gettext_noop("accept a report on a tranche, or send it back")
    SEE_PROGRAMME = gettext_noop("see the programme's loop in totals")
    CARE_FOR_VILLAGES = gettext_noop("see to it that villages decide, and review in time")
    SEE_PILES = gettext_noop("see the papers of a village's vote, pile by pile")
    GIVE_WORDS = gettext_noop("give names and texts in another language")


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
    Right.ENROL_DEVICE: {Role.OFFICER: _ALL, Role.MANAGER: _SHOP},
    Right.SEE_TODAY: {
        Role.OFFICER: _ALL,
        Role.AUDITOR: _ALL,
        Role.ACCOUNTANT: _ALL,
        Role.MANAGER: _SHOP,
    },
    Right.RECEIVE_GOODS: {Role.MANAGER: _SHOP, Role.CLERK: _SHOP},
    Right.AGREE: {Role.OFFICER: _ALL, Role.MANAGER: _SHOP},
    Right.ASSESS: {Role.COMMITTEE: _ALL, Role.MANAGER: _SHOP, Role.CLERK: _SHOP},
    Right.SIGN_WRITE_OFF: {Role.MANAGER: _SHOP, Role.ACCOUNTANT: _ALL},
    Right.IMPORT_GOODS: {Role.OFFICER: _ALL, Role.MANAGER: _SHOP},
    Right.CLEAR_EXCEPTION: {Role.MANAGER: _SHOP},
    Right.KEEP_BOOKS: {Role.MANAGER: _SHOP, Role.ACCOUNTANT: _ALL, Role.AUDITOR: _ALL},
    Right.CLOSE_STATEMENTS: {Role.MANAGER: _SHOP, Role.ACCOUNTANT: _ALL},
    Right.SEE_PAYOUTS: {
        Role.MANAGER: _SHOP,
        Role.ACCOUNTANT: _ALL,
        Role.PAYMASTER: _ALL,
        Role.AUDITOR: _ALL,
    },
    Right.PREPARE_PAYOUT: {
        Role.MANAGER: _SHOP,
        Role.ACCOUNTANT: _ALL,
        Role.PAYMASTER: _ALL,
    },
    Right.APPROVE_PAYOUT: {Role.MANAGER: _SHOP, Role.ACCOUNTANT: _ALL},
    Right.PAY_OUT: {Role.MANAGER: _SHOP, Role.PAYMASTER: _ALL},
    Right.MOVE_MONEY: {Role.MANAGER: _SHOP, Role.ACCOUNTANT: _ALL},
    Right.KEEP_MANDATES: {Role.OFFICER: _ALL, Role.MANAGER: _ALL, Role.PAYMASTER: _ALL},
    Right.KEEP_ACCOUNTS: {Role.OFFICER: _ALL, Role.ACCOUNTANT: _ALL},
    Right.SET_TERMS: {Role.OFFICER: _ALL},
    Right.SEE_MESSAGES: {Role.OFFICER: _ALL, Role.MANAGER: _SHOP, Role.AUDITOR: _ALL},
    Right.DECIDE_DISPUTE: {Role.MANAGER: _SHOP, Role.ACCOUNTANT: _ALL},
    Right.SEE_GRANT: {
        Role.OFFICER: _ALL,
        Role.ACCOUNTANT: _ALL,
        Role.AUDITOR: _ALL,
        Role.DONOR: Scope.DONOR,
    },
    Right.KEEP_GRANT: {Role.OFFICER: _ALL, Role.ACCOUNTANT: _ALL},
    Right.APPROVE_SPENDING: {Role.OFFICER: _ALL, Role.ACCOUNTANT: _ALL},
    Right.ANSWER_REPORT: {Role.DONOR: Scope.DONOR},
    Right.SEE_PROGRAMME: {
        Role.OFFICER: _ALL,
        Role.AUDITOR: _ALL,
        Role.ADMINISTRATION: Scope.DISTRICT,
    },
    Right.CARE_FOR_VILLAGES: {Role.OFFICER: _ALL},
    Right.SEE_PILES: {Role.AUDITOR: _ALL},
    Right.GIVE_WORDS: {Role.OFFICER: _ALL},
}

# Whoever holds one of these signs in with a second factor, or sees nothing of it.
TOUCHES_MONEY = frozenset({Role.MANAGER, Role.ACCOUNTANT, Role.PAYMASTER, Role.OFFICER})


def held(grants: QuerySet[RoleGrant], right: Right) -> QuerySet[RoleGrant]:
    """Those of the grants that carry the right."""
    return grants.filter(role__in=RIGHTS[right])


@dataclass(frozen=True)
class Reach:
    """Where somebody holds a right; the sets hold the keys of shops, donors and districts."""

    everywhere: bool
    shops: frozenset[int]
    donors: frozenset[int]
    districts: frozenset[int]

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.shops or self.donors or self.districts)


_Grants = Sequence[tuple[str, int | None, int | None, int | None]]
_ONCE: ContextVar[dict[tuple[object, date], _Grants] | None] = ContextVar("once", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Within it each user's grants are read once: for a page that asks many fields and changes
    nothing, so that nobody's rights can change under it."""
    token = _ONCE.set({})
    try:
        yield
    finally:
        _ONCE.reset(token)


def reach_of(user: AnyUser, right: Right, *, day: date) -> Reach:
    """How far the user's right reaches, in one query; querysets are narrowed by it."""
    if _ONCE.get() is None:
        return _reach(held(roles_of(user, day), right).values_list("shop", "donor", "district"))
    return _reach(
        (shop, donor, district)
        for role, shop, donor, district in _grants_of(user, day)
        if role in RIGHTS[right]
    )


def rights_of(user: AnyUser, *, day: date) -> frozenset[Right]:
    """Every right that the user holds, however far it reaches, in one query."""
    roles = {role for role, *_scope in _grants_of(user, day)}
    return frozenset(right for right, holders in RIGHTS.items() if roles & set(holders))


def _grants_of(user: AnyUser, day: date) -> _Grants:
    once = _ONCE.get()
    known = None if once is None else once.get((user.pk, day))
    if known is not None:
        return known
    rows = list(roles_of(user, day).values_list("role", "shop", "donor", "district"))
    if once is not None:
        once[user.pk, day] = rows
    return rows


def has_right(user: AnyUser, right: Right, *, day: date, shop: Shop | None = None) -> bool:
    """Whether the user holds the right: anywhere, or where `shop` is given, for that shop."""
    return _is_in(reach_of(user, right, day=day), shop)


def shops_with(user: AnyUser, right: Right, *, day: date) -> QuerySet[Shop]:
    """The shops for which the user holds the right."""
    reach = reach_of(user, right, day=day)
    return Shop.objects.all() if reach.everywhere else Shop.objects.filter(pk__in=reach.shops)


def require(
    by: Party,
    right: Right,
    *,
    on: date,
    shop: Shop | None = None,
    donor: Party | None = None,
) -> None:
    """Refuses an action to whoever lacks the right for it (in that shop, for that donor), in
    words, as AyilError."""
    reach = _reach(held(party_roles(by.pk, on), right).values_list("shop", "donor", "district"))
    if donor is not None:
        is_reached = reach.everywhere or donor.pk in reach.donors
    else:
        is_reached = _is_in(reach, shop)
    if not is_reached:
        raise AyilError(
            _("%(party)s may not do this: %(right)s. Ask somebody whose office it is.")
            % {"party": by, "right": _(right.value)}
        )


def _reach(scopes_of_grants: Iterable[tuple[int | None, int | None, int | None]]) -> Reach:
    rows = list(scopes_of_grants)
    return Reach(
        everywhere=any(not any(scopes) for scopes in rows),
        shops=frozenset(shop for shop, _donor, _district in rows if shop),
        donors=frozenset(donor for _shop, donor, _district in rows if donor),
        districts=frozenset(district for _shop, _donor, district in rows if district),
    )


def _is_in(reach: Reach, shop: Shop | None) -> bool:
    return bool(reach) if shop is None else reach.everywhere or shop.pk in reach.shops


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
