"""Ending what a person has open on their devices."""

from collections.abc import Sequence
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings

from ayil.members.models import Party


def end_sessions(party: Party, *, keep: str = "") -> int:
    """Ends each session of the person but the one whose key is `keep`; answers how many."""
    theirs = UserSession.objects.filter(user__party=party).exclude(session_key=keep)
    return end_keys(list(theirs.values_list("session_key", flat=True)))


def end_keys(keys: Sequence[str]) -> int:
    """Ends these sessions, wherever they are open."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for key in keys:
        store.delete(key)
    UserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)
