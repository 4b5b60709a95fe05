"""A proposal as people read it: its village, with the names of those who agreed, or anybody."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ayil.decisions.models import (
    LocalResource,
    MarketEvidence,
    Proposal,
    ProposalPhoto,
    WillingMaker,
)
from ayil.decisions.page import to_the_village
from ayil.decisions.proposals import LACKING_WORDS, lacking_words
from ayil.decisions.rules.completeness import Lacking
from ayil.decisions.symbols import SYMBOLS
from ayil.kit.written import money, thousandths
from ayil.members.consents import public_names, villager_of, withdrawn_from_public
from ayil.members.models import Erasure, Party, PartyPhoto
from ayil.places.models import Place


@dataclass(frozen=True)
class Read:
    """What is said of one proposal. `makers` are the names that this reader may read, `willing`
    how many said that they will make it, named or not; `evidence` is the last look."""

    proposal: Proposal
    proposer: str
    makers: Sequence[str]
    willing: int
    lacks: Sequence[str]
    evidence: MarketEvidence | None
    photo: PartyPhoto | None

    @property
    def unnamed(self) -> int:
        return self.willing - len(self.makers)

    @property
    def is_complete(self) -> bool:
        return not self.lacks


def read_proposals(
    proposals: Sequence[Proposal], village: Place, *, in_public: bool = False
) -> list[Read]:
    """Proposals that came from `with_facts`, in four queries more; on what everybody sees stand
    only those who agreed to that."""
    photos = standing_photos(proposal.pk for proposal in proposals)
    said = [maker for proposal in proposals for maker in _standing(proposal)]
    hidden = _unnamed({maker.person_id for maker in said})
    names = _proposers(proposals, village, in_public=in_public)
    return [
        Read(
            proposal=proposal,
            proposer=names[proposal.pk],
            makers=[
                maker.person.name
                for maker in _standing(proposal)
                if (maker.in_public if in_public else maker.may_be_named)
                and maker.person_id not in hidden
            ],
            willing=len(_standing(proposal)),
            lacks=lacking_words(proposal),
            evidence=next(iter(proposal.evidence.all()), None),
            photo=photos.get(proposal.pk),
        )
        for proposal in proposals
    ]


def _unnamed(people: Collection[int]) -> frozenset[int]:
    """Who was erased, or does not want to be named anywhere; they are counted all the same."""
    erased = Erasure.objects.filter(party__in=people).values_list("party_id", flat=True)
    return withdrawn_from_public(people) | frozenset(erased)


def _standing(proposal: Proposal) -> Sequence[WillingMaker]:
    """As `with_facts` fetched them."""
    found: Sequence[WillingMaker] = getattr(proposal, "standing", ())
    return found


def _proposers(
    proposals: Sequence[Proposal], village: Place, *, in_public: bool
) -> Mapping[int, str]:
    people: list[Party] = [proposal.proposer for proposal in proposals]
    if in_public:
        named = public_names(person.pk for person in people)
        told = [named.get(person.pk) or villager_of(village.name) for person in people]
    else:
        told = list(to_the_village(people, village))
    return {proposal.pk: name for proposal, name in zip(proposals, told, strict=True)}


@dataclass(frozen=True)
class Change:
    """One change of a proposal: who, when, from which paper, and each line as it was and became."""

    who: str
    at: datetime
    paper: str
    rows: Sequence[tuple[str, str, str]]


def changes_of(proposal: Proposal) -> list[Change]:
    """How it was changed, the latest first, as its village reads it. Three queries."""
    rows = list(proposal.changes.select_related("by").order_by("-revision"))
    village = proposal.assembly.village
    who = to_the_village([row.by for row in rows], village)
    resources = dict(LocalResource.objects.filter(village=village).values_list("pk", "name"))
    return [
        Change(
            who=name,
            at=row.at,
            paper=row.paper,
            rows=[
                (
                    str(LACKING_WORDS[Lacking(field)]) if field != "symbol" else _("its drawing"),
                    _value(field, before, proposal.currency, resources),
                    _value(field, after, proposal.currency, resources),
                )
                for field, (before, after) in sorted(row.changes.items())
            ],
        )
        for row, name in zip(rows, who, strict=True)
    ]


def _value(field: str, value: Any, currency: str, resources: Mapping[int, str]) -> str:
    if value is None or value == "":
        return "–"
    if field.endswith("_minor"):
        return money(value, currency)
    if field == "resource_milli":
        return thousandths(value)
    if field == "resource":
        return resources.get(value, "–")
    return str(SYMBOLS[value] if field == "symbol" else value)


def standing_photos(proposals: Iterable[int]) -> dict[int, PartyPhoto]:
    """The photo of each proposal, by its key. One query."""
    rows = ProposalPhoto.objects.filter(proposal__in=list(proposals), photo__end__isnull=True)
    return {row.proposal_id: row.photo for row in rows.select_related("photo").order_by("id")}
