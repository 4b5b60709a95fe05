"""What a meeting looks at together: the shop's demand beside the village's resource and hands."""

from collections.abc import Sequence
from dataclasses import dataclass

from ayil.decisions.models import MarketEvidence
from ayil.decisions.reading import Read
from ayil.decisions.rules.simulating import MONTHS, narrowest, pieces_from
from ayil.figures.likes import months_between
from ayil.kit.money import minor_digits

# What the shop keeps of crafts and processed food where no agreement says otherwise (an estimate).
USUAL_COMMISSION_PERCENT = 20


@dataclass(frozen=True)
class Scene:
    """Pieces a year: what the resource gives, what the willing can make, what the shop sold (of
    all makers; not known from less than a year, since goods have their season). `narrow` names
    the least of them. `by_month` are units in January to December, `seen` months of the sales."""

    land: int | None
    hands: int | None
    buyers: int | None
    narrow: str | None
    by_month: Sequence[int]
    seen: int

    @property
    def most(self) -> int:
        return max([1, *(count for count in (self.land, self.hands, self.buyers) if count)])


def scene_of(read: Read) -> Scene:
    """From what the proposal says and the last look into the sales."""
    proposal, evidence = read.proposal, read.evidence
    land = (
        pieces_from(proposal.resource.yearly_amount, proposal.resource_milli)
        if proposal.resource
        else None
    )
    each = proposal.pieces_a_month
    hands = each * read.willing * MONTHS if each else None
    buyers = _a_year(evidence)
    return Scene(
        land=land,
        hands=hands,
        buyers=buyers,
        narrow=narrowest(land=land, hands=hands, buyers=buyers),
        by_month=_calendar(evidence),
        seen=len(months_between(evidence.since, evidence.until)) if evidence else 0,
    )


def known_of(read: Read) -> dict[str, str]:
    """What the meeting begins with, as it would be typed: the price that half of the sold pieces
    did not pass, what the proposal says of cost, and makers; what is not known is left out."""
    proposal, evidence = read.proposal, read.evidence
    minor = 10 ** minor_digits(proposal.currency)
    known = {"commission": USUAL_COMMISSION_PERCENT}
    if evidence is not None and evidence.middle_minor is not None:
        known["price"] = evidence.middle_minor // minor
    if proposal.piece_cost_minor is not None:
        known["cost"] = proposal.piece_cost_minor // minor
    if read.willing:
        known["makers"] = read.willing
    if proposal.pieces_a_month:
        known["pieces"] = proposal.pieces_a_month
    return {name: str(value) for name, value in known.items()}


def _a_year(evidence: MarketEvidence | None) -> int | None:
    """Units in twelve months of the span; nought where nobody sold such goods."""
    if evidence is None or evidence.outcome == MarketEvidence.Outcome.FEW:
        return None
    seen = len(months_between(evidence.since, evidence.until))
    return (evidence.units or 0) * MONTHS // seen if seen >= MONTHS else None


def _calendar(evidence: MarketEvidence | None) -> Sequence[int]:
    """Units of January to December together, over all years of the span; empty where not known."""
    if evidence is None or evidence.outcome != MarketEvidence.Outcome.FIGURES:
        return []
    sums = [0] * MONTHS
    for _year, month, units in evidence.months:
        sums[month - 1] += units or 0
    return sums
