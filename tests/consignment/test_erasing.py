"""Nobody is erased while their goods are on the way."""

from __future__ import annotations

import pytest

from ayil.consignment.actions import hand_over_return, return_to_owner
from ayil.consignment.erasing import has_goods_on_the_way
from tests.cast import AT, DAY
from tests.consignment.staff import staff

pytestmark = pytest.mark.django_db


def test_goods_that_wait_to_be_taken_hold_up_the_erasing() -> None:
    team = staff()
    cast = team.cast
    lot = cast.deliver(cast.jam, 2)
    goods = return_to_owner(
        shop=cast.shop, consignor=cast.jyldyz, lines=[(lot, 2)], by=team.clerk, on=DAY, at=AT
    )
    assert len(list(has_goods_on_the_way(cast.jyldyz, DAY))) == 1
    hand_over_return(goods_return=goods, taken_by=cast.jyldyz, by=team.clerk, on=DAY, at=AT)
    assert list(has_goods_on_the_way(cast.jyldyz, DAY)) == []
