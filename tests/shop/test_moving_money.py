"""Money between the safe, the bank and the association: with its paper, and never the makers'."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from ayil.kit.errors import AyilError
from ayil.kit.invariants import collected
from ayil.ledger.models import Account, Transfer
from ayil.members.models import Party
from ayil.shop.models import BankBalance, MoneyConfirmation, MoneyMove
from ayil.shop.money.actions import (
    Moved,
    confirm_move,
    move_money,
    reverse_move,
    state_bank_balance,
)
from ayil.shop.money.papers import slip
from ayil.shop.money.queries import compared, places, under_way
from ayil.shop.today import trust
from tests.cast import DAY
from tests.payouts.scenes import MONDAY, Scene, open_scene

pytestmark = pytest.mark.django_db
OWN = Moved("own-in", 500_000, paper="К-1")


@pytest.fixture
def scene() -> Scene:
    """One pair of slippers sold for 450 som: 360 are owed, 90 are the shop's."""
    found = open_scene()
    found.sell(found.slippers, 1, 45_000)
    return found


def move(scene: Scene, moved: Moved, by: Party | None = None, at: datetime = MONDAY) -> MoneyMove:
    return move_money(shop=scene.cast.shop, moved=moved, by=by or scene.asel, at=at)


def held(scene: Scene, code: str) -> int:
    found = Account.objects.filter(fund=scene.cast.shop.fund, code=code).first()
    return found.balance_minor if found else 0


def test_opening_cash_comes_in_and_the_books_hold(scene: Scene) -> None:
    made = move(scene, OWN)
    assert (held(scene, "safe"), held(scene, "own-money")) == (500_000, 500_000)
    assert trust(scene.cast.shop).free_minor == 509_000
    assert Transfer.objects.get(document="money:karakol/1").actor == f"party:{scene.asel.uid}"
    assert made.number == 1
    assert move(scene, replace(OWN, paper="К-2")).number == 2
    assert [line for check in collected() for line in check.find()] == []


def test_there_and_back_between_safe_and_bank(scene: Scene) -> None:
    move(scene, OWN)
    move(scene, Moved("to-bank", 400_000, paper="сл-17"))
    move(scene, Moved("from-bank", 150_000, paper="чек-3"))
    assert (held(scene, "safe"), held(scene, "bank")) == (250_000, 250_000)


def test_what_is_not_there_is_not_moved(scene: Scene) -> None:
    move(scene, OWN)
    with pytest.raises(AyilError, match=r"5\s000\sсом are there, not 5\s000\.01"):
        move(scene, Moved("to-bank", 500_001, paper="сл-17"))
    with pytest.raises(AyilError, match="0\xa0сом are there"):
        move(scene, Moved("from-bank", 1, paper="чек-3"))
    assert MoneyMove.objects.count() == 1


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        (Moved("to-bank", 100), "number of its paper"),
        (Moved("to-bank", 0, paper="1"), "above nought"),
        (Moved("to-bank", 100, paper="1", place="bank"), "where the money is"),
        (Moved("to-bank", 100, paper="1", about="qr"), "what it was"),
        (Moved("to-bank", 100, paper="1", fee_minor=1), "only of QR"),
        (Moved("arrived", 100, paper="1", about="cash"), "what it was"),
        (Moved("arrived", 100, paper="1", about="qr", fee_minor=101), "more than the whole"),
        (Moved("cost", 100, about="transport", place="safe"), "what the money was for"),
        (Moved("own-in", 100, paper="1", on=DAY - timedelta(days=1)), "on the day it moves"),
        (Moved("to-bank", 100, paper="1", on=DAY + timedelta(days=1)), "not one to come"),
        (Moved("to-bank", 100, paper="1", on=DAY - timedelta(days=32)), "not one to come"),
    ],
)
def test_what_is_not_whole_is_refused_in_words(scene: Scene, moved: Moved, words: str) -> None:
    move(scene, OWN)
    with pytest.raises(AyilError, match=words):
        move(scene, moved)


def test_only_who_may_moves_money(scene: Scene) -> None:
    with pytest.raises(AyilError, match="may not do this"):
        move(scene, OWN, by=scene.cast.burul)


def test_out_goes_only_what_is_the_shops_own_and_another_confirms(scene: Scene) -> None:
    """In the safe lie 450 som of a closed drawer; 90 of them are the shop's."""
    till = scene.cast.till
    till.send(till.write({"kind": "shift_closed", "counted": {"45000": 1}}))
    assert held(scene, "safe") == 45_000
    with pytest.raises(AyilError, match=r"10\sсом of this is the makers' money.* own is 90\sс"):
        move(scene, Moved("own-out", 10_000, paper="П-1"))
    waiting = move(scene, Moved("own-out", 9_000, paper="П-1"))
    assert held(scene, "safe") == 45_000
    with pytest.raises(AyilError, match="cannot confirm it"):
        confirm_move(move=waiting, by=scene.asel, at=MONDAY)
    confirm_move(move=waiting, by=scene.bakyt, at=MONDAY)
    assert trust(scene.cast.shop).free_minor == 0
    with pytest.raises(AyilError, match="waits for nobody"):
        confirm_move(move=waiting, by=scene.bakyt, at=MONDAY)


def test_free_money_that_is_gone_by_now_is_not_confirmed(scene: Scene) -> None:
    move(scene, OWN)
    waiting = move(scene, Moved("own-out", 300_000, paper="П-1"))
    move(scene, Moved("cost", 250_000, about="rent", place="safe", words="ижара"))
    with pytest.raises(AyilError, match="are there, not"):
        confirm_move(move=waiting, by=scene.bakyt, at=MONDAY)
    reverse_move(move=waiting, by=scene.asel, at=MONDAY, reason="кийин")
    with pytest.raises(AyilError, match="was withdrawn"):
        confirm_move(move=waiting, by=scene.bakyt, at=MONDAY)
    assert held(scene, "safe") == 250_000


