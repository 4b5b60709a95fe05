"""Loads the simulated programme: a plan from one seed number, played in the order of time."""

from collections.abc import Callable, Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.demo.acts import (
    ageing,
    announcing,
    banking,
    deciding,
    delivering,
    goods,
    granting,
    joining,
    learning,
    paying,
    sharing,
    shelving,
    signing_lists,
    teaching,
    telling,
    tills,
)
from ayil.demo.acts.founding import found
from ayil.demo.acts.stage import Happening, Stage
from ayil.demo.programme.plan import programme
from ayil.kit.clock import now
from ayil.kit.errors import AyilError
from ayil.members.actions import record_simulation
from ayil.members.models import Party

DEMO_SEED = 20120605
Progress = Callable[[int, int], None]


def is_empty() -> bool:
    """Whether nobody was entered yet, so that a demo may be loaded."""
    return not Party.objects.exists()


def load_demo(
    *, seed: int = DEMO_SEED, small: bool = False, progress: Progress | None = None
) -> None:
    """All of it or nothing; the same seed into a new database gives the same hashes.

    `small`: four villages and six weeks. `progress` is told how many of how many steps are done.
    Raises AyilError where the database holds anything already.
    """
    if not is_empty():
        raise AyilError(
            _(
                "There are people in this database already. Load the demo into a new one: "
                "name another folder in AYIL_HOME."
            )
        )
    stage = Stage(programme(seed, small=small))
    with transaction.atomic():
        record_simulation(seed=seed, at=now())
        found(stage)
        goods.agree_and_price(stage)
        steps = stage.happenings_upto_the_end(_year(stage))
        for done, step in enumerate(steps, 1):
            step.do(step.at)
            if progress is not None:
                progress(done, len(steps))


def _year(stage: Stage) -> Iterator[Happening]:
    """Earlier lines go first where two things happen at the same moment."""
    yield from granting.grant_year(stage)
    yield from announcing.announcements(stage)
    yield from deciding.assemblies(stage)
    yield from delivering.on_trust(stage)
    yield from ageing.asking(stage)
    yield from goods.shelf(stage)
    yield from tills.counter(stage)
    yield from shelving.shelves(stage)
    yield from banking.money(stage)
    yield from sharing.groups(stage)
    yield from signing_lists.accounts(stage)
    yield from paying.closings(stage)
    yield from learning.lessons(stage)
    yield from telling.messages(stage)
    yield from teaching.trainings(stage)
    yield from joining.applicants(stage)
