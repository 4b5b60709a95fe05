"""The assembly behind an address, for those who may look at it."""

from django.http import Http404, HttpRequest

from ayil.decisions.models import Assembly, Part
from ayil.decisions.who import require_part, seen_assembly
from ayil.kit.clock import local_date, now
from ayil.members.models import Party, User
from ayil.members.reader import acting


def the_assembly(request: HttpRequest, uid: object) -> Assembly:
    """Http404 where the reader may not look at it."""
    if not isinstance(request.user, User):
        raise Http404
    return seen_assembly(request.user, uid, local_date(now()))


def assembly_for(request: HttpRequest, uid: object, *parts: Part) -> tuple[Assembly, Party]:
    """The assembly, and the reader who does one of these parts in it; PermissionDenied for other
    villagers."""
    found, by = the_assembly(request, uid), acting(request)
    require_part(by, found, *parts, on=local_date(now()))
    return found, by
