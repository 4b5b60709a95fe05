"""Random histories of the shop, played through the real actions and the real sync."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from hypothesis import event, given

from ayil.ledger.models import Transfer
from ayil.payouts.models import DisputeOutcome, Handover, PayoutCancellation, Statement
from ayil.shop.models import EventException, ExceptionClearing
from tests.histories import depth, steps
from tests.histories.compare import differences
from tests.histories.story import Stage, Story, set_the_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@depth.settings(25)
@given(history=steps.histories)
def test_the_books_agree_with_a_second_set_kept_from_the_field_guide(
    stage: Stage, history: list[steps.Step]
) -> None:
    with transaction.atomic():
        story = Story(stage)
        for step in history:
            story.play(step)
        assert differences(story) == []
        story.send_all()
        assert differences(story) == []
        for what in happened():
            event(what)
        transaction.set_rollback(True)


def happened() -> Iterator[str]:
    """What this history came to, for `--hypothesis-show-statistics`."""
    codes = EventException.objects.order_by().values_list("code", flat=True).distinct()
    yield from (f"exception {code}" for code in codes)
    kinds = Transfer.objects.order_by().values_list("kind", flat=True).distinct()
    yield from (f"posted {kind}" for kind in kinds)
    yield from (
        f"there is a {model.__name__}"
        for model in (Statement, Handover, PayoutCancellation, DisputeOutcome, ExceptionClearing)
        if model._default_manager.exists()
    )


def test_a_payout_that_was_taken_back_stands_in_the_next_statement(stage: Stage) -> None:
    """It came to nothing, and was posted all the same."""
    story = Story(stage)
    story.play(steps.Sell(0, ((0, 1, 0),)))
    story.send_all()
    for step in (steps.Settle(), steps.Pay(0, 1, by_bank=False), steps.Dispute(0, 2, 1)):
        story.play(step)
    story.play(steps.Settle())
    assert differences(story) == []
    assert [s["paid"] for s in story.oracle.closed[str(story.cast.community.uid)]] == [0, 0]
