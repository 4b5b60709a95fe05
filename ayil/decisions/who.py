"""Who may look at an assembly's work, and who does which part of it.

An assembly is its village's: whoever lives there may look at it, and so may the association's
officers. What is done in it is done by those who were named for it; an officer may help with the
typing, but nobody from outside is named for a part.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ayil.decisions.models import Assembly, Part
from ayil.members.identities import identities_of
from ayil.members.models import Party, User
from ayil.members.queries import AnyUser, party_roles
from ayil.members.rights import Right, held, rights_of


def assemblies_visible_to(user: AnyUser, day: date) -> QuerySet[Assembly]:
    """All of them for who cares for villages; those of their own village for everybody else."""
    everything = Assembly.objects.select_related("village", "freezing")
    if Right.CARE_FOR_VILLAGES in rights_of(user, day=day):
        return everything
    party = user.party if isinstance(user, User) else None
    village = party.village_id if party else None
    return everything.filter(village=village) if village else everything.none()


def seen_assembly(user: User, uid: object, day: date) -> Assembly:
    """Http404 where the reader may not look at it: nobody learns that it exists."""
    return get_object_or_404(assemblies_visible_to(user, day), uid=uid)


def parts_of(person: Party, assembly: Assembly) -> frozenset[Part]:
    """What this person was named for in the assembly."""
    named = assembly.offices.filter(person__in=identities_of(person)).values_list("part", flat=True)
    return frozenset(Part(part) for part in named)


def is_officer(person: Party, on: date) -> bool:
    """Whether they care for the villages: they may help with what is typed."""
    return held(party_roles(person.pk, on), Right.CARE_FOR_VILLAGES).exists()


def may_do(person: Party, assembly: Assembly, *parts: Part, on: date) -> bool:
    """One of those named for these parts, or an officer who types for them."""
    return bool(parts_of(person, assembly) & set(parts)) or is_officer(person, on)


def require_part(person: Party, assembly: Assembly, *parts: Part, on: date) -> None:
    """PermissionDenied unless the person was named for one of these parts, or is an officer."""
    if not may_do(person, assembly, *parts, on=on):
        raise PermissionDenied(
            _("%(person)s was not named for this in %(assembly)s.")
            % {"person": person.name, "assembly": assembly}
        )
