"""Goods go back to whom they belong, and whoever takes them is written down."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from ayil.consignment.actions import hand_over_return, return_to_owner
from ayil.consignment.car import items_for
from ayil.consignment.models import GoodsReturn, ReturnLine
from ayil.consignment.papers.stock import return_note
from ayil.kit.document import document_pdf
from ayil.kit.errors import AyilError
from tests.cast import AT, DAY
from tests.consignment.staff import Staff, on_shelf, staff
from tests.rig.papers import words_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Staff:
    return staff()


def test_what_goes_by_car_waits_until_somebody_of_the_owners_has_it(team: Staff) -> None:
    cast = team.cast
    lot = cast.deliver(cast.slippers, 10)
    goods = return_to_owner(
        shop=cast.shop, consignor=cast.community, lines=[(lot, 4)], by=team.clerk, on=DAY, at=AT
    )
    assert on_shelf(lot) == 6
    assert [(i.party, i.document) for i in items_for(cast.shop, DAY)] == [(cast.community, "1")]
    with pytest.raises(AyilError, match="does not speak for"):
        hand_over_return(goods_return=goods, taken_by=cast.jyldyz, by=team.clerk, on=DAY, at=AT)
    hand_over_return(goods_return=goods, taken_by=cast.burul, by=team.clerk, on=DAY, at=AT)
    assert items_for(cast.shop, DAY) == []
    with pytest.raises(AyilError, match="already"):
        hand_over_return(goods_return=goods, taken_by=cast.burul, by=team.clerk, on=DAY, at=AT)


def test_over_the_counter_both_names_stand_on_the_note(team: Staff) -> None:
    cast = team.cast
    jam = cast.deliver(cast.jam, 10)
    goods = return_to_owner(
        shop=cast.shop, consignor=cast.jyldyz, lines=[(jam, 3)], by=team.clerk, on=DAY, at=AT,
        taken_by=cast.jyldyz,
    )  # fmt: skip
    assert goods.way == GoodsReturn.Way.HAND
    words = words_on(document_pdf([return_note(goods)], at=AT))
    for said in ("Return note 1", jam.label, "Aigul Asanova", "Jyldyz Mamyrova", "3"):
        assert said in words, said


def test_no_more_goes_back_than_stands_there_nor_anothers_goods(team: Staff) -> None:
    cast = team.cast
    lot, jam = cast.deliver(cast.slippers, 2), cast.deliver(cast.jam, 2)
    for lines, words in (
        ([(lot, 2), (lot, 1)], "Count it first"), ([(jam, 1)], "for this owner"), ([], "Nothing"),
    ):  # fmt: skip
        with pytest.raises(AyilError, match=words):
            return_to_owner(
                shop=cast.shop, consignor=cast.community, lines=lines, by=team.clerk, on=DAY, at=AT
            )
    assert on_shelf(lot) == 2
    assert not GoodsReturn.objects.exists()
    goods = return_to_owner(
        shop=cast.shop, consignor=cast.community, lines=[(lot, 1)], by=team.clerk, on=DAY, at=AT
    )
    with pytest.raises(IntegrityError, match="their own owner"), transaction.atomic():
        ReturnLine.objects.create(goods_return=goods, movement=jam.movements.get())


def test_one_person_cannot_give_and_take(team: Staff) -> None:
    cast = team.cast
    lot = cast.deliver(cast.slippers, 2)
    with pytest.raises(AyilError, match="to themselves"):
        return_to_owner(
            shop=cast.shop, consignor=cast.community, lines=[(lot, 1)], by=team.clerk, on=DAY,
            at=AT, taken_by=team.clerk,
        )  # fmt: skip
    assert on_shelf(lot) == 2
