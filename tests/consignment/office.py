"""The cast with its offices: an officer who agrees, a clerk who receives, a quality committee."""

from dataclasses import dataclass

from ayil.members.actions import grant_role
from ayil.members.models import Party, Role
from tests.cast import DAY, Cast, assemble, person


@dataclass
class Office:
    """Aigul is the clerk, Nurlan the officer, Chynara sits on the quality committee."""

    cast: Cast
    committee: Party


def office() -> Office:
    cast = assemble()
    committee = person("Chynara Abdyldaeva", cast.tamga)
    for party, role, shop in (
        (cast.officer, Role.OFFICER, None),
        (cast.aigul, Role.CLERK, cast.shop),
        (committee, Role.COMMITTEE, None),
    ):
        grant_role(party=party, role=role, since=DAY, by=cast.officer, shop=shop)
    return Office(cast, committee)
