"""The person behind a request."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ayil.members.models import Party, User


def reader(request: HttpRequest) -> Party | None:
    """The person who is signed in, if anybody is."""
    user = request.user
    return user.party if isinstance(user, User) else None


def acting(request: HttpRequest) -> Party:
    """The person who is signed in and answers for what is done; refused where there is none."""
    party = reader(request)
    if party is None:
        raise PermissionDenied(_("This sign-in belongs to no person of the association."))
    return party
