"""The first day of a real programme: the association, its first officer, its first shop."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.actions import enter_party, open_shop
from ayil.members.doors import make_link
from ayil.members.models import Party, PartyKind, Role, RoleGrant, Shop
from ayil.members.queries import is_simulated


def found(*, association: str, officer: str, language: str, at: datetime) -> tuple[Party, str]:
    """The first officer, and the token of a link that signs them in once.

    Refused where anybody holds an office already: who has one may give the others. The grant
    names the association as its giver, since nobody else is there.
    """
    with transaction.atomic():
        if is_simulated() or RoleGrant.objects.exists():
            raise AyilError(
                _("Offices are held here already; an officer gives the others on a person's page.")
            )
        body = enter_party(kind=PartyKind.ENTERPRISE, name=association, language=language, at=at)
        person = enter_party(kind=PartyKind.PERSON, name=officer, language=language, at=at)
        RoleGrant.objects.create(party=person, role=Role.OFFICER, since=local_date(at), by=body)
        return person, make_link(party=person, by=person, at=at)


def open_first_shop(*, name: str, currency: str) -> Shop:
    """A shop by its name; its code is made from nothing that may change: a number."""
    code = f"shop-{Shop.objects.count() + 1}"
    return open_shop(code=code, name=name, place=None, currency=currency)
