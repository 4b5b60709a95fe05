"""The demo's door: a signed link a role, open where AYIL_DEMO is set and records are simulated."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from ayil.members.models import User
from ayil.members.queries import is_simulated

_SALT = "ayil.members.signin"


def sign_in_path(user: User) -> str:
    """Where this user signs in by one tap; the page refuses outside of the demo."""
    return reverse("enter", args=[signing.dumps(user.pk, salt=_SALT)])


def user_of_link(token: str) -> User | None:
    """Whom a link signs in, or None where it was made elsewhere or the demo is closed.

    Real records have no such door, whatever the settings say.
    """
    if not (settings.AYIL_DEMO and is_simulated()):
        return None
    try:
        return User.objects.filter(pk=signing.loads(token, salt=_SALT), is_active=True).first()
    except signing.BadSignature:
        return None