def test_costs_come_out_of_free_money_and_a_banks_charge_is_a_fact(scene: Scene) -> None:
    till = scene.cast.till
    till.send(till.write({"kind": "shift_closed", "counted": {"45000": 1}}))
    move(scene, Moved("to-bank", 45_000, paper="сл-1"))
    with pytest.raises(AyilError, match="makers' money"):
        move(scene, Moved("cost", 20_000, about="rent", place="bank", words="ижара"))
    move(scene, Moved("cost", 20_000, about="bank-charge", place="bank", words="тейлөө"))
    assert trust(scene.cast.shop).free_minor == -11_000
    assert held(scene, "cost:bank-charge") == 20_000


def test_what_left_a_drawer_gets_its_cause(scene: Scene) -> None:
    till = scene.cast.till
    till.send(till.write({"kind": "cash_moved", "amount": -5_000, "reason": "нан"}))
    before = trust(scene.cast.shop)
    move(scene, Moved("cost", 4_000, about="other", place="petty-cash", words="нан"))
    assert trust(scene.cast.shop) == before
    assert places(scene.cast.shop).petty_cash_minor == 1_000
    with pytest.raises(AyilError, match="10\xa0сом are there"):
        move(scene, Moved("cost", 4_000, about="other", place="petty-cash", words="нан"))


def test_qr_money_is_under_way_until_it_arrives_less_its_fee(scene: Scene) -> None:
    till = scene.cast.till
    for later in (0, 3):
        till.day = DAY + timedelta(days=later)
        till.send(till.sale((scene.slippers, 1, 45_000), tender="qr"))
    (way,) = under_way(scene.cast.shop)
    assert (way.amount_minor, way.since) == (90_000, DAY)
    at = MONDAY + timedelta(days=4)
    move(scene, Moved("arrived", 45_000, about="qr", fee_minor=450, paper="В-4"), at=at)
    (way,) = under_way(scene.cast.shop)
    assert (way.amount_minor, way.since) == (45_000, DAY + timedelta(days=3))
    assert (held(scene, "bank"), held(scene, "cost:carrier")) == (44_550, 450)
    with pytest.raises(AyilError, match="are there, not"):
        move(scene, Moved("arrived", 45_001, about="qr", paper="В-5"), at=at)


def test_a_move_is_undone_once_with_a_reason_and_own_money_by_another(scene: Scene) -> None:
    made = move(scene, OWN)
    undo: Callable[..., object] = lambda **said: reverse_move(move=made, at=MONDAY, **said)  # noqa: E731
    with pytest.raises(AyilError, match="why it is undone"):
        undo(by=scene.bakyt, reason=" ")
    with pytest.raises(AyilError, match="Another must undo"):
        undo(by=scene.asel, reason="эки жолу")
    undo(by=scene.bakyt, reason="эки жолу")
    assert (held(scene, "safe"), held(scene, "own-money")) == (0, 0)
    with pytest.raises(AyilError, match="undone before"):
        undo(by=scene.bakyt, reason="эки жолу")
    assert Transfer.objects.filter(reverses__isnull=False).get().reason == "эки жолу"


def test_both_parts_of_what_arrived_are_undone(scene: Scene) -> None:
    till = scene.cast.till
    till.send(till.sale((scene.slippers, 1, 45_000), tender="card"))
    made = move(scene, Moved("arrived", 45_000, about="card", fee_minor=900, paper="В-4"))
    reverse_move(move=made, by=scene.asel, at=MONDAY, reason="башка күн")
    assert (held(scene, "bank"), held(scene, "cost:carrier")) == (0, 0)
    assert held(scene, "tender:card") == 45_000


def test_the_bank_is_compared_with_the_books_of_that_evening(scene: Scene) -> None:
    shop = scene.cast.shop
    move(scene, replace(OWN, place="bank"))
    tuesday = MONDAY + timedelta(days=1)
    move(scene, Moved("from-bank", 100_000, paper="чек-1"), at=tuesday)
    for day, closing in ((DAY, 500_000), (DAY + timedelta(days=1), 399_000)):
        state_bank_balance(
            shop=shop, on=day, closing_minor=closing, paper="В-1", by=scene.asel, at=tuesday
        )
    assert [(one.books_minor, one.over_minor) for one in compared(shop)] == [
        (400_000, -1_000), (500_000, 0),
    ]  # fmt: skip
    with pytest.raises(AyilError, match="not come yet"):
        state_bank_balance(
            shop=shop, on=DAY + timedelta(days=2), closing_minor=1, paper="В", by=scene.asel,
            at=tuesday,
        )  # fmt: skip
    assert BankBalance.objects.count() == 2


def test_the_database_keeps_it_too(scene: Scene) -> None:
    made = move(scene, OWN)
    own = move(scene, Moved("own-out", 1_000, paper="П-1"))
    for write in (
        lambda: MoneyMove.objects.filter(pk=made.pk).update(amount_minor=1),
        lambda: MoneyConfirmation.objects.create(move=own, by=scene.asel, at=MONDAY),
        lambda: MoneyConfirmation.objects.create(move=made, by=scene.bakyt, at=MONDAY),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_the_slip_is_the_same_paper_each_time(scene: Scene) -> None:
    made = move(scene, OWN)
    paper = slip(made, at=MONDAY)
    assert paper.startswith(b"%PDF")
    assert paper == slip(MoneyMove.objects.get(pk=made.pk), at=MONDAY)
