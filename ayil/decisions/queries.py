"""Reads over decisions: which one stands, how far an assembly is, what its figures are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from ayil.decisions.models import (
    Assembly,
    AttendanceMark,
    Decision,
    Poll,
    PollTally,
    Proposal,
    QuorumCount,
    RollEntry,
    RollFreezing,
)
from ayil.decisions.rules import SIGNATURES, AssemblyFacts, Stage, stage_of
from ayil.kit.canonical import digest
from ayil.members.models import Sex
from ayil.places.models import Place
from ayil.places.queries import villages

ROLL_DOMAIN = "ayil/decisions/roll/2"
ENTRY_DOMAIN = "ayil/decisions/roll-entry/1"
TALLY_DOMAIN = "ayil/decisions/tally/1"
MINUTES_DOMAIN = "ayil/decisions/minutes/1"


def standing_decisions(on: date) -> QuerySet[Decision]:
    """Decisions that were signed by all three and not superseded on that day."""
    signed = Count("signings", filter=Q(signings__on__lte=on))
    return (
        Decision.objects.annotate(signed=signed)
        .filter(signed=SIGNATURES)
        .filter(Q(superseding__isnull=True) | Q(superseding__on__gt=on))
        .select_related("proposal", "proposal__resource", "village", "assembly", "tally")
    )


def standing_decision(village: Place, on: date) -> Decision | None:
    """The village's decision that stands on that day: the last one, if several do."""
    return standing_decisions(on).filter(village=village).order_by("-on", "-pk").first()


def has_standing_decision(village: Place, on: date) -> bool:
    """Invariant 6: no "village product" without a standing decision of its own members."""
    return standing_decisions(on).filter(village=village).exists()


def villages_with_decision(on: date) -> QuerySet[Place]:
    return villages().filter(pk__in=standing_decisions(on).order_by().values("village_id"))


def last_poll(assembly: Assembly) -> Poll | None:
    return Poll.objects.filter(assembly=assembly).order_by("round").last()


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
    tally = PollTally.objects.filter(poll=poll).first() if poll else None
    decision = (
        Decision.objects.filter(assembly=assembly)
        .select_related("proposal", "superseding")
        .prefetch_related("signings__signer", "reviews")
        .first()
    )
    people = assembly.roll.aggregate(
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


def roll_fingerprint(assembly: Assembly, *, rule: str, quorum: tuple[int, int], ties: str) -> bytes:
    """SHA-256 over the roll's leaves and the rules of the vote, 32 bytes."""
    leaves = assembly.roll.order_by("number").values_list("number", "leaf")
    roll = [[number, bytes(leaf)] for number, leaf in leaves]
    return digest(
        ROLL_DOMAIN,
        {
            "village": assembly.village.code,
            "held_on": assembly.held_on.toordinal(),
            "rule": rule,
            "quorum": list(quorum),
            "ties": ties,
            "roll": roll,
        },
    )


def tally_fingerprint(tally: PollTally) -> bytes:
    """SHA-256 over the totals and the roll that they rest on, 32 bytes."""
    return digest(
        TALLY_DOMAIN,
        {
            "roll": bytes(tally.poll.assembly.freezing.sha256),
            "round": tally.poll.round,
            "paper": tally.poll.paper,
            "approvals": tally.approvals,
            "valid": tally.valid,
            "none": tally.none,
            "spoiled": tally.spoiled,
            "verdict": tally.verdict,
            "leaders": tally.leaders,
        },
    )


def minutes_of(assembly: Assembly, tally: PollTally, proposal: Proposal) -> dict[str, Any]:
    """The minutes' figures: whole numbers and text, ready to be hashed; totals, nobody's vote."""
    freezing, quorum = assembly.freezing, tally.poll.quorum
    lot = getattr(tally, "lot", None)
    return {
        "village": assembly.village.code,
        "called_on": assembly.called_on.isoformat(),
        "notice": assembly.notice,
        "held_on": assembly.held_on.isoformat(),
        "place": assembly.place,
        "roll_size": freezing.roll_size,
        "roll_sha256": bytes(freezing.sha256).hex(),
        "rule": freezing.rule,
        "ties": freezing.ties,
        "present": AttendanceMark.objects.filter(entry__assembly=assembly).count(),
        "at_the_vote": quorum.present,
        "women": quorum.women,
        "quorum": quorum.needed,
        "proposals": [
            {"number": p.number, "symbol": p.symbol, "en": p.name_en, "ru": p.name_ru,
             "ky": p.name_ky}
            for p in assembly.proposals.all()
        ],
        "rounds": [
            {
                "round": counted.poll.round,
                "paper": counted.poll.paper,
                "issued": counted.poll.closing.issued,
                "unused": counted.poll.closing.unused,
                "approvals": counted.approvals,
                "valid": counted.valid,
                "none": counted.none,
                "spoiled": counted.spoiled,
                "verdict": counted.verdict,
                "sha256": bytes(counted.sha256).hex(),
            }
            for counted in PollTally.objects.filter(poll__assembly=assembly)
            .select_related("poll", "poll__closing")
            .order_by("poll__round")
        ],
        "lot": {"number": lot.number, "witnesses": lot.witnesses} if lot else None,
        "chosen": proposal.number,
    }  # fmt: skip
