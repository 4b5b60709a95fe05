"""The people of the shop in their offices, for tests of papers that need two of them."""

from dataclasses import dataclass

from ayil.consignment.actions import agree
from ayil.consignment.models import Lot, LotBalance
from ayil.members.actions import grant_role, open_shop
from ayil.members.models import Party, Role, Shop
from tests.cast import DAY, Cast, assemble, person


@dataclass
class Staff:
    """Aigul keeps the counter, Bakyt manages, Zamira keeps the counter too; in Bosteri the shop
    has people of its own, and Ak-Say's community agreed with it."""

    cast: Cast
    clerk: Party
    manager: Party
    second_clerk: Party
    bosteri: Shop
    keeper: Party


def staff() -> Staff:
    cast = assemble()
    manager, second, keeper = (person(name) for name in ("Bakyt Osmonov", "Zamira", "Ermek"))
    bosteri = open_shop(code="bosteri", name="Bosteri", place=None, currency="KGS")
    for party, role, shop in (
        (cast.aigul, Role.CLERK, cast.shop), (second, Role.CLERK, cast.shop),
        (manager, Role.MANAGER, cast.shop), (keeper, Role.CLERK, bosteri),
    ):  # fmt: skip
        grant_role(party=party, role=role, since=DAY, by=cast.officer, shop=shop)
    agree(shop=bosteri, consignor=cast.community, number="B-1", since=DAY, by=cast.officer)
    return Staff(cast, cast.aigul, manager, second, bosteri, keeper)


def on_shelf(lot: Lot) -> int:
    return LotBalance.objects.get(lot=lot).on_shelf
