"""Reads over proposals and resources: which stand, what each lacks, who may do what with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ayil.decisions.models import (
    Assembly,
    LocalResource,
    MarketEvidence,
    Part,
    Poll,
    Proposal,
    WillingMaker,
)
from ayil.decisions.rules.completeness import Lacking, Said, lacking
from ayil.decisions.who import may_do
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.identities import identities_of
from ayil.members.models import Party, PartyKind
from ayil.places.models import Place

LACKING_WORDS: Mapping[Lacking, object] = {
    Lacking.NAME_KY: _("its name in Kyrgyz"),
    Lacking.NAME_RU: _("its name in Russian"),
    Lacking.NAME_EN: _("its name in English"),
    Lacking.RESOURCE: _("what it is made from"),
    Lacking.RESOURCE_MILLI: _("how much of that a piece takes"),
    Lacking.SKILLS: _("what one must know to make it"),
    Lacking.PIECE_COST: _("what a piece costs to make"),
    Lacking.START_COST: _("what it costs to start"),
    Lacking.PIECES_A_MONTH: _("how many pieces one maker makes a month"),
    Lacking.RISK_HEALTH: _("what it does to health"),
    Lacking.RISK_LAND: _("what it does to the land"),
    Lacking.MAKERS: _("somebody who is willing to make it"),
    Lacking.EVIDENCE: _("a look into the shop's sales of such goods"),
}


def standing_makers() -> QuerySet[WillingMaker]:
    """Who said that they will make it and has not taken it back; nobody who was erased is named,
    but all are counted."""
    return WillingMaker.objects.filter(end__isnull=True).select_related("person")


def standing_proposals(assembly: Assembly) -> QuerySet[Proposal]:
    """Those that were not withdrawn, by number, with what `said_by` needs."""
    return with_facts(Proposal.objects.filter(assembly=assembly, withdrawal__isnull=True))


def with_facts(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The proposals with `willing` (people) and `looked` (whether the sales were looked into)."""
    return (
        proposals.select_related("resource", "proposer", "assembly__village")
        .annotate(
            willing=Count("makers", filter=Q(makers__end__isnull=True), distinct=True),
            looked=Exists(MarketEvidence.objects.filter(proposal=OuterRef("pk"))),
        )
        .prefetch_related(
            Prefetch("makers", queryset=standing_makers(), to_attr="standing"),
            Prefetch("evidence", queryset=MarketEvidence.objects.order_by("-id")),
        )
        .order_by("assembly_id", "number")
    )


def said_in(proposal: Proposal) -> Said:
    """What the proposal says so far; one that came from `with_facts` asks nothing more."""
    willing = getattr(proposal, "willing", None)
    looked = getattr(proposal, "looked", None)
    return Said(
        names=proposal.names,
        resource=proposal.resource_id is not None,
        resource_milli=proposal.resource_milli,
        skills=proposal.skills,
        piece_cost_minor=proposal.piece_cost_minor,
        start_cost_minor=proposal.start_cost_minor,
        pieces_a_month=proposal.pieces_a_month,
        risk_health=proposal.risk_health,
        risk_land=proposal.risk_land,
        willing=standing_makers().filter(proposal=proposal).count() if willing is None else willing,
        evidence=proposal.evidence.exists() if looked is None else looked,
    )


def the_one(proposal: Proposal) -> Proposal:
    """The same proposal, withdrawn or not, with its facts."""
    return with_facts(Proposal.objects.filter(pk=proposal.pk)).get()


def lacking_words(proposal: Proposal) -> list[str]:
    """What the proposal does not say yet, in the reader's words; empty where it is complete."""
    return [str(LACKING_WORDS[one]) for one in lacking(said_in(proposal))]


@dataclass(frozen=True)
class Incomplete:
    """A proposal that cannot stand on the paper, and what it lacks, in words."""

    proposal: Proposal
    lacks: Sequence[str]


def incomplete(assembly: Assembly) -> list[Incomplete]:
    """The standing proposals of the assembly that may not go on the ballot paper yet."""
    found = [(proposal, lacking_words(proposal)) for proposal in standing_proposals(assembly)]
    return [Incomplete(proposal, lacks) for proposal, lacks in found if lacks]


def vote_has_opened(assembly: Assembly) -> bool:
    return Poll.objects.filter(assembly=assembly).exists()


def standing_resources(village: Place) -> QuerySet[LocalResource]:
    """What the village has, by the last word on each."""
    return LocalResource.objects.filter(village=village, replaced_by__isnull=True)


def is_villager(person: Party | None, village: Place) -> bool:
    """Whether this person lives there, by the record."""
    return (
        person is not None
        and person.kind == PartyKind.PERSON
        and Party.objects.filter(pk__in=identities_of(person), village=village).exists()
    )


def may_enter_for_others(by: Party, assembly: Assembly, day: date) -> bool:
    """The registrar of the assembly, or an officer who cares for the villages: from paper."""
    return may_do(by, assembly, Part.REGISTRAR, on=day)


def may_change(by: Party, proposal: Proposal, at: datetime) -> bool:
    """The proposer, or who may enter proposals from paper."""
    return is_proposer(by, proposal) or may_enter_for_others(by, proposal.assembly, local_date(at))


def refuse_strangers(proposal: Proposal, by: Party, at: datetime) -> None:
    """AyilError for whoever may not change it."""
    if not may_change(by, proposal, at):
        raise AyilError(
            gettext("%(by)s did not make this proposal. Ask %(proposer)s, or the registrar.")
            % {"by": by, "proposer": proposal.proposer}
        )


def is_proposer(by: Party, proposal: Proposal) -> bool:
    return proposal.proposer_id in identities_of(by)


def own_word(by: Party, proposal: Proposal) -> WillingMaker | None:
    """What this person said of making it, if they said it and did not take it back."""
    return standing_makers().filter(proposal=proposal, person__in=identities_of(by)).first()
