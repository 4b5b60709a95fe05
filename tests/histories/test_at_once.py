"""Many at once: nothing is lost, nothing counts twice, and the last som is spent once."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.db import connection

from ayil.grants.actions import approve_expenditure
from ayil.kit.errors import AyilError
from ayil.ledger.actions import Overdrawn
from ayil.ledger.models import Account, Transfer
from ayil.payouts.actions import approve_run, hand_over, prepare_run, settle
from ayil.payouts.models import Handover, Payout
from ayil.shop.devices import enrol_device
from ayil.shop.models import Device
from tests.cast import AT
from tests.grants.kumtor import ready
from tests.histories import steps
from tests.histories.compare import breaches, differences
from tests.histories.story import Stage, Steady, Story, set_the_stage
from tests.rig.threads import all_at_once, shared_file

pytestmark = pytest.mark.django_db(transaction=True)

EIGHT = 8


@pytest.fixture
def story() -> Story:
    """Eight tills of one shop; each wrote sales and refunds of its own and of others' sales."""
    stage = set_the_stage()
    more = [
        enrol_device(shop=stage.cast.shop, code=f"fair-{n}", by=stage.cast.officer, at=AT)[0]
        for n in range(EIGHT - len(stage.devices))
    ]
    told = Story(Stage(stage.cast, [*stage.devices, *more], stage.goods))
    for round_ in range(4):
        for till in range(EIGHT):
            told.play(steps.Sell(till, ((till, 2, round_), (till + 1, 1, 0))))
        for till in range(EIGHT):
            told.play(steps.Refund(till, ((3 * till + round_, 1, 7),)))
    return told


def test_eight_tills_send_at_once(story: Story) -> None:
    def send(number: int) -> int:
        sent = story.tills[number].sent
        till = Steady(Device.objects.select_related("shop__fund").get(code=_code(story, number)))
        new = 0
        for start in range(0, len(sent), 3):
            batch = sent[start : start + 3]
            new += till.send(*batch, *batch[:1]).new
        return new

    with shared_file():
        assert all_at_once(EIGHT, send) == [len(till.sent) for till in story.tills]
        story.oracle.hear(raw for till in story.tills for raw in till.sent)
        assert differences(story) == []
        seqs = list(
            Transfer.objects.filter(fund=story.cast.shop.fund)
            .order_by("seq")
            .values_list("seq", flat=True)
        )
        assert seqs[0] == 1
        assert all(later - earlier == 1 for earlier, later in pairwise(seqs))
        connection.close()


def test_eight_tills_send_the_same_at_once(story: Story) -> None:
    """A batch that timed out and was sent again, while the first is still being taken."""
    sent = story.tills[0].sent

    def send(number: int) -> int:
        device = Device.objects.select_related("shop__fund").get(code=_code(story, 0))
        return Steady(device).send(*sent).new

    with shared_file():
        assert sorted(all_at_once(EIGHT, send)) == [0] * (EIGHT - 1) + [len(sent)]
        story.oracle.hear(sent)
        assert differences(story) == []
        connection.close()


def test_eight_hand_over_one_payout_at_once(story: Story) -> None:
    cast = story.cast
    story.send_all()
    settle(shop=cast.shop, by=cast.aigul, at=story.at)
    run = prepare_run(shop=cast.shop, by=cast.aigul, at=story.at)
    approve_run(run=run, by=cast.officer, at=story.at)
    payout = run.payouts.get(consignor=cast.jyldyz)

    def pay(number: int) -> Handover:
        mine = Payout.objects.get(pk=payout.pk)
        return hand_over(payout=mine, payee=cast.jyldyz, by=cast.aigul, at=story.at)

    with shared_file():
        ends = all_at_once(EIGHT, pay)
        assert sum(isinstance(end, Handover) for end in ends) == 1
        assert all(isinstance(end, Handover | AyilError) for end in ends), ends
        story.oracle.settle()
        story.oracle.pay(str(cast.jyldyz.uid), payout.amount_minor, "safe")
        assert differences(story) == []
        connection.close()


def test_eight_spend_the_last_of_a_budget_line_at_once(db: None) -> None:
    """The line holds 6,000 dollars; eight bills of 1,500 each are approved in one moment."""
    kumtor = ready()
    bills = [kumtor.expenditure(7_050_000) for _ in range(EIGHT)]

    def approve(number: int) -> int:
        return approve_expenditure(expenditure=bills[number], by=kumtor.aigul, at=AT).pk

    with shared_file():
        ends = all_at_once(EIGHT, approve)
        assert sum(isinstance(end, int) for end in ends) == 4
        assert sum(isinstance(end, Overdrawn) for end in ends) == 4, ends
        assert Account.objects.get(code="line:training").balance_minor == 0
        assert breaches() == []
        connection.close()


def _code(story: Story, number: int) -> str:
    return story.tills[number].device.code
