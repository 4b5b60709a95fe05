"""The proposals: what the village could make, and what is not said of it yet."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayil.decisions.models import Assembly
from ayil.decisions.proposals import (
    is_villager,
    lacking_words,
    standing_proposals,
    standing_resources,
    vote_has_opened,
)
from ayil.decisions.steps import Step, Way
from ayil.kit.written import number
from ayil.members.models import Party


def proposing(assembly: Assembly, reader: Party | None, is_officer: bool) -> Step:
    """Done once something is proposed and each proposal says all that is asked."""
    proposals = list(standing_proposals(assembly))
    open_ones = sum(bool(lacking_words(proposal)) for proposal in proposals)
    has_opened = vote_has_opened(assembly)
    resources = standing_resources(assembly.village).count()
    words = [
        ngettext(
            "%(count)s thing that the village has is written down.",
            "%(count)s things that the village has are written down.",
            resources,
        )
        % {"count": number(resources)},
        ngettext(
            "%(count)s proposal stands: %(names)s", "%(count)s proposals stand: %(names)s",
            len(proposals),
        )
        % {"count": number(len(proposals)), "names": ", ".join(p.name for p in proposals)}
        if proposals
        else _("Nobody has proposed anything yet."),
    ]  # fmt: skip
    if open_ones and not has_opened:
        words.append(
            ngettext(
                "%(count)s of them does not say all that is asked, and cannot go on the paper yet.",
                "%(count)s of them do not say all that is asked, and cannot go on the paper yet.",
                open_ones,
            )
            % {"count": number(open_ones)}
        )
    lives_here = is_villager(reader, assembly.village)
    ways = [Way(reverse("proposals", args=[assembly.uid]), _("The proposals"))]
    if (lives_here or is_officer) and not has_opened:
        address = reverse("proposal-new", args=[assembly.uid])
        ways.insert(0, Way(address, _("Propose something"), is_next=not proposals))
    if lives_here or is_officer:
        address = reverse("resources", args=[assembly.village.code])
        ways.append(Way(address, _("What our village has")))
    return Step(
        title=_("The proposals"),
        icon="give",
        is_done=bool(proposals) and not open_ones,
        words=words,
        ways=ways,
    )
