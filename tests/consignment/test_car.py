"""The list for the next car: what waits, in the order of the villages, and what was done of it."""

import pytest

from ayil.consignment.actions import Announced, announce_delivery, plan_trip, tick_off
from ayil.consignment.car import Item, items_for, route
from ayil.consignment.models import CarLine, ConsignmentNote
from ayil.consignment.papers.car import trip_pdf
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.products.models import Variant
from tests.cast import AT, DAY, Cast
from tests.consignment.office import office

Way, Comes = CarLine.Way, ConsignmentNote.Comes


@pytest.fixture
def cast(db: None) -> Cast:
    return office().cast


def announce(cast: Cast, party: Party, variant: Variant, by: Party, comes: Comes) -> None:
    is_food = variant == cast.jam
    line = Announced(variant, 6, "1" if is_food else "", DAY if is_food else None)
    announce_delivery(
        agreement=party.agreements.get(), lines=[line], expected_on=None, comes=comes,
        declared_by=by, by=by, on=DAY,
    )  # fmt: skip


def test_what_the_car_picks_up_waits_by_village(cast: Cast) -> None:
    announce(cast, cast.community, cast.slippers, cast.burul, Comes.CAR)
    announce(cast, cast.community, cast.slippers, cast.burul, Comes.BROUGHT)
    announce(cast, cast.jyldyz, cast.jam, cast.jyldyz, Comes.CAR)
    bring = Item(Way.BRING, cast.jyldyz, "2 pieces", "R-1")
    stops = route([*items_for(cast.shop, DAY), bring])
    assert [stop.village for stop in stops] == [cast.aksay, cast.tamga]
    assert [len(stop.pick_up) for stop in stops] == [1, 1]
    assert [line.words for line in stops[1].bring] == ["2 pieces"]


def test_nobody_knows_where_stands_last(cast: Cast) -> None:
    lost = Item(Way.BRING, cast.officer, "a slip")
    here = Item(Way.BRING, cast.jyldyz, "a slip")
    assert [stop.village for stop in route([lost, here])] == [cast.tamga, None]


def test_a_trip_keeps_its_list_and_is_ticked_off_once(cast: Cast) -> None:
    with pytest.raises(AyilError, match="nothing to pick up"):
        plan_trip(shop=cast.shop, items=[], on=DAY, by=cast.aigul, today=DAY, at=AT)
    announce(cast, cast.jyldyz, cast.jam, cast.jyldyz, Comes.CAR)
    trip = plan_trip(
        shop=cast.shop, items=items_for(cast.shop, DAY), on=DAY, by=cast.aigul, today=DAY, at=AT
    )
    announce(cast, cast.community, cast.slippers, cast.burul, Comes.CAR)
    line = trip.lines.get()
    assert (line.party, line.document) == (cast.jyldyz, "N-2012-001")
    done = [tick_off(trip=trip, lines=[line.pk], by=cast.aigul, on=DAY, at=AT) for _try in "ab"]
    assert done == [1, 0]
    assert trip_pdf(trip, code="https://ayil.example/c", at=AT).startswith(b"%PDF-")
    with pytest.raises(AyilError, match="may not do this"):
        tick_off(trip=trip, lines=[line.pk], by=cast.jyldyz, on=DAY, at=AT)
