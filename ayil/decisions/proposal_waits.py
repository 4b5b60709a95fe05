"""Proposals that cannot go on the paper of an assembly to come: what they lack takes days."""

from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext

from ayil.decisions.models import Proposal
from ayil.decisions.proposals import lacking_words, with_facts
from ayil.kit.clock import local_date
from ayil.members.rights import Right
from ayil.members.waiting import Waiting


def proposals_waiting(day: date) -> Waiting:
    """Three queries, however many they are; the way leads to the assembly that comes first."""
    coming = Proposal.objects.filter(
        assembly__held_on__gte=day, assembly__polls__isnull=True, withdrawal__isnull=True
    )
    unsaid = [proposal for proposal in with_facts(coming) if lacking_words(proposal)]
    first = min((p.assembly for p in unsaid), key=lambda one: (one.held_on, one.pk), default=None)
    what = ngettext(
        "%(count)s proposal to a coming assembly does not say all that is asked",
        "%(count)s proposals to coming assemblies do not say all that is asked",
        len(unsaid),
    )
    address = reverse("proposals", args=[first.uid]) if first else ""
    oldest = min((local_date(proposal.recorded_at) for proposal in unsaid), default=None)
    return Waiting(
        what % {"count": len(unsaid)}, len(unsaid), oldest, address, Right.CARE_FOR_VILLAGES
    )
