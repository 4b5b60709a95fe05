"""The steps of a decision, in their order; each is in a module of its own."""

from collections.abc import Sequence

from ayil.decisions.models import Assembly
from ayil.decisions.steps import Step, StepOf
from ayil.decisions.steps.after import after
from ayil.decisions.steps.attendance import attendance
from ayil.decisions.steps.calling import calling
from ayil.decisions.steps.proposing import proposing
from ayil.decisions.steps.roll import roll
from ayil.decisions.steps.vote import voting
from ayil.members.models import Party

STEPS: Sequence[StepOf] = (calling, roll, proposing, attendance, voting, after)


def steps_of(assembly: Assembly, reader: Party | None, *, is_officer: bool) -> list[Step]:
    """What this reader sees of the way from the notice to the signatures."""
    return [step(assembly, reader, is_officer) for step in STEPS]
