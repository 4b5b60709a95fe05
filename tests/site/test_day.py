"""What time does by itself: admission after a week without a refusal, forgetting by rule."""

from datetime import timedelta

import pytest

from ayil.members.actions import record_simulation
from ayil.members.models import Look
from ayil.site.day import do_the_days_work
from tests.cast import AT, assemble

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=4 * 365)


def test_a_day_is_done_once_and_a_dry_run_does_nothing() -> None:
    cast = assemble()
    Look.objects.create(party=cast.burul, by=cast.officer, what="person", at=AT)
    would = do_the_days_work(at=LATER, dry_run=True)
    assert would.deleted["looks"] == Look.objects.count() == 1
    done = do_the_days_work(at=LATER)
    assert done == would
    assert not Look.objects.exists()
    assert not any(do_the_days_work(at=LATER).deleted.values())


def test_in_a_simulation_time_stands_still() -> None:
    record_simulation(seed=1, at=AT)
    assert do_the_days_work(at=LATER).deleted == {}
