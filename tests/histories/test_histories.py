"""Random histories of the shop, played through the real actions and the real sync."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.histories import depth, steps
from tests.histories.compare import differences
from tests.histories.story import Stage, Story, set_the_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@depth.settings(60)
@given(history=st.lists(steps.writing | steps.writing | steps.sends | steps.office, max_size=30))
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
        transaction.set_rollback(True)
