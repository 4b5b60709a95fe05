"""The secret vote: opened, closed, counted by two, and what came of it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ayil.decisions.models import Assembly
from ayil.decisions.steps import Step, Way
from ayil.decisions.voting import Result, RoundNow, result_of, rounds_of
from ayil.members.models import Party


def voting(assembly: Assembly, _reader: Party | None, _is_officer: bool) -> Step:
    """Done once a count is certified that needs neither runoff nor lot. No figure before that."""
    rounds = rounds_of(assembly)
    last = rounds[-1] if rounds else None
    counted = result_of(last.tally) if last and last.is_counted and last.tally else None
    is_done = counted is not None and not counted.needs_runoff and not counted.needs_lot
    is_ready = assembly.quorum_counts.exists() and not is_done
    ways = [Way(reverse("assembly-vote", args=[assembly.uid]), _("The vote"), is_next=is_ready)]
    if any(one.tally for one in rounds):
        ways.append(Way(reverse("tally", args=[assembly.uid]), _("The result")))
    return Step(
        title=_("The secret vote"),
        icon="decision",
        is_done=is_done,
        words=[_words(last, counted)],
        ways=ways,
    )


def _words(last: RoundNow | None, counted: Result | None) -> str:
    if last is None:
        return _("Everybody who is present marks a paper in secret and puts it into the box.")
    if last.is_open:
        return _("The vote is open.")
    if counted is None:
        return _("The box is closed; two counters count, each apart.")
    if counted.chosen:
        return _("Chosen by the village: %(products)s.") % {
            "products": ", ".join(proposal.name for proposal in counted.chosen)
        }
    if counted.needs_runoff:
        return _("Nothing has more than half: a runoff is held.")
    if counted.needs_lot:
        return _("The count is equal: a public lot decides.")
    return _("The village is willing to make none of them.")
