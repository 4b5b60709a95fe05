"""Reads over decisions: which one stands, how far an assembly is, what its figures are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
)

from ayil.decisions.models import (
    MAY_VOTE,
    ON_ROLL,
    Assembly,
    AssemblyTerms,
    CountSheet,
    Decision,
    DecisionChoice,
    Poll,
    PollTally,
    Proposal,
    QuorumCount,
    RollEntry,
    RollFreezing,
    Rule,
)
from ayil.decisions.rules import (
    SIGNATURES,
    AssemblyFacts,
    Counted,
    Piles,
    Question,
    Stage,
    count,
    stage_of,
)
from ayil.kit.canonical import digest
from ayil.members.models import Sex
from ayil.places.models import Place
from ayil.places.queries import villages

ROLL_DOMAIN = "ayil/decisions/roll/3"
ENTRY_DOMAIN = "ayil/decisions/roll-entry/1"
SHEET_DOMAIN = "ayil/decisions/sheet/1"
PILES_DOMAIN = "ayil/decisions/piles/1"
TALLY_DOMAIN = "ayil/decisions/tally/3"


def standing_decisions(on: date) -> QuerySet[Decision]:
    """Decisions that chose something, were signed by all three, never annulled, and not superseded
    on that day."""
    chose = Exists(DecisionChoice.objects.filter(decision=OuterRef("pk")))
    signed = Count("signings", filter=Q(signings__on__lte=on))
    return (
        Decision.objects.annotate(signed=signed)
        .filter(chose, signed=SIGNATURES, annulment__isnull=True)
        .filter(Q(superseding__isnull=True) | Q(superseding__on__gt=on))
        .select_related("village", "assembly", "tally")
        .prefetch_related("choices__proposal__resource")
    )


def standing_decision(village: Place, on: date) -> Decision | None:
    """The village's decision that stands on that day: of several the last that chose a product,
    or the last that shared a budget where none did."""
    return products_last(standing_decisions(on).filter(village=village)).last()


def products_last(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """By day, those that shared a budget first: the last one says what the village makes."""
    return decisions.alias(
        chose=ExpressionWrapper(~Q(assembly__rule=Rule.BUDGET), output_field=BooleanField())
    ).order_by("chose", "on", "pk")


def has_standing_decision(village: Place, on: date) -> bool:
    """Invariant 6: no "village product" without a standing decision of its own members."""
    return standing_decisions(on).filter(village=village).exists()


def villages_with_decision(on: date) -> QuerySet[Place]:
    return villages().filter(pk__in=standing_decisions(on).order_by().values("village_id"))


def assembly_terms_on(day: date) -> AssemblyTerms:
    """The association's terms that hold; where nobody said any, the usual ones, not saved."""
    held = AssemblyTerms.objects.filter(since__lte=day).order_by("since", "id")
    return held.last() or AssemblyTerms()


def last_poll(assembly: Assembly) -> Poll | None:
    return Poll.objects.filter(assembly=assembly).order_by("round").last()


def counting_now(poll: Poll) -> int:
    """Which counting of the round's papers is open: 1, or one more for each recount."""
    return 1 + poll.recounts.count()


def tally_of(poll: Poll) -> PollTally | None:
    """What the last certified counting of the round came to."""
    tallies = PollTally.objects.filter(poll=poll).select_related("poll__assembly", "lot")
    return tallies.order_by("counting").last()


def sheets_of(poll: Poll, counting: int) -> list[CountSheet]:
    """The sheets that hold in a counting: at most one of each counter.

    A counter may correct their own until the other's is in. Where both are in and differ, both
    count again: the next sheet puts both aside.
    """
    holding: dict[int, CountSheet] = {}
    for sheet in CountSheet.objects.filter(poll=poll, counting=counting).order_by("pk"):
        if have_differed(list(holding.values())):
            holding = {}
        holding[sheet.counter_id] = sheet
    return list(holding.values())


def have_differed(sheets: Sequence[CountSheet]) -> bool:
    return len({bytes(sheet.sha256) for sheet in sheets}) > 1


def question_of(poll: Poll) -> Question:
    """What the round asks, for the rules."""
    assembly = poll.assembly
    costs = assembly.proposals.filter(number__in=poll.paper)
    return Question(
        rule=assembly.rule,
        options=tuple(poll.paper),
        final=poll.round == 2,
        places=assembly.places,
        budget=assembly.budget_minor,
        costs={
            number: cost or 0 for number, cost in costs.values_list("number", "start_cost_minor")
        },
    )


def counted_of(tally: PollTally, *, with_lot: bool = True) -> Counted:
    """The tally counted anew from its piles, with the lot where one was drawn."""
    lot = getattr(tally, "lot", None) if with_lot else None
    piles = tuple((tuple(marks), papers) for marks, papers in tally.first.piles)
    return count(question_of(tally.poll), piles, lot.order if lot else ())


def last_assembly(village: Place) -> Assembly | None:
    return Assembly.objects.filter(village=village).order_by("held_on", "pk").last()


@dataclass(frozen=True)
class Approvals:
    """One option of a paper and the valid ballots that approve it."""

    proposal: Proposal
    ballots: int


