"""A sale that comes late, after its month was closed and paid, stands in the next statement."""

from __future__ import annotations

import re

import pytest

from ayil.payouts.actions import settle
from tests.cast import AT
from tests.walks.conftest import Walk

pytestmark = pytest.mark.browser


def test_a_late_sale_stands_in_the_next_statement(walk: Walk) -> None:
    cast = walk.cast
    lot = cast.deliver(cast.jam, 10)
    walk.sell(lot, 2, 12_000)
    offline = cast.till.sale((lot, 3, 12_000))
    settle(shop=cast.shop, by=walk.staff["accountant"], at=AT)
    cast.till.send(offline)
    settle(shop=cast.shop, by=walk.staff["accountant"], at=AT)
    maker = walk.as_person(cast.jyldyz)
    maker.go("/my-sales/")
    maker.follow(re.compile("^Statement 1 ")).sees("192 сом")
    maker.go("/my-sales/")
    maker.follow(re.compile("^Statement 2 ")).sees("288 сом")
    walk.nothing_is_broken()
