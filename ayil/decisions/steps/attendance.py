"""Who came, and whether they are enough."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ayil.decisions.models import Assembly, Decision, Part
from ayil.decisions.rolls import Attendance, attendance_of
from ayil.decisions.steps import Step, Way
from ayil.decisions.who import parts_of
from ayil.kit.written import number
from ayil.members.models import Party

TICKS = {Part.REGISTRAR, Part.CHAIR}


def attendance(assembly: Assembly, reader: Party | None, is_officer: bool) -> Step:
    """Done once a quorum was counted; the vote counts again."""
    came = attendance_of(assembly)
    last = assembly.quorum_counts.last()
    may_tick = is_officer or (reader is not None and bool(TICKS & parts_of(reader, assembly)))
    words = [_("Those who come are ticked on the frozen roll.")] if came is None else _said(came)
    if last is not None and not last.is_met:
        words.append(
            _("There is no quorum: count again once more have come, or call the assembly again.")
        )
    ways = []
    is_over = Decision.objects.filter(assembly=assembly).exists()
    if came is not None and may_tick and not is_over:
        ways = [
            Way(_address("assembly-attendance", assembly), _("Tick who came"), last is None),
            Way(
                _address("assembly-quorum", assembly),
                _("Count the quorum"),
                is_next=came.is_enough and (last is None or not last.is_met),
            ),
            Way(_address("assembly-roll-add", assembly), _("Provisional list")),
        ]
    elif last is not None:
        ways = [Way(_address("assembly-quorum", assembly), _("Quorum"))]
    return Step(
        title=_("Who came"),
        icon="good",
        is_done=last is not None and last.is_met,
        words=words,
        ways=ways,
    )


def _said(came: Attendance) -> list[str]:
    return [
        _("%(ticked)s of %(whole)s came, %(women)s women among them; %(needed)s are needed.")
        % {
            "ticked": number(came.ticked),
            "whole": number(came.whole),
            "women": number(came.women),
            "needed": number(came.needed),
        }
    ]


def _address(name: str, assembly: Assembly) -> str:
    return reverse(name, args=[assembly.uid])