@dataclass(frozen=True)
class AssemblyFigures:
    """What a page shows of an assembly; counts of people and papers, never who voted how."""

    assembly: Assembly
    stage: Stage
    roll_size: int
    women_on_roll: int
    ticked: int
    women_ticked: int
    quorum: QuorumCount | None
    roll_sha256: str
    proposals: list[Proposal]
    tally: PollTally | None
    approvals: list[Approvals]
    decision: Decision | None


def assembly_figures(assembly: Assembly) -> AssemblyFigures:
    """Everything about one assembly, in a fixed number of queries."""
    proposals = list(
        assembly.proposals.select_related("proposer", "resource").prefetch_related("makers__person")
    )
    by_number = {proposal.number: proposal for proposal in proposals}
    poll = last_poll(assembly)
    tally = tally_of(poll) if poll else None
    decision = (
        Decision.objects.filter(assembly=assembly)
        .select_related("superseding", "annulment")
        .prefetch_related("choices__proposal", "signings__signer", "reviews")
        .last()
    )
    people = assembly.roll.filter(MAY_VOTE).aggregate(
        size=Count("pk"),
        women=Count("pk", filter=Q(sex=Sex.WOMAN)),
        ticked=Count("mark"),
        women_ticked=Count("mark", filter=Q(sex=Sex.WOMAN)),
    )
    freezing = RollFreezing.objects.filter(assembly=assembly).first()
    quorum = assembly.quorum_counts.last()
    facts = AssemblyFacts(
        quorate=quorum is not None and quorum.is_met,
        proposals=len(proposals),
        tallied=tally is not None,
        minuted=decision is not None,
        signatures=len(decision.signings.all()) if decision else 0,
        superseded=decision is not None and hasattr(decision, "superseding"),
        annulled=decision is not None and hasattr(decision, "annulment"),
    )
    return AssemblyFigures(
        assembly=assembly,
        stage=stage_of(facts),
        roll_size=people["size"],
        women_on_roll=people["women"],
        ticked=people["ticked"],
        women_ticked=people["women_ticked"],
        quorum=quorum,
        roll_sha256=bytes(freezing.sha256).hex() if freezing else "",
        proposals=proposals,
        tally=tally,
        approvals=[Approvals(by_number[number], count) for number, count in tally.approvals]
        if tally
        else [],
        decision=decision,
    )


def entry_leaf(entry: RollEntry) -> bytes:
    """SHA-256 over what the posted roll says of one resident and its random bytes, 32 bytes."""
    said = [entry.number, entry.name, entry.born_year, entry.sex, bytes(entry.salt)]
    return digest(ENTRY_DOMAIN, said)


def roll_said(assembly: Assembly, *, quorum: tuple[int, int], ties: str) -> dict[str, Any]:
    """What the roll's fingerprint is taken over: its leaves, the question, the vote's rules."""
    leaves = assembly.roll.filter(ON_ROLL).order_by("number").values_list("number", "leaf")
    return {
        "village": assembly.village.code,
        "held_on": assembly.held_on.toordinal(),
        "rule": assembly.rule,
        "places": assembly.places,
        "budget_minor": assembly.budget_minor,
        "currency": assembly.currency,
        "quorum": list(quorum),
        "ties": ties,
        "roll": [[number, bytes(leaf)] for number, leaf in leaves],
    }


def roll_fingerprint(assembly: Assembly, *, quorum: tuple[int, int], ties: str) -> bytes:
    """SHA-256 over the roll's leaves, the question and the rules of the vote, 32 bytes."""
    return digest(ROLL_DOMAIN, roll_said(assembly, quorum=quorum, ties=ties))


def stored_piles(piles: Piles) -> list[list[Any]]:
    """Piles as they are kept: sorted, equal ones together, empty ones left out."""
    together: Counter[tuple[int, ...]] = Counter()
    for marks, papers in piles:
        together[tuple(marks)] += papers
    return [[list(marks), papers] for marks, papers in sorted(together.items()) if papers]


def sheet_fingerprint(poll: Poll, counting: int, piles: list[list[Any]], spoiled: int) -> bytes:
    """SHA-256 over what a sheet says: two counters' sheets agree where it is the same."""
    said = {"round": poll.round, "counting": counting, "piles": piles, "spoiled": spoiled}
    return digest(SHEET_DOMAIN, {"assembly": poll.assembly.uid.bytes, **said})


def commitment_to(piles: list[list[Any]], salt: bytes) -> bytes:
    """SHA-256 that binds a tally to its piles and tells nothing of them, 32 bytes."""
    return digest(PILES_DOMAIN, {"salt": salt, "piles": piles})


def tally_said(tally: PollTally) -> dict[str, Any]:
    """What a tally's fingerprint is taken over: the totals, and the roll that they rest on."""
    return {
        "roll": bytes(tally.poll.assembly.freezing.sha256),
        "round": tally.poll.round,
        "counting": tally.counting,
        "paper": tally.poll.paper,
        "papers": bytes(tally.commitment),
        "approvals": tally.approvals,
        "valid": tally.valid,
        "none": tally.none,
        "spoiled": tally.spoiled,
        "verdict": tally.verdict,
        "leaders": tally.leaders,
        "beside": tally.beside,
    }


def tally_fingerprint(tally: PollTally) -> bytes:
    """SHA-256 over the totals and the roll that they rest on, 32 bytes."""
    return digest(TALLY_DOMAIN, tally_said(tally))
