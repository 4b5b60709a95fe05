"""Many hands at one till box: nothing is paid, listed or closed twice."""

import pytest

from ayil.kit.errors import AyilError
from ayil.ledger.models import Transfer
from ayil.payouts.actions import approve_run, hand_over, prepare_run, settle
from ayil.payouts.models import Handover, Payout, Statement
from tests.payouts.scenes import MONDAY, breaches, open_scene
from tests.rig.threads import all_at_once, shared_file

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4


def test_closing_listing_and_paying_at_once() -> None:
    scene = open_scene()
    scene.sell(scene.jam, 10, 12_000)
    with shared_file():
        all_at_once(HANDS, lambda _n: settle(shop=scene.cast.shop, by=scene.asel, at=MONDAY))
        assert Statement.objects.count() == 1

        listed = all_at_once(
            HANDS, lambda _n: prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY)
        )
        assert sum(isinstance(one, AyilError) for one in listed) == HANDS - 1
        payout = Payout.objects.get()
        approve_run(run=payout.run, by=scene.bakyt, at=MONDAY)

        paid = all_at_once(
            HANDS,
            lambda _n: hand_over(payout=payout, payee=scene.cast.jyldyz, by=scene.asel, at=MONDAY),
        )
        assert sum(isinstance(one, Handover) for one in paid) == 1
        assert Transfer.objects.filter(kind="payout").count() == 1
        assert scene.balance(scene.cast.jyldyz) == 0
        assert breaches() == []
