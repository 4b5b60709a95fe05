"""A decision as one file that anybody may count again: `ayil/decision/1`, JSON.

Public: the roll as leaves without a name, papers issued and found, each counting with its piles
where every one of them has three papers (else totals), minutes, seals, complaints in counts. The
full one, for the auditor and who counts again, has all piles and what sealed them.
"""

import json
from typing import Any

from ayil.decisions.minutes import MINUTES_DOMAIN
from ayil.decisions.models import Complaint, Decision, PollTally
from ayil.decisions.queries import ROLL_DOMAIN, TALLY_DOMAIN, roll_said, tally_said
from ayil.decisions.recount.reading import FORMAT, hexed
from ayil.decisions.rolls import PROVISIONAL_DOMAIN, provisional_said
from ayil.decisions.rules.publishing import published


def bare_bundle(decision: Decision, *, is_full: bool = False) -> dict[str, Any]:
    """The bundle without the seal around it; of minutes not sealed yet, `seal` is empty."""
    assembly = decision.assembly
    village = assembly.village
    return {
        "format": FORMAT,
        "assembly": {
            "uid": str(assembly.uid),
            "village": village.code,
            "names": {"en": village.name_en, "ru": village.name_ru, "ky": village.name_ky},
            "called_on": assembly.called_on.isoformat(),
            "held_on": assembly.held_on.isoformat(),
            "place": assembly.place,
            "notice": assembly.notice,
        },
        "roll": _roll(decision),
        "provisional": _provisional(decision),
        "countings": [_counting(tally, is_full=is_full) for tally in _tallies(decision)],
        "minutes": {
            "domain": MINUTES_DOMAIN,
            "said": decision.minutes,
            "sha256": bytes(decision.sha256).hex(),
        },
        "signatures": [
            {"part": signing.part, "on": signing.on.isoformat()}
            for signing in decision.signings.order_by("part")
        ],
        "seal": _seal(decision),
        "complaints": [_complaint(one) for one in assembly.complaints.order_by("id")],
        "annulment": _day_of(decision, "annulment"),
        "ended": _day_of(decision, "superseding"),
        "full": is_full,
        "sealed": None,
    }


def bundle_bytes(bundle: dict[str, Any]) -> bytes:
    """As it is given out: the same bundle is the same bytes."""
    return (json.dumps(bundle, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _roll(decision: Decision) -> dict[str, Any]:
    freezing = decision.assembly.freezing
    said = roll_said(
        decision.assembly,
        quorum=(freezing.quorum_numerator, freezing.quorum_denominator),
        ties=freezing.ties,
    )
    return {
        "domain": ROLL_DOMAIN,
        "said": hexed(said),
        "sha256": bytes(freezing.sha256).hex(),
    }


def _provisional(decision: Decision) -> dict[str, Any] | None:
    told = decision.minutes["provisional"]
    if told is None:
        return None
    said = provisional_said(decision.assembly)
    return {"domain": PROVISIONAL_DOMAIN, "said": hexed(said), "sha256": told["sha256"]}


def _tallies(decision: Decision) -> list[PollTally]:
    """Those that its minutes tell: a recount that came later stands in the minutes after it."""
    told = {(line["round"], line["counting"]) for line in decision.minutes["rounds"]}
    tallies = PollTally.objects.filter(poll__assembly=decision.assembly)
    rows = tallies.select_related("poll__assembly__freezing", "first").order_by(
        "poll__round", "counting"
    )
    return [row for row in rows if (row.poll.round, row.counting) in told]


def _counting(tally: PollTally, *, is_full: bool) -> dict[str, Any]:
    """`piles` and `salt` stand together or are withheld together: a salt opens what it sealed."""
    piles = tuple((tuple(marks), papers) for marks, papers in tally.first.piles)
    shown = piles if is_full else published(piles)
    return {
        "domain": TALLY_DOMAIN,
        "said": hexed(tally_said(tally)),
        "sha256": bytes(tally.sha256).hex(),
        "piles": None if shown is None else tally.first.piles,
        "salt": None if shown is None else bytes(tally.salt).hex(),
    }


def _seal(decision: Decision) -> dict[str, Any]:
    seal = getattr(decision, "seal", None)
    if seal is None:
        return {}
    return {
        "key": seal.key.public,
        "signature": bytes(seal.signature).hex(),
        "at": seal.at.isoformat(),
    }


def _complaint(one: Complaint) -> dict[str, Any]:
    """What about and how it ended; never the words, and never by whom."""
    outcome = getattr(one, "outcome", None)
    return {
        "about": one.about,
        "on": one.on.isoformat(),
        "outcome": outcome.verdict if outcome else None,
    }


def _day_of(decision: Decision, end: str) -> dict[str, str] | None:
    row = getattr(decision, end, None)
    return {"on": row.on.isoformat()} if row else None
