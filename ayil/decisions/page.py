"""What a village looks at: who met, how they voted, what stands, and who signed it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ayil.decisions.complaints import ComplaintCounts, complaint_counts, complaints_until
from ayil.decisions.models import (
    Assembly,
    Decision,
    DecisionReview,
    PollTally,
    Proposal,
    QuorumCount,
)
from ayil.decisions.proposals import standing_makers
from ayil.decisions.queries import (
    last_assembly,
    products_last,
    standing_decision,
    standing_decisions,
)
from ayil.decisions.rules import SIGNATURES
from ayil.members.consents import villager_of, withdrawn_from_public
from ayil.members.models import Party
from ayil.places.models import Place

REVIEWED_EVERY_YEARS = 1


@dataclass(frozen=True)
class Bar:
    """One proposal on the paper, and on how many ballots it was approved."""

    proposal: Proposal
    ballots: int
    is_leader: bool


@dataclass(frozen=True)
class Round:
    """One count: the bars, most approved first, and the least number that is a majority."""

    number: int
    tally: PollTally
    bars: Sequence[Bar]

    @property
    def majority(self) -> int:
        return self.tally.valid // 2 + 1

    @property
    def used(self) -> int:
        return self.tally.valid + self.tally.spoiled


@dataclass(frozen=True)
class Signed:
    """A signature on the minutes; `who` is for fellow villagers, and no public page shows it."""

    part: str
    who: str
    on: date


@dataclass(frozen=True)
class Meeting:
    """One assembly as far as it came; `decision` only once it is minuted."""

    assembly: Assembly
    roll_size: int | None
    quorum: QuorumCount | None
    proposals: Sequence[Proposal]
    rounds: Sequence[Round]
    decision: Decision | None
    signings: Sequence[Signed]

    @property
    def is_signed(self) -> bool:
        return len(self.signings) == SIGNATURES


@dataclass(frozen=True)
class VillagePage:
    """`standing` is the decision that holds; `meeting` is its assembly, or the last one called."""

    village: Place
    standing: Decision | None
    reviews: Sequence[DecisionReview]
    meeting: Meeting | None
    called: Assembly | None
    earlier: Sequence[Decision]
    annulled: Sequence[Decision]
    makers: Sequence[str]
    beside: Sequence[Decision]
    complaints: ComplaintCounts | None
    complaints_until: date | None
    takes_complaints_today: bool

    @property
    def seal(self) -> str:
        """The minutes' fingerprint, as it was read aloud."""
        decision = self.meeting.decision if self.meeting else None
        return bytes(decision.sha256).hex() if decision else ""

    @property
    def review_due_on(self) -> date | None:
        """A year after the last look at it; the 29th of February becomes the 28th."""
        if self.standing is None:
            return None
        last = max([self.standing.on, *(review.on for review in self.reviews)])
        day = 28 if (last.month, last.day) == (2, 29) else last.day
        return last.replace(year=last.year + REVIEWED_EVERY_YEARS, day=day)


def standing_by_village(on: date) -> Mapping[int, Decision]:
    """The decision that stands in every village that has one, by the village's id: one query."""
    return {d.village_id: d for d in products_last(standing_decisions(on))}


def village_page(village: Place, on: date) -> VillagePage:
    """In a fixed number of queries for each round of voting."""
    standing = standing_decision(village, on)
    last = last_assembly(village)
    shown = standing.assembly if standing else last
    until = complaints_until(shown) if shown else None
    decisions = Decision.objects.filter(village=village).prefetch_related("choices__proposal")
    earlier = decisions.filter(superseding__on__lte=on, annulment__isnull=True)
    annulled = decisions.filter(annulment__on__lte=on).select_related("annulment")
    return VillagePage(
        village=village,
        standing=standing,
        reviews=list(standing.reviews.all()) if standing else [],
        meeting=meeting_of(shown) if shown else None,
        called=last if last and last != shown and last.held_on >= on else None,
        earlier=list(earlier.select_related("superseding").order_by("-on", "-id")),
        annulled=list(annulled.order_by("-on", "-id")),
        makers=_makers(standing),
        beside=_beside(standing, on) if standing else [],
        complaints=complaint_counts(shown) if shown else None,
        complaints_until=until,
        takes_complaints_today=until is not None and on <= until,
    )


def _beside(standing: Decision, on: date) -> Sequence[Decision]:
    """What else the village decided and stands, the latest first."""
    others = standing_decisions(on).filter(village=standing.village_id).exclude(pk=standing.pk)
    return list(others.order_by("-on", "-pk"))


def _makers(standing: Decision | None) -> Sequence[str]:
    """Those who said that they will make it, and that they may be named to the village."""
    if standing is None:
        return []
    named = standing_makers().filter(
        proposal__chosen__decision=standing, may_be_named=True, person__erasure__isnull=True
    )
    people = [maker.person for maker in named.order_by("person", "id")]
    return to_the_village(people, standing.village)


def to_the_village(people: Sequence[Party], village: Place) -> Sequence[str]:
    """How fellow villagers read these people; who withdrew their name is one of the village."""
    unnamed = withdrawn_from_public(person.pk for person in people)
    return [villager_of(village.name) if person.pk in unnamed else person.name for person in people]


def named_by_part(decision: Decision) -> Mapping[str, Sequence[str]]:
    """Who held which office in its assembly, as fellow villagers read them."""
    offices = list(decision.assembly.offices.select_related("person").order_by("part", "id"))
    names = to_the_village([office.person for office in offices], decision.village)
    found: dict[str, list[str]] = {}
    for office, name in zip(offices, names, strict=True):
        found.setdefault(office.part, []).append(name)
    return found


def meeting_of(assembly: Assembly) -> Meeting:
    proposals = {p.number: p for p in assembly.proposals.select_related("resource")}
    freezing = getattr(assembly, "freezing", None)
    decision = assembly.decisions.last()
    tallies = PollTally.objects.filter(poll__assembly=assembly).select_related("poll", "lot")
    by_round = {tally.poll.round: tally for tally in tallies.order_by("poll__round", "counting")}
    return Meeting(
        assembly=assembly,
        roll_size=freezing.roll_size if freezing else None,
        quorum=assembly.quorum_counts.order_by("-id").first(),
        proposals=list(proposals.values()),
        rounds=[_round(tally, proposals) for tally in by_round.values()],
        decision=decision,
        signings=_signings(decision) if decision else [],
    )


def _signings(decision: Decision) -> Sequence[Signed]:
    rows = list(decision.signings.select_related("signer"))
    people = to_the_village([row.signer for row in rows], decision.village)
    return [
        Signed(str(row.get_part_display()), who, row.on)
        for row, who in zip(rows, people, strict=True)
    ]


def _round(tally: PollTally, proposals: Mapping[int, Proposal]) -> Round:
    leaders = set(tally.leaders)
    bars = [
        Bar(proposals[number], ballots, number in leaders) for number, ballots in tally.approvals
    ]
    return Round(
        number=tally.poll.round,
        tally=tally,
        bars=sorted(bars, key=lambda bar: (-bar.ballots, bar.proposal.number)),
    )
