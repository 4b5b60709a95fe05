"""What was lost, by cause; nobody's figure stands on its own beside others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ayil.consignment.actions import agree, count_stock, write_off
from ayil.consignment.models import Bearer, Cause, Lot
from ayil.consignment.shrinkage import TOGETHER, shrinkage_of
from ayil.members.actions import admit
from ayil.places.models import Place
from ayil.products.actions import enter_product
from ayil.products.models import ProductKind
from tests.cast import AT, DAY, Cast, assemble, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def maker_with(cast: Cast, name: str, village: Place, pieces: int) -> Lot:
    maker = person(name, village)
    admit(party=maker, on=DAY, by=cast.officer, at=AT)
    agree(shop=cast.shop, consignor=maker, number=f"S-{name}", since=DAY, by=cast.officer)
    product = enter_product(
        owner=maker, kind=ProductKind.CRAFT, names=("Bag", "Сумка", "Баштык"), forms=[("1", "")]
    )
    return cast.deliver(product.variants.get(), pieces)


def lose(cast: Cast, lot: Lot, pieces: int, cause: Cause) -> None:
    write_off(
        lot=lot, quantity=pieces, cause=cause, borne_by=Bearer.OWNER, first=cast.aigul,
        second=cast.officer, on=DAY, at=AT, document="act:1",
    )  # fmt: skip


def test_shares_are_of_what_was_accepted_in_the_span(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 200)
    lose(cast, lot, 3, Cause.DAMAGED)
    lose(cast, lot, 1, Cause.MISSING)
    count_stock(lot=lot, counted=198, by=cast.aigul, on=DAY, at=AT)
    found = shrinkage_of(cast.shop, DAY, DAY)
    assert (found.total.accepted, found.total.found) == (200, 2)
    shares = {cause: (pieces, share) for cause, pieces, share in found.total.causes}
    assert shares == {
        "missing": (1, 50), "damaged": (3, 150), "expired": (0, 0), "given away": (0, 0),
    }  # fmt: skip
    later = shrinkage_of(cast.shop, DAY + timedelta(days=1), DAY + timedelta(days=9))
    assert [share for _cause, _pieces, share in later.total.causes] == [None] * 4


def test_fewer_than_five_makers_are_compared_with_nobody(cast: Cast) -> None:
    for number in range(5):
        maker_with(cast, f"Asel {number}", cast.aksay, 10)
    alone = maker_with(cast, "Meerim", cast.tamga, 10)
    lose(cast, alone, 4, Cause.MISSING)
    found = shrinkage_of(cast.shop, DAY, DAY, "village")
    assert [group.group for group in found.groups] == [str(cast.aksay.pk)]
    assert found.total.by_cause[Cause.MISSING] == 4, "it counts in the whole"
    for number in range(4):
        village = Place.objects.get(code="ton")
        maker_with(cast, f"Kanyshai {number}", village, 10)
    found = shrinkage_of(cast.shop, DAY, DAY, "village")
    assert [group.group for group in found.groups] == [str(cast.aksay.pk), TOGETHER]
    assert found.groups[1].by_cause[Cause.MISSING] == 4
