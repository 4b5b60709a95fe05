"""The call: what is asked, and who does what."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ayil.decisions.models import Assembly, Part
from ayil.decisions.queries import assembly_terms_on
from ayil.decisions.steps import Step, Way
from ayil.kit.written import day
from ayil.members.models import Party

OFFICES = 4


def calling(assembly: Assembly, _reader: Party | None, is_officer: bool) -> Step:
    """Done once all four are named; the notice was there before."""
    named = list(assembly.offices.select_related("person"))
    terms = assembly_terms_on(assembly.called_on)
    words = [
        str(assembly.get_rule_display()),
        _("Called on %(on)s: %(notice)s")
        % {"on": day(assembly.called_on), "notice": assembly.notice},
    ]
    words += [
        _("%(part)s: %(person)s") % {"part": Part(o.part).label, "person": o.person.name}
        for o in named
    ]
    if (assembly.held_on - assembly.called_on).days < terms.notice_days:
        words.append(
            _("The association asks for %(days)s days of notice; here it is less.")
            % {"days": terms.notice_days}
        )
    return Step(
        title=_("The call"),
        icon="news",
        is_done=len(named) == OFFICES,
        words=words,
        ways=[
            Way(reverse("assembly-notice", args=[assembly.uid]), _("The notice, to print")),
            Way(
                reverse("assembly-offices", args=[assembly.uid]),
                _("Who does what"),
                is_next=is_officer and len(named) < OFFICES,
            ),
        ],
    )
