"""What a session remembers of how it began, and when it is over."""

from datetime import datetime, timedelta

from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from ayil.kit.clock import local_date, now
from ayil.members.doors_rules import SESSION_ON_ONES_OWN, session_ends
from ayil.members.models import User
from ayil.members.queries import roles_of
from ayil.members.rights import TOUCHES_MONEY
from ayil.site.doors.tills import opens_office

SINCE, WAY, OWN, SEEN, PENDING = "door.since", "door.way", "door.own", "door.seen", "door.pending"
CARD, PASSWORD, PASSKEY, LINK, DEMO = "card", "password", "passkey", "link", "demo"
SEEN_EVERY = timedelta(minutes=10)


def intend(request: HttpRequest, way: str, *, own_device: bool) -> None:
    """Keeps how somebody is about to sign in while a second factor may still be asked."""
    request.session[PENDING] = [way, own_device]


def begin(request: HttpRequest) -> None:
    """The session of whoever has just signed in; a shared device's ends with its browser."""
    way, own = request.session.pop(PENDING, ("", False))
    session = request.session
    session[WAY], session[OWN], session[SINCE] = way, own, now().isoformat()
    session.set_expiry(SESSION_ON_ONES_OWN if own else 0)
    narrow(request)


def narrow(request: HttpRequest) -> None:
    """A card opens an office on the shop's own devices alone, elsewhere one's own pages."""
    user = request.user
    if isinstance(user, User) and request.session.get(WAY) == CARD:
        user.without_office = not opens_office(request, user)


def touches_money(user: User) -> bool:
    return roles_of(user, local_date(now())).filter(role__in=TOUCHES_MONEY).exists()


def is_over(request: HttpRequest, *, money: bool) -> bool:
    """True as well for a session that did not begin at one of our doors."""
    began = request.session.get(SINCE)
    if not isinstance(began, str):
        return True
    since = datetime.fromisoformat(began)
    own = bool(request.session.get(OWN))
    return now() >= session_ends(since, touches_money=money, own_device=own)


def passed_second_factor(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def note_seen(request: HttpRequest) -> None:
    """Keeps when the session was last used, to ten minutes: a page costs no write each time."""
    moment, seen = now(), request.session.get(SEEN)
    if seen is None or datetime.fromisoformat(seen) + SEEN_EVERY < moment:
        request.session[SEEN] = moment.isoformat()
        ours = UserSession.objects.filter(session_key=request.session.session_key)
        ours.update(last_seen_at=moment)
