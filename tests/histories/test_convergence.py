"""Addition commutes: the same events in any order and any batches end in the same books."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.histories import depth, steps
from tests.histories.compare import differences, everything
from tests.histories.story import Stage, Story, set_the_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def batches(story: Story, seed: int) -> Iterable[tuple[int, list[bytes]]]:
    """All that the tills wrote, dealt into batches at random; some of it is sent twice."""
    dice = random.Random(seed)
    dealt = [(number, raw) for number, till in enumerate(story.tills) for raw in till.sent]
    dealt += dice.sample(dealt, len(dealt) // 3)
    dice.shuffle(dealt)
    while dealt:
        size = dice.randint(1, 8)
        head, dealt = dealt[:size], dealt[size:]
        for number in range(steps.TILLS):
            batch = [raw for sender, raw in head if sender == number]
            if batch:
                yield number, batch


@depth.settings(15)
@given(
    history=steps.logs,
    seeds=st.lists(st.integers(0, 2**20), min_size=1, max_size=2),
)
def test_the_order_in_which_tills_are_heard_changes_nothing(
    stage: Stage, history: list[steps.Step], seeds: list[int]
) -> None:
    with transaction.atomic():
        story = Story(stage)
        for step in history:
            story.play(step)
        ends = []
        silent = copy.deepcopy(story.oracle)
        for seed in [None, *seeds]:
            story.oracle = copy.deepcopy(silent)
            with transaction.atomic():
                if seed is None:
                    story.send_all()
                for number, batch in batches(story, seed) if seed is not None else ():
                    story.send(story.tills[number], batch)
                assert differences(story) == []
                ends.append(everything(story.cast.shop))
                transaction.set_rollback(True)
        assert all(end == ends[0] for end in ends)
        transaction.set_rollback(True)


def test_a_refund_of_two_tills_sales_waits_for_the_later(stage: Stage) -> None:
    story = Story(stage)
    for step in (
        steps.Sell(0, ((0, 3, 1),)),
        steps.Sell(1, ((1, 2, 0),)),
        steps.Refund(2, ((0, 1, 10), (1, 2, 10))),
    ):
        story.play(step)
    for number in (2, 0, 1):
        story.send(story.tills[number], story.tills[number].sent)
        assert differences(story) == []
    assert len(story.oracle.applied) == 3


def test_cash_heard_of_after_its_shift_was_counted_is_no_loss(stage: Stage) -> None:
    """The till closes offline; the closing comes first, the sale and the float days later."""
    story = Story(stage)
    for step in (steps.Open(1, 500), steps.Sell(1, ((0, 1, 0),)), steps.Close(1, 2)):
        story.play(step)
    opened, sale, closing = story.tills[1].sent
    for raw in (closing, sale, opened):
        story.send(story.tills[1], [raw])
        assert differences(story) == []
    counted = 5 * 10_000 + 7
    assert story.oracle.balances()["over-short"] == counted - 50_000 - 45_000
