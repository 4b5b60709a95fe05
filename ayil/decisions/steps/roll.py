"""The roll: entered, hung up, objected to, frozen."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayil.decisions.models import Assembly, Part
from ayil.decisions.rolls import lacking_words, roll_facts
from ayil.decisions.steps import Step, Way
from ayil.decisions.who import parts_of
from ayil.kit.clock import local_date, now
from ayil.kit.written import number
from ayil.members.models import Party


def roll(assembly: Assembly, reader: Party | None, is_officer: bool) -> Step:
    """Done once it is frozen."""
    facts = roll_facts(assembly, local_date(now()))
    keeps = is_officer or (reader is not None and Part.REGISTRAR in parts_of(reader, assembly))
    words = [
        ngettext(
            "%(count)s person is on the roll.", "%(count)s people are on the roll.", facts.size
        )
        % {"count": number(facts.size)}
    ]
    words += [] if facts.is_frozen else lacking_words(facts)
    ways = [
        Way(
            _address("assembly-roll", assembly),
            _("The roll"),
            is_next=not keeps or facts.open_objections > 0,
        )
    ]
    if keeps:
        ways += _next(assembly, has_people=bool(facts.size), hangs=facts.posted_on is not None,
                      lacks=bool(lacking_words(facts)))  # fmt: skip
    return Step(title=_("The roll"), icon="people", is_done=facts.is_frozen, words=words, ways=ways)


def _next(assembly: Assembly, *, has_people: bool, hangs: bool, lacks: bool) -> list[Way]:
    if not hangs:
        return [
            Way(_address("assembly-roll-enter", assembly), _("Enter people"), not has_people),
            *(
                [Way(_address("assembly-roll-hang", assembly), _("It hangs now"), is_next=True)]
                if has_people
                else []
            ),
        ]
    if not lacks:
        return [Way(_address("assembly-roll-freeze", assembly), _("Freeze the roll"), is_next=True)]
    return []


def _address(name: str, assembly: Assembly) -> str:
    return reverse(name, args=[assembly.uid])
