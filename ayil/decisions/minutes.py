"""What the minutes say, as figures that are hashed, signed by three, and published.

No name of a person stands in them: officers are the numbers of the roll, which hangs in the
village; witnesses of a lot stand on the photographed protocol and on the village's own pages.
"""

from collections.abc import Sequence
from typing import Any

from ayil.decisions.models import (
    MAY_VOTE,
    Assembly,
    AttendanceMark,
    HandCount,
    Poll,
    PollTally,
    Proposal,
    QuorumCount,
    Rule,
)
from ayil.decisions.queries import assembly_terms_on
from ayil.decisions.rolls import provisional_fingerprint, provisional_of
from ayil.kit.canonical import digest

MINUTES_DOMAIN = "ayil/decisions/minutes/3"


def minutes_fingerprint(minutes: dict[str, Any]) -> bytes:
    """SHA-256 over the minutes, 32 bytes."""
    return digest(MINUTES_DOMAIN, minutes)


def minutes_of(assembly: Assembly, tally: PollTally, chosen: Sequence[Proposal]) -> dict[str, Any]:
    """The minutes' figures: whole numbers and text, ready to be hashed; totals, nobody's vote."""
    freezing = assembly.freezing
    lot = getattr(tally, "lot", None)
    terms = assembly_terms_on(assembly.called_on)
    return {
        "village": assembly.village.code,
        "assembly": str(assembly.uid),
        "called_on": assembly.called_on.isoformat(),
        "notice": assembly.notice,
        "held_on": assembly.held_on.isoformat(),
        "place": assembly.place,
        "offices": _offices(assembly),
        "roll_size": freezing.roll_size,
        "roll_sha256": bytes(freezing.sha256).hex(),
        "provisional": _provisional(assembly),
        "rule": assembly.rule,
        "places": assembly.places,
        "budget_minor": assembly.budget_minor,
        "currency": assembly.currency,
        "quorum_share": [freezing.quorum_numerator, freezing.quorum_denominator],
        "ties": freezing.ties,
        "present": AttendanceMark.objects.filter(entry__assembly=assembly).count(),
        "at_the_opening": _heads(assembly.quorum_counts.order_by("id").first()),
        "at_the_vote": tally.poll.quorum.present,
        "women": tally.poll.quorum.women,
        "quorum": tally.poll.quorum.needed,
        "hands": _hands(assembly),
        "proposals": [_proposal(proposal) for proposal in assembly.proposals.order_by("number")],
        "rounds": [_round(counted) for counted in _tallies(assembly)],
        "lot": {"order": lot.order} if lot else None,
        "chosen": [proposal.number for proposal in chosen],
        "returns_minor": _returns(assembly, chosen),
        "complaints_until": assembly.complaints_until(terms).isoformat(),
    }


def _offices(assembly: Assembly) -> list[list[Any]]:
    """[part, number on the roll]; none for somebody who is not on it."""
    on_roll = dict(assembly.roll.filter(MAY_VOTE).values_list("person", "number"))
    named = [[office.part, on_roll.get(office.person_id)] for office in assembly.offices.all()]
    return sorted(named, key=lambda one: (one[0], one[1] or 0))


def _provisional(assembly: Assembly) -> dict[str, Any] | None:
    """Those who were added by signatures after the freezing; none where nobody was."""
    size = provisional_of(assembly).count()
    return {"size": size, "sha256": provisional_fingerprint(assembly).hex()} if size else None


def _heads(count: QuorumCount | None) -> dict[str, int] | None:
    if count is None:
        return None
    return {"present": count.present, "women": count.women, "needed": count.needed}


def _hands(assembly: Assembly) -> dict[str, Any] | None:
    last = HandCount.objects.filter(assembly=assembly).order_by("id").last()
    return {"hands": last.hands, "kept": last.kept} if last else None


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "number": proposal.number,
        "symbol": proposal.symbol,
        "en": proposal.name_en,
        "ru": proposal.name_ru,
        "ky": proposal.name_ky,
        "start_cost_minor": proposal.start_cost_minor,
        "withdrawn": hasattr(proposal, "withdrawal"),
    }


def _tallies(assembly: Assembly) -> list[PollTally]:
    return list(
        PollTally.objects.filter(poll__assembly=assembly)
        .select_related("poll__closing", "poll__quorum", "poll__assembly")
        .order_by("poll__round", "counting")
    )


def _round(counted: PollTally) -> dict[str, Any]:
    poll: Poll = counted.poll
    return {
        "round": poll.round,
        "counting": counted.counting,
        "paper": poll.paper,
        "quorum": _heads(poll.quorum),
        "issued": poll.closing.issued,
        "exchanged": poll.closing.exchanged,
        "unused": poll.closing.unused,
        "approvals": counted.approvals,
        "valid": counted.valid,
        "none": counted.none,
        "spoiled": counted.spoiled,
        "verdict": counted.verdict,
        "leaders": counted.leaders,
        "beside": counted.beside,
        "sha256": bytes(counted.sha256).hex(),
    }


def _returns(assembly: Assembly, chosen: Sequence[Proposal]) -> int | None:
    """What is left of the village's budget goes back to the fund."""
    if assembly.rule != Rule.BUDGET:
        return None
    spent = sum(proposal.start_cost_minor or 0 for proposal in chosen)
    return (assembly.budget_minor or 0) - spent
