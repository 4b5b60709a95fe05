"""Goods that stand too long: the shop asks, the owner chooses, and what came of it is counted."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ayil.consignment.actions import return_goods
from ayil.consignment.actions.ageing import Answer, ask_about, choose
from ayil.consignment.ageing import (
    ageing_lots,
    at_hand,
    by_owner,
    evidence_of,
    looks,
    shelf_day,
)
from ayil.consignment.asked import asked_of, asks_waiting, count_asked
from ayil.consignment.models import AgeingAsk, AgeingChoice, Lot
from ayil.consignment.rules import why_look
from ayil.kit.errors import AyilError
from ayil.members.actions import grant_role
from ayil.members.models import Role, Shop, Simulation, User
from ayil.products.queries import price_on
from tests.cast import AT, DAY, Cast, assemble

database = pytest.mark.django_db
LATE = DAY + timedelta(days=130)
Way = AgeingChoice.Way


@pytest.mark.parametrize(
    ("kind", "accepted_on", "best_before", "why"),
    [
        ("food", LATE - timedelta(days=60), None, ""),
        ("food", LATE - timedelta(days=61), None, "stands"),
        ("raw", LATE - timedelta(days=61), None, "stands"),
        ("craft", LATE - timedelta(days=120), None, ""),
        ("craft", LATE - timedelta(days=121), None, "stands"),
        ("other", LATE - timedelta(days=121), None, "stands"),
        ("food", LATE, LATE + timedelta(days=31), ""),
        ("food", LATE, LATE + timedelta(days=30), "expires"),
        ("food", LATE, LATE, "expires"),
        ("food", LATE - timedelta(days=300), LATE - timedelta(days=1), "expired"),
    ],
)
def test_why_a_lot_is_looked_at(
    kind: str, accepted_on: date, best_before: date | None, why: str
) -> None:
    assert why_look(kind, accepted_on, best_before, LATE) == why


@pytest.fixture
def cast() -> Cast:
    cast = assemble()
    grant_role(party=cast.aigul, role=Role.CLERK, since=DAY, by=cast.officer, shop=cast.shop)
    return cast


def ageing(cast: Cast, on: date = LATE) -> list[Lot]:
    return list(at_hand(ageing_lots(Shop.objects.all(), on)).order_by("id"))


def asked(cast: Cast, lot: Lot, on: date = LATE) -> AgeingAsk:
    lots = list(at_hand(Lot.objects.filter(pk=lot.pk)))
    return ask_about(lots=lots, by=cast.aigul, on=on, at=AT)[0]


def say(cast: Cast, ask: AgeingAsk, way: Way, on: date = LATE, **more: int) -> list[AgeingChoice]:
    return choose(
        ask=ask, answer=Answer(way, **more), by=cast.jyldyz, typed_by=cast.jyldyz, on=on, at=AT
    )


@database
def test_the_database_and_the_rule_agree(cast: Cast) -> None:
    """Every lot that the query finds has a reason, and no other."""
    for days in (10, 59, 60, 61, 119, 120, 121, 200):
        for variant in (cast.jam, cast.slippers):
            cast.deliver(variant, 1, on=LATE - timedelta(days=days))
    for until in (LATE - timedelta(days=1), LATE, LATE + timedelta(days=30, hours=0)):
        cast.deliver(cast.jam, 1, on=LATE, best_before=until)
    cast.deliver(cast.jam, 1, on=LATE, best_before=LATE + timedelta(days=31))
    everything = list(at_hand(Lot.objects.all()).order_by("id"))
    by_rule = [look.lot for look in looks(everything, LATE) if look.why]
    assert ageing(cast) == by_rule
    assert 0 < len(by_rule) < len(everything)


@database
def test_one_tap_asks_about_all_that_is_fresh(cast: Cast) -> None:
    old, young = cast.deliver(cast.jam, 5), cast.deliver(cast.jam, 5, on=LATE)
    cast.till.send(cast.till.sale((old, 2, 12_000)))
    found = ask_about(lots=ageing(cast), by=cast.aigul, on=LATE, at=AT)
    assert [ask.lot for ask in found] == [old]
    ask = found[0]
    assert (ask.why, ask.on_shelf, ask.shelf_days, ask.sold_lately) == ("stands", 3, 130, 0)
    assert ask.answer_by == LATE + timedelta(days=14)
    with pytest.raises(AyilError, match="nothing to ask"):
        ask_about(lots=ageing(cast), by=cast.aigul, on=LATE, at=AT)
    with pytest.raises(AyilError, match="nothing to ask"):
        asked(cast, young)
    with pytest.raises(AyilError, match="may not do this"):
        ask_about(lots=ageing(cast), by=cast.jyldyz, on=LATE, at=AT)


@database
def test_a_lower_price_is_set_by_the_choice_and_measured(cast: Cast) -> None:
    lot, second = cast.deliver(cast.jam, 5), cast.deliver(cast.jam, 5)
    ask_about(lots=ageing(cast), by=cast.aigul, on=LATE, at=AT)
    ask = AgeingAsk.objects.get(lot=lot)
    for amount in (None, 0, 12_000, 13_000):
        with pytest.raises(AyilError, match=r"new price|not lower"):
            choose(
                ask=ask, answer=Answer(Way.PRICE, amount_minor=amount), by=cast.jyldyz,
                typed_by=cast.jyldyz, on=LATE, at=AT,
            )  # fmt: skip
    made = say(cast, ask, Way.PRICE, amount_minor=9_000)
    assert {choice.ask.lot for choice in made} == {lot, second}  # one price for the same goods
    now = price_on(cast.jam, LATE)
    assert now is not None
    assert (now.amount_minor, now.set_by) == (9_000, cast.jyldyz)
    # A sale of the day before that a till sent late did not come of it; one of the day did.
    cast.till.day = LATE - timedelta(days=1)
    cast.till.send(cast.till.sale((lot, 1, 12_000)))
    cast.till.day = LATE
    cast.till.send(cast.till.sale((lot, 2, 9_000)))
    look = looks(at_hand(Lot.objects.filter(pk=lot.pk)), LATE)[0]
    assert look.outcome is not None
    assert (look.outcome.sold, look.outcome.returned, look.outcome.last_on) == (2, 0, LATE)
    assert look.state == "chosen"
    assert looks([look.lot], LATE + timedelta(days=30))[0].state == "fresh"


@database
def test_goods_that_shall_go_are_to_be_done_until_they_went(cast: Cast) -> None:
    lot = cast.deliver(cast.jam, 5)
    say(cast, asked(cast, lot), Way.CAR)
    user = User.objects.create(username="aigul", party=cast.aigul)
    whole = list(at_hand(Lot.objects.filter(pk=lot.pk)))
    assert looks(whole, LATE)[0].state == "to-do"
    assert [one.count for one in asks_waiting(user, LATE)] == [0, 1, 0]
    back = LATE + timedelta(days=3)
    return_goods(lot=lot, quantity=5, on=back, document="return:1")
    look = looks(at_hand(Lot.objects.filter(pk=lot.pk)), back)[0]
    assert look.state == "chosen"
    assert look.outcome is not None
    assert (look.outcome.returned, look.outcome.last_on) == (5, back)
    assert [one.count for one in asks_waiting(user, back)] == [0, 0, 0]


@database
def test_without_an_answer_nothing_is_done_but_the_desk_says_so(cast: Cast) -> None:
    lot = cast.deliver(cast.jam, 5)
    ask = asked(cast, lot)
    user = User.objects.create(username="aigul", party=cast.aigul)
    assert [one.count for one in asks_waiting(user, ask.answer_by)] == [0, 0, 0]
    after = ask.answer_by + timedelta(days=1)
    waiting = asks_waiting(user, after)[0]
    assert (waiting.count, waiting.oldest) == (1, ask.answer_by)
    assert looks(at_hand(Lot.objects.filter(pk=lot.pk)), after)[0].state == "late"
    lot.balance.refresh_from_db()
    assert lot.balance.on_shelf == 5
    now = price_on(cast.jam, after)
    assert now is not None
    assert now.amount_minor == 12_000


@database
def test_only_the_owner_chooses(cast: Cast) -> None:
    ask = asked(cast, cast.deliver(cast.jam, 5))
    for by, typed_by, words in (
        (cast.aigul, cast.aigul, "Ask the owner"),
        (cast.burul, cast.burul, "Ask the owner"),
        (cast.jyldyz, cast.aigul, "number of the paper"),
    ):
        with pytest.raises(AyilError, match=words):
            choose(ask=ask, answer=Answer(Way.KEEP), by=by, typed_by=typed_by, on=LATE, at=AT)
    row = {"ask": ask, "way": "keep", "after_movement": 0, "on": LATE, "at": AT}
    with pytest.raises(IntegrityError, match="only the owner"), transaction.atomic():
        AgeingChoice.objects.create(by=cast.aigul, typed_by=cast.aigul, **row)
    with pytest.raises(IntegrityError, match="has_paper"), transaction.atomic():
        AgeingChoice.objects.create(by=cast.jyldyz, typed_by=cast.aigul, **row)
    choose(
        ask=ask, answer=Answer(Way.KEEP, words="Жайга чейин"), by=cast.jyldyz,
        typed_by=cast.aigul, on=LATE, at=AT, paper="C-1",
    )  # fmt: skip
    assert ask.choice.paper == "C-1"
    with pytest.raises(AyilError, match="chosen already"):
        say(cast, ask, Way.TAKE)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        AgeingChoice.objects.update(way="give")


@database
def test_a_leader_is_asked_about_the_goods_of_the_community(cast: Cast) -> None:
    asked(cast, cast.deliver(cast.slippers, 5))
    leader = User.objects.create(username="burul", party=cast.burul)
    stranger = User.objects.create(username="jyldyz", party=cast.jyldyz)
    assert (count_asked(leader, LATE), asked_of(leader, LATE).count) == (1, 1)
    assert (count_asked(stranger, LATE), asked_of(stranger, LATE).count) == (0, 0)


@database
def test_what_is_gone_is_not_asked_about_any_more(cast: Cast) -> None:
    lot = cast.deliver(cast.jam, 5)
    asked(cast, lot)
    return_goods(lot=lot, quantity=5, on=LATE, document="return:1")
    owner = User.objects.create(username="jyldyz", party=cast.jyldyz)
    assert count_asked(owner, LATE) == 0


@database
def test_the_shops_books_are_the_evidence(cast: Cast) -> None:
    old = cast.deliver(cast.jam, 5)
    cast.deliver(cast.jam, 5, on=LATE - timedelta(days=3))
    cast.till.day = LATE - timedelta(days=27)
    cast.till.send(cast.till.sale((old, 2, 12_000)))
    cast.till.day = LATE - timedelta(days=28)
    cast.till.send(cast.till.sale((old, 1, 12_000)))
    found = evidence_of([cast.jam, cast.slippers], cast.shop, LATE)
    assert (found[cast.jam.pk].shelf_days, found[cast.jam.pk].sold_lately) == (130, 2)
    assert cast.slippers.pk not in found


@database
def test_owners_stand_in_the_order_of_their_names_with_the_oldest_goods_first(cast: Cast) -> None:
    first, second = cast.deliver(cast.jam, 1, on=DAY + timedelta(days=2)), cast.deliver(cast.jam, 1)
    cast.deliver(cast.slippers, 1)
    grouped = by_owner(looks(ageing(cast), LATE))
    assert [one.owner.name for one in grouped] == ["Ak-Say Kiyiz", "Jyldyz Mamyrova"]
    assert [look.lot for look in grouped[1].looks] == [second, first]


@pytest.mark.django_db
def test_in_a_simulation_shelves_age_to_its_last_day_and_no_further() -> None:
    cast = assemble()
    lot = cast.deliver(cast.jam, 3)
    assert shelf_day(cast.shop, date(2026, 11, 24)) == date(2026, 11, 24)
    Simulation.objects.create(seed=1, loaded_at=AT)
    assert shelf_day(cast.shop, date(2026, 11, 24)) == lot.accepted_on
